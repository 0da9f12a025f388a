// The legend below a picture: each line's whole name, its last value and of how many runs that is the mean.

import { metricText } from '../numbers'
import type { LegendRow } from '../../../engine/comparison/svg/labels'
import type { SeenChart, SeenLine } from './read'

/** Position of the last finite value; -1 where there is none. */
function lastFinite(values: Float64Array): number {
  let index = values.length - 1
  while (index >= 0 && !Number.isFinite(values[index])) index--
  return index
}

function detailsOf({ members, curve }: SeenLine, metric: string): string {
  const values = curve === null ? members[0].smoothed : curve.mean
  const last = lastFinite(values)
  if (last < 0) return ''
  const value = metricText(metric, values[last])
  return curve === null ? value : `${value}, n = ${curve.count[last]}`
}

export function legendOf({ chart, lines }: SeenChart): LegendRow[] {
  return lines.map((line) => ({
    series: line.series,
    name: line.group.label,
    details: detailsOf(line, chart.metric),
  }))
}
