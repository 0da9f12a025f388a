// What the reader packed, as the page works with it. electron/run-log/pack-runs.ts and step-chunks.ts are the other half.

import {
  RUN_STATUSES,
  type ChosenCurves,
  type MetricSummary,
  type PackedCurves,
  type PackedRuns,
  type RunSummary,
} from '../electron/contract'

type Hyperparameters = Record<string, string | number | boolean | null>

/** The rows, some at a time, so that the page can draw between. */
export function* unpackRuns(packed: PackedRuns, rowsAtOnce: number): Generator<RunSummary[]> {
  const { texts, textsOfRows, numbersOfRows, tags, metricSets, metrics, sparklines } = packed
  const designs: Hyperparameters[] = []
  let [text, number, tag, metric, spark] = [0, 0, 0, 0, 0]
  const nextText = (): string | null => texts[textsOfRows[text++]]
  const nextNumber = (): number | null => {
    const value = numbersOfRows[number++]
    return Number.isNaN(value) ? null : value
  }
  const nextMetrics = (names: readonly string[]): Record<string, MetricSummary> => {
    const summaries: Record<string, MetricSummary> = {}
    for (const name of names) {
      const [last, best, bestEpoch] = [metrics[metric++], metrics[metric++], metrics[metric++]]
      summaries[name] = {
        last,
        best: Number.isNaN(best) ? null : best,
        bestEpoch: Number.isNaN(bestEpoch) ? null : bestEpoch,
      }
    }
    return summaries
  }

  /** Reads in the order in which the columns were written. */
  function nextRun(): RunSummary {
    const id = nextText() as string
    const name = nextText() as string
    const reason = nextText()
    const note = nextText() as string
    const datasetId = nextText() as string
    const dataHash = nextText()
    const engineVersion = nextText() as string
    const kernel = nextText()
    const weightsHash = nextText()
    const runNumber = numbersOfRows[number++]
    const experiment = numbersOfRows[number++]
    const status = RUN_STATUSES[numbersOfRows[number++]]
    const tagCount = numbersOfRows[number++]
    const createdAt = numbersOfRows[number++]
    const startedAt = nextNumber()
    const endedAt = nextNumber()
    const activeMs = numbersOfRows[number++]
    const seed = numbersOfRows[number++]
    const parameters = nextNumber()
    const progress = {
      step: numbersOfRows[number++],
      totalSteps: numbersOfRows[number++],
      epoch: numbersOfRows[number++],
      totalEpochs: numbersOfRows[number++],
      samples: numbersOfRows[number++],
    }
    const place = numbersOfRows[number++]
    const design = (designs[place] ??= JSON.parse(packed.designs[place]) as Hyperparameters)
    const hyperparameters = { ...design, name: texts[numbersOfRows[number++]], 'training.seed': seed }
    const summaries = nextMetrics(metricSets[numbersOfRows[number++]])
    const points = numbersOfRows[number++]
    return {
      id,
      number: runNumber,
      name,
      experiment,
      status,
      reason,
      tags:
        tagCount === 0
          ? []
          : Array.from(tags.subarray(tag, (tag += tagCount)), (each) => texts[each] as string),
      note,
      createdAt,
      startedAt,
      endedAt,
      activeMs,
      seed,
      datasetId,
      dataHash,
      engineVersion,
      kernel,
      parameters,
      weightsHash,
      progress,
      hyperparameters,
      metrics: summaries,
      sparkline: Array.from(sparklines.subarray(spark, (spark += points))),
      deletedAt: nextNumber(),
      archivedAt: nextNumber(),
      isLocked: numbersOfRows[number++] === 1,
      change: numbersOfRows[number++],
    }
  }

  for (let first = 0; first < packed.count; first += rowsAtOnce) {
    yield Array.from({ length: Math.min(rowsAtOnce, packed.count - first) }, nextRun)
  }
}

/** Runs of as many points at the same steps have one column of steps: columns that grow copy before they write. */
export function unpackCurves(packed: readonly PackedCurves[]): ChosenCurves[] {
  const known = new Map<string, Float64Array>()
  return packed.map(({ steps: { stretches, elapsedMs, columns }, ...rest }) => {
    const key = stretches.join()
    const step = known.get(key) ?? stepsOf(stretches)
    known.set(key, step)
    return { ...rest, steps: { step, elapsedMs, columns } }
  })
}

function stepsOf(stretches: Float64Array): Float64Array {
  let points = 0
  for (let stretch = 0; stretch < stretches.length; stretch += 3) points += stretches[stretch + 2]
  const step = new Float64Array(points)
  for (let stretch = 0, at = 0; stretch < stretches.length; stretch += 3) {
    const [first, stride, count] = stretches.subarray(stretch, stretch + 3)
    for (let i = 0; i < count; i++) step[at++] = first + i * stride
  }
  return step
}
