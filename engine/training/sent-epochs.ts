// Epochs on their way between processes: a small network ends ten thousand a second, and as objects each of them would
// be taken apart and put together again at every border. Few are sent as they are.

import type { EpochRecord } from './types'

/** Epochs one behind another, their numbers in columns. */
export interface EpochColumns {
  epoch: Float64Array
  step: Float64Array
  elapsedMs: Float64Array
  /** In the order in which they were first measured. `measured` tells what was measured as NaN from what was not. */
  metrics: Record<string, { values: Float64Array; measured: Uint8Array }>
}

export type SentEpochs = readonly EpochRecord[] | EpochColumns

/** A batch of a network of some size has no more. */
const FEW = 8

/** The epochs as they are sent. */
export function sentEpochs(records: readonly EpochRecord[]): SentEpochs {
  return records.length > FEW ? columnsOf(records) : records
}

export function countOfEpochs(sent: SentEpochs): number {
  return 'metrics' in sent ? sent.epoch.length : sent.length
}

export function epochColumns(sent: SentEpochs): EpochColumns {
  return 'metrics' in sent ? sent : columnsOf(sent)
}

export function epochAt(sent: SentEpochs, index: number): EpochRecord {
  if (!('metrics' in sent)) return sent[index]
  const { epoch, step, elapsedMs, metrics } = sent
  const measured = Object.entries(metrics).filter(([, column]) => column.measured[index] === 1)
  return {
    epoch: epoch[index],
    step: step[index],
    elapsedMs: elapsedMs[index],
    metrics: Object.fromEntries(measured.map(([metric, { values }]) => [metric, values[index]])),
  }
}

function columnsOf(records: readonly EpochRecord[]): EpochColumns {
  const count = records.length
  const columns: EpochColumns = {
    epoch: new Float64Array(count),
    step: new Float64Array(count),
    elapsedMs: new Float64Array(count),
    metrics: {},
  }
  for (let i = 0; i < count; i++) {
    const { epoch, step, elapsedMs, metrics } = records[i]
    columns.epoch[i] = epoch
    columns.step[i] = step
    columns.elapsedMs[i] = elapsedMs
    for (const metric in metrics) {
      columns.metrics[metric] ??= {
        values: new Float64Array(count).fill(NaN),
        measured: new Uint8Array(count),
      }
      columns.metrics[metric].values[i] = metrics[metric]
      columns.metrics[metric].measured[i] = 1
    }
  }
  return columns
}
