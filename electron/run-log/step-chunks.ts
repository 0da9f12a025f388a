// Per-step series: one BLOB of little-endian float64 per metric and batch, each with a checksum.
// As rows the same points would cost fifty times the writing and a hundred times the reading (docs/SCHEMA.md).
//
// What can be told from the rest is not written, since a small net makes a million points a second: a column whose
// values are all the same is one value, and a minimum or maximum that is the loss itself, as where each point is one
// step, is none.

import { crc32 } from 'node:zlib'
import { STEP_METRICS, type StepChunk, type StepMetric } from '../../engine/training/types'
import type { RunCurves } from '../contract'
import type { LogContext } from './context'
import { toBytes, toFloat64 } from './run-row'
import { damagedError } from './sqlite-errors'

/** The column of times is kept as a metric of its own. */
export const ELAPSED_METRIC = 'elapsed-ms'

export const INSERT_CHUNK = `
INSERT INTO step_chunk (run_id, sequence, metric, first_step, stride, count, crc32, data)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
const SELECT_CHUNKS = `
SELECT sequence, metric, first_step, stride, count, crc32, data
FROM step_chunk WHERE run_id = ? ORDER BY sequence, metric`
const SELECT_TIMES_AT = `
SELECT sequence, metric, first_step, stride, count, crc32, data FROM step_chunk
WHERE run_id = ? AND metric = '${ELAPSED_METRIC}' AND first_step <= ? ORDER BY sequence DESC LIMIT 1`

export const LOSS: StepMetric = 'batch/loss'
const NOTHING = new Uint8Array(0)
/** What a point of several steps keeps beside the mean. */
const OF_INTERVALS: ReadonlySet<string> = new Set<StepMetric>(['batch/loss.min', 'batch/loss.max'])

export interface ChunkRow {
  sequence: number
  metric: string
  first_step: number
  stride: number
  count: number
  crc32: number
  data: Buffer
}

/** Over the row's own description too, so that a flipped bit there is found like one in the values. */
export function checksum(runId: string, row: Omit<ChunkRow, 'crc32' | 'data'>, data: Uint8Array): number {
  const description = `${runId} ${row.sequence} ${row.metric} ${row.first_step} ${row.stride} ${row.count}`
  const ofDescription = crc32(description)
  // For no bytes at all zlib may answer 0 instead of what it was to go on from.
  return data.byteLength === 0 ? ofDescription : crc32(data, ofDescription)
}

/** NaN is not the same as itself, so a column of it is written out. */
function isConstant(values: Float64Array): boolean {
  // -0 and 0 are equal and yet two values.
  return values.length > 1 && values.every((value) => Object.is(value, values[0]) && value === value)
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a === b || Buffer.compare(toBytes(a), toBytes(b)) === 0
}

function isComplete({ metric, data, count }: ChunkRow): boolean {
  return (
    data.byteLength === count * 8 ||
    data.byteLength === 8 ||
    (data.byteLength === 0 && OF_INTERVALS.has(metric))
  )
}

/** The values of a row that holds its own, whether or not they are all the same. */
export function valuesOf({ data, count }: Pick<ChunkRow, 'data' | 'count'>): Float64Array {
  const values = toFloat64(data)
  return values.length === count ? values : new Float64Array(count).fill(values[0])
}

export type StepChunkStore = ReturnType<typeof createStepChunkStore>

export function createStepChunkStore({ path, database }: LogContext) {
  const insertChunk = database.prepare(INSERT_CHUNK)
  const selectChunks = database.prepare<[string], ChunkRow>(SELECT_CHUNKS)
  const selectTimesAt = database.prepare<[string, number], ChunkRow>(SELECT_TIMES_AT)

  function insertColumn(
    runId: string,
    row: Omit<ChunkRow, 'crc32' | 'data' | 'metric'>,
    metric: string,
    values: Float64Array,
    isLoss = false,
  ) {
    if (values.length !== row.count) {
      throw new Error(
        `Batch ${row.sequence} of run ${runId}: ${metric} has ${values.length} values, not ${row.count}.`,
      )
    }
    const data = isLoss ? NOTHING : toBytes(isConstant(values) ? values.subarray(0, 1) : values)
    const crc = checksum(runId, { ...row, metric }, data)
    insertChunk.run(runId, row.sequence, metric, row.first_step, row.stride, row.count, crc, data)
  }

  /** @throws DescentError 'database-damaged' */
  function verified(runId: string, row: ChunkRow): ChunkRow {
    if (isComplete(row) && checksum(runId, row, row.data) === row.crc32) return row
    throw damagedError(
      path,
      `the values of ${row.metric} in batch ${row.sequence} of run ${runId} are not those that were written`,
    )
  }

  /** Rows of a run in order, each with its checksum verified. @throws DescentError 'database-damaged' */
  function* rows(runId: string): Generator<ChunkRow> {
    for (const row of selectChunks.iterate(runId)) yield verified(runId, row)
  }

  return {
    insert(
      runId: string,
      sequence: number,
      { firstStep, stride, count, elapsedMs, columns }: StepChunk,
    ): void {
      const row = { sequence, first_step: firstStep, stride, count }
      const loss = columns[LOSS]
      for (const metric of STEP_METRICS) {
        insertColumn(
          runId,
          row,
          metric,
          columns[metric],
          OF_INTERVALS.has(metric) && isSame(columns[metric], loss),
        )
      }
      insertColumn(runId, row, ELAPSED_METRIC, elapsedMs)
    },

    /** Training time at the last point up to this step; 0 where there is none. @throws DescentError 'database-damaged' */
    activeMsAt(runId: string, step: number): number {
      const row = selectTimesAt.get(runId, step)
      if (!row) return 0
      const times = valuesOf(verified(runId, row))
      return times[Math.min(row.count - 1, Math.floor((step - row.first_step) / row.stride))]
    },

    /**
     * All points of a run, in order.
     * @param points How many were logged; a missing batch is damage as well.
     * @throws DescentError 'database-damaged'
     */
    read(runId: string, points: number): RunCurves['steps'] {
      const step = new Float64Array(points)
      const elapsedMs = new Float64Array(points)
      const columns = Object.fromEntries(
        STEP_METRICS.map((metric) => [metric, new Float64Array(points)]),
      ) as Record<StepMetric, Float64Array>
      const targets = new Map<string, Float64Array>([...Object.entries(columns), [ELAPSED_METRIC, elapsedMs]])
      const filled = new Map<string, number>([...targets.keys()].map((metric) => [metric, 0]))

      for (const row of rows(runId)) {
        const target = targets.get(row.metric)
        const offset = filled.get(row.metric) ?? 0
        if (target === undefined || offset + row.count > points) {
          throw damagedError(
            path,
            `batch ${row.sequence} of run ${runId} holds ${row.count} values too many of ${row.metric}`,
          )
        }
        // In the order of their names the loss is read before its minimum and maximum.
        const loss = columns[LOSS].subarray(offset, offset + row.count)
        target.set(row.data.byteLength === 0 ? loss : valuesOf(row), offset)
        filled.set(row.metric, offset + row.count)
        if (row.metric !== ELAPSED_METRIC) continue
        for (let i = 0; i < row.count; i++) step[offset + i] = row.first_step + i * row.stride
      }
      for (const [metric, count] of filled) {
        if (count === points) continue
        throw damagedError(path, `run ${runId} has ${count} of ${points} logged values of ${metric}`)
      }
      return { step, elapsedMs, columns }
    },
  }
}
