// The eighteen 3 x 3 patterns on which simple-net trains its autoencoder: lines, diagonals, and some made up of them.
// Source: https://github.com/jaumecolomhernandez/simple-net

import { numberedNames, regressionShape } from '../shape'
import type { DataShape, Dataset } from '../types'

const PATTERNS = [
  '111000000',
  '000111000',
  '000000111',
  '100100100',
  '010010010',
  '001001001',
  '010001100',
  '001100010',
  '100010001',
  '001010100',
  '010100001',
  '100001010',
  '111101111',
  '010101010',
  '111100100',
  '001001111',
  '111001001',
  '100100111',
] as const
const SIDE = 3
const CELLS = SIDE * SIDE

const SHAPE: DataShape = {
  ...regressionShape(numberedNames('cell', CELLS), numberedNames('cell', CELLS)),
  input: [SIDE, SIDE, 1],
}

export const patterns = {
  title: '3 × 3 patterns',
  description: 'Eighteen black and white patterns of nine cells; the target is the pattern itself.',
  source: 'J. Colom, simple-net, https://github.com/jaumecolomhernandez/simple-net',
  shape: () => SHAPE,
  /** Cells at -1/2 and 1/2, row by row; targets equal inputs. */
  generate(): Dataset {
    const inputs = Float64Array.from(PATTERNS.join(''), (cell) => Number(cell) - 0.5)
    const count = PATTERNS.length
    return { shape: SHAPE, count, inputs, targets: inputs.slice(), testFrom: count, hash: '' }
  },
}
