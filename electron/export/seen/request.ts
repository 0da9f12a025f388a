// "What I see": a comparison as it is on screen, as numbers, as a picture or as a report.

import type { Comparison } from '../../../engine/comparison/schema'
import type { Theme } from '../../../engine/comparison/palette'

export const SEEN_FORMATS = ['csv', 'svg', 'html'] as const
export type SeenFormat = (typeof SEEN_FORMATS)[number]

export interface SeenRequest {
  format: SeenFormat
  /** All runs of the comparison; those that are hidden give their groups' numbers and colours nonetheless. */
  runIds: readonly string[]
  hiddenRunIds: readonly string[]
  comparison: Comparison
  /** Which of comparison.charts; a report shows all. */
  chart: number
  /** Of a picture; a report follows its reader. */
  theme: Theme
  /** Of a chart, in CSS pixels. */
  width: number
  height: number
}
