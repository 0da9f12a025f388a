// Appends what a trainer sends, one transaction a batch. A batch that arrives twice is stored once.

import {
  countOfEpochs,
  epochColumns,
  type EpochColumns,
  type SentEpochs,
} from '../../engine/training/sent-epochs'
import { DescentError } from '../../engine/errors'
import type { MetricBatch } from '../trainer/protocol'
import { createChunkMerger } from './chunk-merging'
import type { LogContext } from './context'
import type { EpochStore } from './epochs'
import { summariesFromJson, summariesToJson, withEpochs } from './metric-summary'
import { toBytes, toFloat64, type RunRow } from './run-row'
import type { RunStore } from './runs'
import { addToSparkline, EMPTY_SPARKLINE, type Sparkline } from './sparkline'
import type { StepChunkStore } from './step-chunks'

const UPDATE_PROGRESS = `
UPDATE run SET
  step = @step, total_steps = @totalSteps, epoch = @epoch, total_epochs = @totalEpochs, samples = @samples,
  active_ms = @activeMs, next_sequence = @nextSequence, points = @points, change = @change
WHERE id = @id`
const UPDATE_METRICS = `
UPDATE run SET
  metrics = @metrics, sparkline_metric = @sparklineMetric, sparkline_seen = @sparklineSeen, sparkline = @sparkline
WHERE id = @id`

const VALIDATION_LOSS = 'val/loss'
const TRAINING_LOSS = 'train/loss'

interface Picture {
  metric: string | null
  line: Sparkline
}

/** Validation loss as soon as there is one; what was drawn of the training loss until then is dropped. */
function withLosses(picture: Picture, { epoch, metrics }: EpochColumns): Picture {
  let { metric, line } = picture
  const isMeasured = (name: string, i: number): boolean => metrics[name]?.measured[i] === 1
  for (let i = 0; i < epoch.length; i++) {
    const name = isMeasured(VALIDATION_LOSS, i) ? VALIDATION_LOSS : TRAINING_LOSS
    if (!isMeasured(name, i) || (metric === VALIDATION_LOSS && name === TRAINING_LOSS)) continue
    line = addToSparkline(name === metric ? line : EMPTY_SPARKLINE, metrics[name].values[i])
    metric = name
  }
  return { metric, line }
}

/** @throws DescentError 'conflict' when the batch is not the next one of a run in training. */
function checkOrder(run: RunRow, batch: MetricBatch): void {
  if (run.status !== 'running' && run.status !== 'paused') {
    throw new DescentError(
      'conflict',
      `Run ${run.id} is ${run.status}: batch ${batch.sequence} can not be added to it.`,
      'Only a run that is running or paused takes new points.',
    )
  }
  if (batch.sequence > run.next_sequence) {
    throw new DescentError(
      'conflict',
      `Run ${run.id}: batch ${batch.sequence} came where batch ${run.next_sequence} was expected.`,
      'Batches are appended in order, without a gap.',
    )
  }
}

export function createBatchWriter(
  context: LogContext,
  runs: RunStore,
  chunks: StepChunkStore,
  epochs: EpochStore,
) {
  const updateProgress = context.database.prepare(UPDATE_PROGRESS)
  const updateMetrics = context.database.prepare(UPDATE_METRICS)
  const mergeChunks = createChunkMerger(context)

  function addEpochs(run: RunRow, sent: SentEpochs): void {
    const columns = epochColumns(sent)
    epochs.insert(run.id, columns)
    const before: Picture = {
      metric: run.sparkline_metric,
      line: { seen: run.sparkline_seen, values: [...toFloat64(run.sparkline)] },
    }
    const { metric, line } = withLosses(before, columns)
    updateMetrics.run({
      id: run.id,
      metrics: summariesToJson(withEpochs(summariesFromJson(run.metrics), columns)),
      sparklineMetric: metric,
      sparklineSeen: line.seen,
      sparkline: toBytes(Float64Array.from(line.values)),
    })
  }

  return function appendBatch(id: string, batch: MetricBatch): void {
    context.write(() => {
      const run = runs.row(id)
      if (batch.sequence < run.next_sequence) return
      checkOrder(run, batch)
      if (batch.chunk) chunks.insert(id, batch.sequence, batch.chunk)
      if (countOfEpochs(batch.epochs) > 0) addEpochs(run, batch.epochs)
      updateProgress.run({
        id,
        ...batch.progress,
        activeMs: batch.activeMs,
        nextSequence: batch.sequence + 1,
        points: run.points + (batch.chunk?.count ?? 0),
        change: context.nextChange(id),
      })
      mergeChunks(id, batch.sequence)
    })
  }
}
