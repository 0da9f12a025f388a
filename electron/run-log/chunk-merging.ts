// Joins the chunks of many small batches: a run of hours at ten batches a second would otherwise leave millions
// of rows, and reading it would cost their number and not their points. What is stored is the same before and after.

import type { LogContext } from './context'
import { toBytes } from './run-row'
import { ELAPSED_METRIC } from '../../engine/training/types'
import { checksum, INSERT_CHUNK, LOSS, valuesOf, type ChunkRow } from './step-chunks'

/** After so many batches their chunks are joined, where they hold no more points than this together. */
const SPANS = [
  { batches: 64, points: 32_768 },
  { batches: 4096, points: 131_072 },
] as const

const SELECT_POINTS = `
SELECT SUM(count) FROM step_chunk WHERE run_id = ? AND sequence BETWEEN ? AND ? AND metric = '${ELAPSED_METRIC}'`
const SELECT_SPAN = `
SELECT sequence, metric, first_step, stride, count, crc32, data
FROM step_chunk WHERE run_id = ? AND sequence BETWEEN ? AND ? ORDER BY metric, sequence`
const DELETE_CHUNK = 'DELETE FROM step_chunk WHERE run_id = ? AND sequence = ? AND metric = ?'

function continues(before: ChunkRow, next: ChunkRow): boolean {
  return (
    next.metric === before.metric &&
    next.stride === before.stride &&
    next.first_step === before.first_step + before.count * before.stride
  )
}

/** Rows that follow on each other, in groups. */
function groupsOf(rows: readonly ChunkRow[]): ChunkRow[][] {
  const groups: ChunkRow[][] = []
  for (const row of rows) {
    const group = groups.at(-1)
    if (group && continues(group[group.length - 1], row)) group.push(row)
    else groups.push([row])
  }
  return groups
}

/** @param losses the rows of the loss by their sequence: what rows without values of their own repeat */
function joined(group: readonly ChunkRow[], losses: ReadonlyMap<number, ChunkRow>): Uint8Array {
  const [first] = group
  // One value, or none, where all have the same one, or none.
  const isShort = group.every(({ data }) => data.byteLength <= 8 && data.equals(first.data))
  if (isShort) return first.data
  return Buffer.concat(
    group.map((row) =>
      toBytes(valuesOf(row.data.byteLength === 0 ? (losses.get(row.sequence) ?? row) : row)),
    ),
  )
}

export function createChunkMerger({ database }: LogContext) {
  const selectPoints = database.prepare<[string, number, number], number | null>(SELECT_POINTS).pluck()
  const selectSpan = database.prepare<[string, number, number], ChunkRow>(SELECT_SPAN)
  const deleteChunk = database.prepare(DELETE_CHUNK)
  const insertChunk = database.prepare(INSERT_CHUNK)

  /** Takes the first row's sequence number. */
  function replace(runId: string, group: readonly ChunkRow[], losses: ReadonlyMap<number, ChunkRow>): void {
    const [{ sequence, metric, first_step, stride }] = group
    const count = group.reduce((sum, row) => sum + row.count, 0)
    const data = joined(group, losses)
    for (const row of group) deleteChunk.run(runId, row.sequence, metric)
    const crc = checksum(runId, { sequence, metric, first_step, stride, count }, data)
    insertChunk.run(runId, sequence, metric, first_step, stride, count, crc, data)
  }

  /** Inside the transaction that appended the batch `sequence`. */
  return function mergeChunks(runId: string, sequence: number): void {
    for (const { batches, points } of SPANS) {
      if ((sequence + 1) % batches !== 0) return
      const first = sequence + 1 - batches
      if ((selectPoints.get(runId, first, sequence) ?? 0) > points) continue
      const rows = selectSpan.all(runId, first, sequence)
      // A damaged value must not get a new, valid checksum: it stays as it is and is reported when it is read.
      if (rows.some((row) => checksum(runId, row, row.data) !== row.crc32)) continue
      const losses = new Map(rows.filter(({ metric }) => metric === LOSS).map((row) => [row.sequence, row]))
      for (const group of groupsOf(rows)) if (group.length > 1) replace(runId, group, losses)
    }
  }
}
