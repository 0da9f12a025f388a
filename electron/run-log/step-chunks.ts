// Per-step series: one BLOB of little-endian float64 per metric and batch, each with a checksum.
// As rows the same points would cost fifty times the writing and a hundred times the reading (docs/SCHEMA.md).
//
// What can be told from the rest is not written, since a small net makes a million points a second: a column whose
// values are all the same is one value, and a minimum or maximum that is the loss itself, as where each point is one
// step, is none.

import { crc32 } from 'node:zlib'
import { sentColumn, timesOfChunk, type SentChunk } from '../../engine/training/sent-chunk'
import { ELAPSED_METRIC, STEP_METRICS, type StepMetric } from '../../engine/training/types'
import type { PackedCurves } from '../contract'
import type { LogContext } from './context'
import { toBytes, toFloat64 } from './run-row'
import { damagedError } from './sqlite-errors'

export const INSERT_CHUNK = `
INSERT INTO step_chunk (run_id, sequence, metric, first_step, stride, count, crc32, data)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
const SELECT_CHUNKS = `
SELECT sequence, metric, first_step, stride, count, crc32, data
FROM step_chunk WHERE run_id = ? AND metric IN (SELECT value FROM json_each(?)) ORDER BY sequence, metric`
/** Where points lie, without any values. */
const SELECT_PLACES = `
SELECT first_step, stride, count FROM step_chunk
WHERE run_id = ? AND metric = '${ELAPSED_METRIC}' ORDER BY sequence`
const SELECT_TIMES_AT = `
SELECT sequence, metric, first_step, stride, count, crc32, data FROM step_chunk
WHERE run_id = ? AND metric = '${ELAPSED_METRIC}' AND first_step <= ? ORDER BY sequence DESC LIMIT 1`

export const LOSS: StepMetric = 'batch/loss'
const NOTHING = new Uint8Array(0)
/** What a point of several steps keeps beside the mean. */
const OF_INTERVALS: ReadonlySet<string> = new Set<StepMetric>(['batch/loss.min', 'batch/loss.max'])

type Places = Pick<ChunkRow, 'first_step' | 'stride' | 'count'>

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
  const selectChunks = database.prepare<[string, string], ChunkRow>(SELECT_CHUNKS)
  const selectPlaces = database.prepare<[string], Places>(SELECT_PLACES)
  const selectTimesAt = database.prepare<[string, number], ChunkRow>(SELECT_TIMES_AT)

  function insertColumn(
    runId: string,
    row: Omit<ChunkRow, 'crc32' | 'data' | 'metric'>,
    metric: string,
    values: Float64Array,
    isLoss = false,
  ) {
    if (!isLoss && values.length !== row.count && values.length !== 1) {
      throw new Error(
        `Batch ${row.sequence} of run ${runId}: ${metric} has ${values.length} values, not ${row.count}.`,
      )
    }
    const data = isLoss ? NOTHING : toBytes(sentColumn(values))
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

  /** Where the points of a run lie, which is quick: no value is read. @throws DescentError 'database-damaged' */
  function places(runId: string, points: number): Float64Array {
    const stretches = new Stretches()
    let found = 0
    for (const row of selectPlaces.iterate(runId)) {
      stretches.add(row)
      found += row.count
    }
    if (found !== points) throw damagedError(path, `run ${runId} has ${found} of ${points} logged points`)
    return Float64Array.from(stretches.values)
  }

  return {
    /** Columns may be one value that stands for all, as they are sent. */
    insert(runId: string, sequence: number, chunk: SentChunk): void {
      const { firstStep, stride, count, columns } = chunk
      const row = { sequence, first_step: firstStep, stride, count }
      const loss = columns[LOSS]
      for (const metric of STEP_METRICS) {
        insertColumn(
          runId,
          row,
          metric,
          columns[metric],
          OF_INTERVALS.has(metric) && (columns[metric].length === 0 || isSame(columns[metric], loss)),
        )
      }
      insertColumn(runId, row, ELAPSED_METRIC, timesOfChunk(chunk))
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
     * @param metrics The columns that are wanted, ELAPSED_METRIC among them.
     * @throws DescentError 'database-damaged'
     */
    read(runId: string, points: number, metrics: readonly string[]): PackedCurves['steps'] {
      const wanted = STEP_METRICS.filter((metric) => metrics.includes(metric))
      // What repeats the loss needs it.
      const needed = wanted.some((metric) => OF_INTERVALS.has(metric)) ? [...wanted, LOSS] : wanted
      const hasTimes = metrics.includes(ELAPSED_METRIC)
      const names = new Set<string>(hasTimes ? [ELAPSED_METRIC, ...needed] : needed)
      if (names.size === 0) return { stretches: places(runId, points), elapsedMs: null, columns: {} }
      const [guide] = names
      const stretches = new Stretches()
      const readers = new Map([...names].map((name) => [name, new ColumnReader(points)]))
      for (const row of selectChunks.iterate(runId, JSON.stringify([...names]))) {
        const reader = readers.get(verified(runId, row).metric) as ColumnReader
        if (reader.filled + row.count > points) {
          throw damagedError(
            path,
            `batch ${row.sequence} of run ${runId} holds ${row.count} values too many of ${row.metric}`,
          )
        }
        // In the order of their names the loss is read before its minimum and maximum.
        if (row.data.byteLength === 0) reader.repeat(readers.get(LOSS) as ColumnReader, row.count)
        else reader.add(row)
        if (row.metric === guide) stretches.add(row)
      }
      for (const [metric, { filled }] of readers) {
        if (filled === points) continue
        throw damagedError(path, `run ${runId} has ${filled} of ${points} logged values of ${metric}`)
      }
      return {
        stretches: Float64Array.from(stretches.values),
        elapsedMs: readers.get(ELAPSED_METRIC)?.values() ?? null,
        columns: Object.fromEntries(
          wanted.map((metric) => [metric, (readers.get(metric) as ColumnReader).values()]),
        ),
      }
    },
  }
}

/** A column that is read row by row, each value copied once. */
class ColumnReader {
  filled = 0
  private own: Float64Array | null = null
  /** While all rows repeat another column this one is that one: the same object, also after a process border. */
  private repeated: ColumnReader | null = null

  constructor(private readonly points: number) {}

  add({ data, count }: ChunkRow): void {
    const target = this.ownValues()
    if (data.byteLength === count * 8) toBytes(target).set(data, this.filled * 8)
    else target.fill(toFloat64(data)[0], this.filled, this.filled + count)
    this.filled += count
  }

  repeat(other: ColumnReader, count: number): void {
    if (this.own === null) this.repeated = other
    else this.own.set(other.values().subarray(this.filled, this.filled + count), this.filled)
    this.filled += count
  }

  values(): Float64Array {
    return this.own ?? this.repeated?.values() ?? this.ownValues()
  }

  private ownValues(): Float64Array {
    if (this.own === null) {
      this.own = new Float64Array(this.points)
      if (this.repeated) this.own.set(this.repeated.values().subarray(0, this.filled))
      this.repeated = null
    }
    return this.own
  }
}

/** First step, stride and count of each stretch of points. */
class Stretches {
  readonly values: number[] = []

  add({ first_step, stride, count }: Places): void {
    const { values } = this
    const [first, lastStride, lastCount] = values.slice(-3)
    if (lastStride === stride && first + lastCount * stride === first_step) values[values.length - 1] += count
    else values.push(first_step, stride, count)
  }
}

/** The step of each point. */
export function stepsOf(stretches: Float64Array): Float64Array {
  const steps = new Float64Array(pointsOf(stretches))
  for (let stretch = 0, at = 0; stretch < stretches.length; stretch += 3) {
    const [first, stride, count] = stretches.subarray(stretch, stretch + 3)
    for (let i = 0; i < count; i++) steps[at++] = first + i * stride
  }
  return steps
}

function pointsOf(stretches: Float64Array): number {
  let points = 0
  for (let stretch = 0; stretch < stretches.length; stretch += 3) points += stretches[stretch + 2]
  return points
}
