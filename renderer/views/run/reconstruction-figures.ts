// How well an autoencoder repeats its inputs: deviations, and wrong cells where a cell is one of two values.

import type { Inspection, Reconstructions } from '../../../engine/training/types'
import { formatCount, formatLoss } from '../../format'

export interface ReconstructionFigure {
  /** Position in the data set. */
  index: number
  input: Float32Array
  output: Float32Array
  /** Largest deviation of an output from its input, and its place from 0. */
  deviation: number
  row: number
  column: number
  /** Cells on the wrong side of the middle between the two values; none where inputs are grey. */
  wrong: readonly number[]
}

export interface ReconstructionSummary {
  figures: readonly ReconstructionFigure[]
  /** Lowest and highest input: paper and ink. */
  low: number
  high: number
  isTwoValued: boolean
  cells: number
  wrong: number
  /** The one with the largest deviation. */
  worst: ReconstructionFigure
}

export function reconstructionsOf(inspection: Inspection | null): Reconstructions | null {
  return inspection?.extra?.find((picture) => picture.kind === 'reconstructions') ?? null
}

function figureOf(picture: Reconstructions, place: number, middle: number | null): ReconstructionFigure {
  const size = picture.height * picture.width
  const input = picture.inputs.subarray(place * size, (place + 1) * size)
  const output = picture.outputs.subarray(place * size, (place + 1) * size)
  let at = 0
  let deviation = -1
  const wrong: number[] = []
  for (let i = 0; i < size; i++) {
    const distance = Math.abs(output[i] - input[i])
    // What is not a number deviates the most.
    if (!Number.isNaN(deviation) && !(distance <= deviation)) [at, deviation] = [i, distance]
    if (middle !== null && output[i] > middle !== input[i] > middle) wrong.push(i)
  }
  const [row, column] = [Math.floor(at / picture.width), at % picture.width]
  return { index: picture.indices[place], input, output, deviation, row, column, wrong }
}

export function reconstructionSummary(picture: Reconstructions): ReconstructionSummary {
  const values = new Set(picture.inputs)
  const [low, high] = picture.inputs.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  )
  const isTwoValued = values.size === 2
  const middle = isTwoValued ? (low + high) / 2 : null
  const figures = Array.from(picture.indices, (_, place) => figureOf(picture, place, middle))
  return {
    figures,
    low,
    high,
    isTwoValued,
    cells: picture.inputs.length,
    wrong: figures.reduce((sum, { wrong }) => sum + wrong.length, 0),
    worst: figures.reduce((worst, next) =>
      Number.isNaN(worst.deviation) || next.deviation <= worst.deviation ? worst : next,
    ),
  }
}

/** 162 of 162 cells right, largest deviation 0.0123 */
export function reconstructionResult({ isTwoValued, cells, wrong, worst }: ReconstructionSummary): string {
  const right = isTwoValued ? `${formatCount(cells - wrong)} of ${formatCount(cells)} cells right, ` : ''
  return `${right}largest deviation ${formatLoss(worst.deviation)}`
}

/** Pattern by pattern, for who does not see it. */
export function describeReconstruction({ wrong, deviation, row, column }: ReconstructionFigure): string {
  const cells =
    wrong.length === 1 ? '1 wrong cell, ' : wrong.length > 1 ? `${wrong.length} wrong cells, ` : ''
  return `${cells}largest deviation ${formatLoss(deviation)} in row ${row + 1}, column ${column + 1}`
}
