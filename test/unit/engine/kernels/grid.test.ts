import { describe, expect, it } from 'vitest'
import { gridBackward, gridForward, gridGeometry } from '../../../../engine/kernels/grid'
import { arithmeticOf } from '../../../../engine/math'
import { allocate } from '../../../../engine/network/arrays'
import { createRandom } from '../../../../engine/random'
import type { GridSpec } from '../../../../engine/spec/schema'

type Shape = Pick<GridSpec, 'kernelSize' | 'border' | 'sharing'> & {
  rows: number
  columns: number
  isLine: boolean
}

const { multiplyAdd } = arithmeticOf('float64')

/**
 * The definition, index by index: who reads whom is asked for every pair of cells and every kernel place anew, and
 * nothing is shared with the engine's loops.
 */
function directly(shape: Shape, x: number[], w: number[], b: number[], delta: number[]) {
  const { rows, columns, kernelSize, border, sharing, isLine } = shape
  const radius = (kernelSize - 1) / 2
  const rowRadius = isLine ? 0 : radius
  const cells = rows * columns
  const places = isLine ? kernelSize : kernelSize * kernelSize
  const z = [...b]
  const dw = w.map(() => 0)
  const dx = x.map(() => 0)
  for (let readerRow = 0; readerRow < rows; readerRow++) {
    for (let readerColumn = 0; readerColumn < columns; readerColumn++) {
      const p = readerRow * columns + readerColumn
      let place = 0
      for (let down = -rowRadius; down <= rowRadius; down++) {
        for (let across = -radius; across <= radius; across++, place++) {
          let row = readerRow + down
          let column = readerColumn + across
          if (border === 'circular') {
            row = (row + rows) % rows
            column = (column + columns) % columns
          } else if (row < 0 || row >= rows || column < 0 || column >= columns) continue
          const q = row * columns + column
          const weight = { source: q, kernel: place, none: p * places + place }[sharing]
          z[p] += w[weight] * x[q]
          dw[weight] += delta[p] * x[q]
          dx[q] += delta[p] * w[weight]
        }
      }
    }
  }
  expect(place(cells, places, sharing)).toBe(w.length)
  return { z, dw, db: delta, dx }
}

function place(cells: number, places: number, sharing: GridSpec['sharing']): number {
  return { source: cells, kernel: places, none: cells * places }[sharing]
}

function specOf({ kernelSize, border, sharing, rows, columns, isLine }: Shape): GridSpec {
  return {
    kind: 'grid',
    depth: 1,
    plane: isLine ? null : { rows, columns },
    kernelSize,
    border,
    sharing,
    activation: { kind: 'sine' },
    weights: { kind: 'uniform', minimum: -1, maximum: 1 },
    biases: { kind: 'zeros' },
  }
}

const SIZES = [
  { isLine: true, rows: 1, columns: 1, kernelSize: 1 },
  { isLine: true, rows: 1, columns: 5, kernelSize: 3 },
  { isLine: true, rows: 1, columns: 11, kernelSize: 5 },
  { isLine: true, rows: 1, columns: 7, kernelSize: 7 },
  { isLine: false, rows: 3, columns: 3, kernelSize: 3 },
  { isLine: false, rows: 5, columns: 7, kernelSize: 3 },
  { isLine: false, rows: 9, columns: 5, kernelSize: 5 },
] as const
const BORDERS = ['zero', 'circular'] as const
const SHARINGS = ['source', 'kernel', 'none'] as const
const CASES: Shape[] = SIZES.flatMap((size) =>
  BORDERS.flatMap((border) => SHARINGS.map((sharing) => ({ ...size, border, sharing }))),
)
const ROWS = 3

const text = ({ isLine, rows, columns, kernelSize, border, sharing }: Shape): string =>
  `${isLine ? `a line of ${columns}` : `a plane of ${rows} x ${columns}`}, kernel ${kernelSize}, ${border} border, sharing by ${sharing}`

describe('a grid layer equals its definition', () => {
  it.each(CASES.map((shape) => [text(shape), shape] as const))('%s', (_text, shape) => {
    const spec = specOf(shape)
    const cells = shape.rows * shape.columns
    const geometry = gridGeometry(spec, cells)
    const random = createRandom(7, text(shape))
    const draw = (count: number) => Float64Array.from({ length: count }, () => random.normal())
    const weights = draw(place(cells, geometry.kernelPlaces, shape.sharing))
    const [biases, x, delta] = [draw(cells), draw(ROWS * cells), draw(ROWS * cells)]
    const [z, dx, scratch] = [new Float64Array(ROWS * cells), draw(ROWS * cells), new Float64Array(cells)]
    const [dw, db] = [draw(weights.length), draw(cells)]

    gridForward(z, x, weights, biases, scratch, geometry, shape.sharing, ROWS, multiplyAdd)
    gridBackward(dx, dw, db, delta, x, weights, scratch, geometry, shape.sharing, ROWS, multiplyAdd)

    const sums = { dw: new Float64Array(weights.length), db: new Float64Array(cells) }
    for (let row = 0; row < ROWS; row++) {
      const part = (values: Float64Array) => [...values.subarray(row * cells, (row + 1) * cells)]
      const direct = directly(shape, part(x), [...weights], [...biases], part(delta))
      direct.z.forEach((value, p) => expect(z[row * cells + p]).toBeCloseTo(value, 12))
      direct.dx.forEach((value, q) => expect(dx[row * cells + q]).toBeCloseTo(value, 12))
      direct.dw.forEach((value, i) => (sums.dw[i] += value))
      direct.db.forEach((value, i) => (sums.db[i] += value))
    }
    sums.dw.forEach((value, i) => expect(dw[i]).toBeCloseTo(value, 12))
    sums.db.forEach((value, i) => expect(db[i]).toBeCloseTo(value, 12))
  })
})

describe('the gradient of a shared kernel', () => {
  it.each([
    ['float64', 'fused'],
    ['float32', 'fused'],
    ['float32', 'portable'],
  ] as const)('is eight chains over the cells of each run, added in order: %s, %s', (precision, kind) => {
    const shape = {
      isLine: false,
      rows: 9,
      columns: 21,
      kernelSize: 3,
      border: 'circular',
      sharing: 'kernel',
    } as const
    const { round, multiplyAdd } = arithmeticOf(precision, kind)
    const cells = shape.rows * shape.columns
    const geometry = gridGeometry(specOf(shape), cells)
    const random = createRandom(8, precision)
    const draw = (count: number) => {
      const array = allocate(precision, count)
      for (let i = 0; i < count; i++) array[i] = random.normal()
      return array
    }
    const [x, delta, w, dw] = [draw(ROWS * cells), draw(ROWS * cells), draw(9), draw(9)]
    const [db, scratch] = [draw(cells), draw(cells)]
    gridBackward(null, dw, db, delta, x, w, scratch, geometry, 'kernel', ROWS, multiplyAdd)
    for (let place = 0; place < 9; place++) {
      const chains = new Array<number>(8).fill(0)
      for (let row = 0; row < ROWS; row++) {
        for (let s = 0; s < geometry.runs; s++) {
          if (geometry.places[s] !== place) continue
          for (let i = 0; i < geometry.lengths[s]; i++) {
            const [p, q] = [row * cells + geometry.readers[s] + i, row * cells + geometry.sources[s] + i]
            chains[i % 8] = multiplyAdd(delta[p], x[q], chains[i % 8])
          }
        }
      }
      expect(dw[place]).toBe(chains.reduce((sum, chain) => round(sum + chain)))
    }
  })
})

describe('the work of a grid layer', () => {
  it.each([64, 128, 256])('grows with the cells: %i cells are joined kernel by kernel', (cells) => {
    const shape: Shape = {
      isLine: true,
      rows: 1,
      columns: cells,
      kernelSize: 3,
      border: 'zero',
      sharing: 'source',
    }
    const { runs, lengths } = gridGeometry(specOf(shape), cells)
    // One run for each place of the kernel, as long as the line: no list of single cells.
    expect(runs).toBe(3)
    expect([...lengths]).toEqual([cells - 1, cells, cells - 1])
  })

  it('goes row by row through a plane', () => {
    const shape: Shape = {
      isLine: false,
      rows: 28,
      columns: 28,
      kernelSize: 3,
      border: 'zero',
      sharing: 'source',
    }
    expect(gridGeometry(specOf(shape), 784).runs).toBe(3 * 28 + 6 * 27)
  })
})
