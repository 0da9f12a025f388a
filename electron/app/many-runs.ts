// Changes that a person makes to many runs at once, in pieces of some milliseconds: main has to hear of training,
// and the window of main, meanwhile.

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RunSummary } from '../contract'
import type { RunLog } from '../run-log'
import { refuseLocked } from '../run-log/locked'
import type { Publish } from './rpc.electron'

/** Runs of one transaction. */
const PIECE = 100
/** Runs that are looked at in one go. */
const LOOKED_AT = 2000
/** With more runs than this the page reads their rows itself, and in a form made for that. */
const MOST_SENT = 200

export interface ManyRuns {
  log: RunLog
  publish: Publish
}

async function inPieces(
  ids: readonly string[],
  length: number,
  work: (piece: readonly string[]) => void,
): Promise<void> {
  for (let from = 0; from < ids.length; from += length) {
    if (from > 0) await nextTurn()
    work(ids.slice(from, from + length))
  }
}

/** @throws DescentError where one of the runs does not exist or is locked; none was changed then */
export async function checkChangeable(log: RunLog, ids: readonly string[]): Promise<void> {
  const locked: string[] = []
  await inPieces(ids, LOOKED_AT, (piece) => locked.push(...log.lockedNames(piece)))
  refuseLocked(locked)
}

/**
 * Changes the runs piece by piece and tells the page once. Should the log refuse in the middle (a full disk), the
 * pieces before it are changed, and told.
 * @returns the changed rows; none where they are too many to be sent
 */
export async function changeRuns(
  { log, publish }: ManyRuns,
  ids: readonly string[],
  change: (piece: readonly string[]) => void,
  needsUnlocked = false,
): Promise<RunSummary[]> {
  if (needsUnlocked) await checkChangeable(log, ids)
  else await inPieces(ids, LOOKED_AT, (piece) => void log.lockedNames(piece))
  const changed: string[] = []
  let rows: RunSummary[] = []
  try {
    await inPieces(ids, PIECE, (piece) => {
      change(piece)
      changed.push(...piece)
    })
  } finally {
    if (changed.length > MOST_SENT) publish('runs.stale', { ids: changed })
    else if (changed.length > 0) publish('runs.changed', { runs: (rows = log.getRuns(changed)) })
  }
  return rows
}
