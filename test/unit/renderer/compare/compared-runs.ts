// Runs with curves of val/loss for tests of the comparison: what the log would answer, without a window.

import type { RunSummary } from '../../../../electron/contract'
import { compareModel, type CompareModel } from '../../../../engine/comparison/chart/compare-model'
import { LineCache } from '../../../../engine/comparison/chart/line-cache'
import { lineColors } from '../../../../engine/comparison/chart/line-colors'
import { groupRuns } from '../../../../engine/comparison/groups'
import { DEFAULT_COMPARISON, type Comparison } from '../../../../engine/comparison/schema'
import { RunColumns } from '../../../../renderer/stores/run-columns'
import { sampleRun } from '../runs/sample-run'

export const STEPS_PER_EPOCH = 10

export interface Compared {
  run: RunSummary
  columns: RunColumns
}

export interface ComparedOptions {
  number: number
  experiment: number
  seed: number
  values: readonly number[]
  learningRate?: number
  metric?: string
}

export function comparedRun({
  number,
  experiment,
  seed,
  values,
  learningRate,
  metric,
}: ComparedOptions): Compared {
  const epochs = Float64Array.from(values, (_, index) => index + 1)
  const columns = new RunColumns(
    {
      runId: `run-${number}`,
      stepsPerEpoch: STEPS_PER_EPOCH,
      axes: { stepsPerEpoch: STEPS_PER_EPOCH, batchSize: 32, examplesPerEpoch: 320, pauses: [] },
      steps: { step: new Float64Array(0), elapsedMs: new Float64Array(0), columns: {} },
      epochs: {
        epoch: epochs,
        step: epochs.map((epoch) => epoch * STEPS_PER_EPOCH),
        elapsedMs: epochs.map((epoch) => epoch * 50),
        metrics: {
          [metric ?? 'val/loss']: {
            values: Float64Array.from(values),
            measured: Uint8Array.from(values, () => 1),
          },
        },
      },
    },
    number,
  )
  const finite = values.filter(Number.isFinite)
  const run = sampleRun({
    number,
    experiment,
    seed,
    name: `design ${experiment} seed ${seed}`,
    hyperparameters: {
      name: `design ${experiment} seed ${seed}`,
      'optimizer.kind': 'adam',
      'optimizer.learningRate': learningRate ?? experiment / 1000,
      'training.seed': seed,
    },
    metrics: {
      [metric ?? 'val/loss']: {
        last: values[values.length - 1],
        best: finite.length > 0 ? Math.min(...finite) : null,
        bestEpoch: null,
      },
    },
  })
  return { run, columns }
}

/** A report from training: one epoch more. */
export function addEpoch({ columns }: Compared, epoch: number, value: number): void {
  columns.append({
    chunk: null,
    epochs: [{ epoch, step: epoch * STEPS_PER_EPOCH, elapsedMs: epoch * 50, metrics: { 'val/loss': value } }],
    progress: { step: 0, totalSteps: 0, epoch: 0, totalEpochs: 0, samples: 0 },
  })
}

export function modelOf(
  all: readonly Compared[],
  changes: Partial<Comparison> = {},
  more: {
    hidden?: ReadonlySet<string>
    brushed?: ReadonlySet<string>
    cache?: LineCache<RunSummary>
    highlighted?: string
    isStill?: boolean
  } = {},
): CompareModel<RunSummary> {
  const comparison: Comparison = { ...DEFAULT_COMPARISON, ...changes }
  const groups = groupRuns(
    all.map(({ run }) => run),
    comparison.grouping,
  )
  const shown = groups
    .map((group) => ({ ...group, members: group.members.filter(({ id }) => !more.hidden?.has(id)) }))
    .filter(({ members }) => members.length > 0)
  return compareModel({
    chart: comparison.charts[0],
    comparison,
    groups: shown,
    names: new Map(groups.map(({ key, label }) => [key, label])),
    colorOf: lineColors(groups, comparison.colorBy, 'light').of,
    columnsOf: (id) => all.find(({ run }) => run.id === id)?.columns ?? null,
    cache: more.cache ?? new LineCache(),
    highlighted: more.highlighted ?? null,
    brushed: more.brushed ?? null,
    patterns: false,
    isActive: () => false,
    isStill: more.isStill ?? false,
  })
}
