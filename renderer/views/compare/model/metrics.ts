// Which metrics there are to choose from.

import type { RunSummary } from '../../../../electron/contract'
import { STEP_METRICS } from '../../../../engine/training/types'

const FIRST = ['val/loss', 'val/accuracy', 'train/loss', 'train/accuracy']

/** Metrics of any of the runs that have a curve; those measured each epoch first. */
export function metricsOf(runs: readonly RunSummary[]): string[] {
  const names = new Set<string>()
  for (const { metrics } of runs) {
    for (const metric of Object.keys(metrics)) if (!metric.startsWith('test/')) names.add(metric)
  }
  const rank = (metric: string) => (FIRST.indexOf(metric) + FIRST.length + 1) % (FIRST.length + 1)
  return [...[...names].sort((a, b) => rank(a) - rank(b)), ...STEP_METRICS]
}
