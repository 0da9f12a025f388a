// Joins the chunks of many small batches: a run of hours at ten batches a second would otherwise leave millions
// of rows, and reading it would cost their number and not their points. What is stored is the same before and after.

import type { LogContext } from './context'
import { checksum, ELAPSED_METRIC, INSERT_CHUNK, type ChunkRow } from './step-chunks'

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

export function createChunkMerger({ database }: LogContext) {
  const selectPoints = database.prepare<[string, number, number], number | null>(SELECT_POINTS).pluck()
  const selectSpan = database.prepare<[string, number, number], ChunkRow>(SELECT_SPAN)
  const deleteChunk = database.prepare(DELETE_CHUNK)
  const insertChunk = database.prepare(INSERT_CHUNK)

  /** Takes the first row's sequence number. */
  function replace(runId: string, group: readonly ChunkRow[]): void {
    const [{ sequence, metric, first_step, stride }] = group
    const count = group.reduce((sum, row) => sum + row.count, 0)
    const data = Buffer.concat(group.map((row) => row.data))
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
      for (const group of groupsOf(rows)) if (group.length > 1) replace(runId, group)
    }
  }
}
