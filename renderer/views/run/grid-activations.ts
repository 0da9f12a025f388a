// What the heat maps of a grid show and say: one field a class, start beside now, on one scale.

import type { GridActivations, Inspection } from '../../../engine/training/types'
import { formatCount, formatLoss } from '../../format'
import { magnitudeOf, type Field } from './field-layout'

export function gridsOf(inspection: Inspection | null): GridActivations[] {
  return (inspection?.extra ?? []).filter((picture) => picture.kind === 'grid-activations')
}

/** The field of one class; null where no example of it was looked at. */
export function fieldOfClass(grid: GridActivations, index: number): Field | null {
  if (grid.counts[index] === 0) return null
  const { rows, columns, means } = grid
  const planes = grid.sheets.length
  const size = planes * rows * columns
  return { planes, rows, columns, values: means.subarray(index * size, (index + 1) * size) }
}

/** One scale for all classes and both epochs. */
export function sharedMagnitude(grids: readonly (GridActivations | null)[]): number {
  return Math.max(0, ...grids.map((grid) => (grid === null ? 0 : magnitudeOf(grid.means))))
}

/** The same grid at another epoch; null where there is none of the same size. */
export function sameGrid(grid: GridActivations, others: readonly GridActivations[]): GridActivations | null {
  return others.find(({ layer, means }) => layer === grid.layer && means.length === grid.means.length) ?? null
}

/** layer 12, cell 40; layer 2, row 3, column 5: people count from 1. */
export function placeText({ rows, columns, sheets }: GridActivations, index: number): string {
  const layer = sheets[Math.floor(index / (rows * columns))] + 1
  const column = (index % columns) + 1
  const row = (Math.floor(index / columns) % rows) + 1
  return rows === 1 ? `layer ${layer}, cell ${column}` : `layer ${layer}, row ${row}, column ${column}`
}

/** What is left out of a picture that would be too large; '' where all is there. */
export function leftOutText(grid: GridActivations): string {
  const parts: string[] = []
  if (grid.sheets.length < grid.sheetsOfAll) {
    parts.push(`${formatCount(grid.sheets.length)} of ${formatCount(grid.sheetsOfAll)} layers, evenly spaced`)
  }
  if (grid.classNames.length < grid.classesOfAll) {
    parts.push(
      `the first ${formatCount(grid.classNames.length)} of ${formatCount(grid.classesOfAll)} classes`,
    )
  }
  return parts.join('; ')
}

/** The class in words: its range, and where it is strongest. */
export function describeClass(grid: GridActivations, index: number): string {
  const field = fieldOfClass(grid, index)
  if (field === null) return 'no examples'
  let strongest = 0
  for (let i = 0; i < field.values.length; i++) {
    if (Math.abs(field.values[i]) > Math.abs(field.values[strongest])) strongest = i
  }
  const examples = grid.counts[index] === 1 ? '1 example' : `${formatCount(grid.counts[index])} examples`
  return `mean of ${examples}, strongest ${formatLoss(field.values[strongest])} at ${placeText(grid, strongest)}`
}

/** Root mean square over the cells of each layer, by layer and class; null for a class without examples. */
export function layerStrengths(grid: GridActivations): { layer: number; strengths: (number | null)[] }[] {
  const cells = grid.rows * grid.columns
  return grid.sheets.map((sheet, place) => ({
    layer: sheet + 1,
    strengths: grid.classNames.map((_, index) => {
      const field = fieldOfClass(grid, index)
      if (field === null) return null
      let sum = 0
      for (let cell = 0; cell < cells; cell++) sum += field.values[place * cells + cell] ** 2
      return Math.sqrt(sum / cells)
    }),
  }))
}
