// Groups in a scatter plot: the mean of their runs on both axes and the standard deviation around it.

import type { RunGroup } from '../../../../../engine/comparison/groups'
import type { ComparedRun } from '../../../../../engine/comparison/types'
import { readValue } from '../../../../../engine/comparison/values'
import { mean, sampleStandardDeviation } from '../../../../../engine/statistics/summary'

export interface Extent {
  mean: number
  low: number
  high: number
}
export interface GroupCross {
  key: string
  number: number
  label: string
  x: Extent
  y: Extent
  /** Runs with a number on both axes. */
  count: number
}

function extentOf(values: Float64Array): Extent {
  const center = mean(values)
  const deviation = sampleStandardDeviation(values)
  return { mean: center, low: center - deviation, high: center + deviation }
}

/** Of groups with at least two runs that have a finite number on both axes. */
export function groupCrosses<R extends ComparedRun>(
  groups: readonly RunGroup<R>[],
  xOf: string,
  yOf: string,
): GroupCross[] {
  return groups.flatMap(({ key, number, label, members }) => {
    const pairs = members
      .map((run) => [readValue(run, xOf), readValue(run, yOf)] as const)
      .filter((pair): pair is readonly [number, number] => pair.every((value) => Number.isFinite(value)))
    if (pairs.length < 2) return []
    return [
      {
        key,
        number,
        label,
        x: extentOf(Float64Array.from(pairs, ([x]) => x)),
        y: extentOf(Float64Array.from(pairs, ([, y]) => y)),
        count: pairs.length,
      },
    ]
  })
}
