// The newest parameters of each run, as the flat arrays that the engine keeps.

import { crc32 } from 'node:zlib'
import type { Checkpoint } from '../trainer/protocol'
import { noSuchRun, type LogContext } from './context'
import { toBytes } from './run-row'
import { damagedError } from './sqlite-errors'

const INSERT_CHECKPOINT = `
INSERT INTO checkpoint (run_id, epoch, step, precision, crc32, weights, biases) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run_id) DO UPDATE SET
  epoch = excluded.epoch, step = excluded.step, precision = excluded.precision, crc32 = excluded.crc32,
  weights = excluded.weights, biases = excluded.biases`
const SELECT_CHECKPOINT =
  'SELECT epoch, step, precision, crc32, weights, biases FROM checkpoint WHERE run_id = ?'
const SELECT_RUN_EXISTS = 'SELECT 1 FROM run WHERE id = ?'

const PRECISIONS = { float64: Float64Array, float32: Float32Array } as const

interface CheckpointRow {
  epoch: number
  step: number
  precision: keyof typeof PRECISIONS
  crc32: number
  weights: Buffer
  biases: Buffer
}

function copy(precision: CheckpointRow['precision'], blob: Uint8Array): Float64Array | Float32Array {
  const Values = PRECISIONS[precision]
  const values = new Values(blob.byteLength / Values.BYTES_PER_ELEMENT)
  toBytes(values).set(blob)
  return values
}

export function createCheckpointStore(context: LogContext) {
  const { database, path } = context
  const insertCheckpoint = database.prepare(INSERT_CHECKPOINT)
  const selectCheckpoint = database.prepare<[string], CheckpointRow>(SELECT_CHECKPOINT)
  const selectRunExists = database.prepare<[string], number>(SELECT_RUN_EXISTS).pluck()

  return {
    store(runId: string, { epoch, step, weights, biases }: Checkpoint): void {
      const precision = weights instanceof Float32Array ? 'float32' : 'float64'
      const [weightBytes, biasBytes] = [toBytes(weights), toBytes(biases)]
      const crc = crc32(biasBytes, crc32(weightBytes))
      context.write(() => {
        if (selectRunExists.get(runId) === undefined) throw noSuchRun(runId)
        insertCheckpoint.run(runId, epoch, step, precision, crc, weightBytes, biasBytes)
      })
    },

    /** @throws DescentError 'database-damaged' */
    read(runId: string): Checkpoint | null {
      const row = selectCheckpoint.get(runId)
      if (!row) return null
      if (crc32(row.biases, crc32(row.weights)) !== row.crc32) {
        throw damagedError(path, `the stored parameters of run ${runId} are not those that were written`)
      }
      return {
        epoch: row.epoch,
        step: row.step,
        weights: copy(row.precision, row.weights),
        biases: copy(row.precision, row.biases),
      }
    },
  }
}
