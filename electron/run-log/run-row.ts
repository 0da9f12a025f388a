// A row of the table `run`, and the summary that is made of it.

import type { RunStatus, RunSummary } from '../contract'
import { summariesFromJson } from './metric-summary'

export interface RunRow {
  id: string
  number: number
  name: string
  status: RunStatus
  reason: string | null
  note: string
  created_at: number
  started_at: number | null
  ended_at: number | null
  deleted_at: number | null
  archived_at: number | null
  purged_at: number | null
  locked: 0 | 1
  experiment: number
  active_ms: number
  process_id: number | null
  seed: number
  dataset_id: string
  data_hash: string | null
  engine_version: string
  kernel: string | null
  parameters: number | null
  weights_hash: string | null
  steps_per_epoch: number | null
  step: number
  total_steps: number
  epoch: number
  total_epochs: number
  samples: number
  next_sequence: number
  points: number
  change: number
  hyperparameters: string
  metrics: string
  sparkline_metric: string | null
  sparkline_seen: number
  sparkline: Buffer
}

/** Bytes of little-endian float64, as they are stored everywhere. All platforms we run on are little-endian. */
export function toBytes(values: Float64Array | Float32Array | Uint32Array | Uint8Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

/** A copy: a stored blob may stand at any address, a typed array may not. */
export function toFloat64(blob: Uint8Array): Float64Array {
  const values = new Float64Array(blob.byteLength / 8)
  toBytes(values).set(blob)
  return values
}

/** As toFloat64, into a plain array; for lists of thousands of runs three times as fast as by way of one. */
function toNumbers(blob: Buffer): number[] {
  const values = new Array<number>(blob.byteLength / 8)
  for (let index = 0; index < values.length; index++) values[index] = blob.readDoubleLE(index * 8)
  return values
}

export function toSummary(row: RunRow, tags: readonly string[]): RunSummary {
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    experiment: row.experiment,
    status: row.status,
    reason: row.reason,
    tags,
    note: row.note,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    activeMs: row.active_ms,
    seed: row.seed,
    datasetId: row.dataset_id,
    dataHash: row.data_hash,
    engineVersion: row.engine_version,
    kernel: row.kernel,
    parameters: row.parameters,
    weightsHash: row.weights_hash,
    progress: {
      step: row.step,
      totalSteps: row.total_steps,
      epoch: row.epoch,
      totalEpochs: row.total_epochs,
      samples: row.samples,
    },
    hyperparameters: JSON.parse(row.hyperparameters) as RunSummary['hyperparameters'],
    metrics: summariesFromJson(row.metrics),
    sparkline: toNumbers(row.sparkline),
    deletedAt: row.deleted_at,
    archivedAt: row.archived_at,
    isLocked: row.locked === 1,
    change: row.change,
  }
}
