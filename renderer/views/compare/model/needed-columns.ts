// Which columns of the steps a comparison is drawn from: two hundred runs of ten thousand points have 80 MB of others.

import type { RunGroup } from '../../../../engine/comparison/groups'
import type { Comparison, XName } from '../../../../engine/comparison/schema'
import type { ComparedRun } from '../../../../engine/comparison/types'
import { ELAPSED_METRIC } from '../../../../engine/training/types'
import { isStepMetric } from '../../../stores/run-columns'

/** Without these there is no line of the metric; none are needed where it is measured by epoch. */
export function lineColumns(metric: string, xName: XName): string[] {
  if (!isStepMetric(metric)) return []
  return xName === 'active' || xName === 'wall' ? [metric, ELAPSED_METRIC] : [metric]
}

/** @param groups those that are not hidden: a run that is alone on its chart shows the steps behind each point */
export function comparedColumns(
  { charts, xName }: Pick<Comparison, 'charts' | 'xName'>,
  groups: readonly RunGroup<ComparedRun>[],
): string[] {
  const isAlone = groups.length === 1 && groups[0].members.length === 1
  const extents = isAlone ? ['batch/loss.min', 'batch/loss.max'] : []
  const names = charts.flatMap(({ metric }) => [
    ...lineColumns(metric, xName),
    ...(metric === 'batch/loss' ? extents : []),
  ])
  return [...new Set(names)].sort()
}
