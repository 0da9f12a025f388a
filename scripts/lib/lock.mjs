// A lock between processes: a folder, which only one can create. The holder keeps its time fresh, so that a
// killed holder is noticed and nobody waits for a process that is gone.
import { mkdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { readJson, writeJson } from './stamps.mjs'

const refreshIntervalMs = 2_000
const staleAfterMs = 60_000
const pollIntervalMs = 200

/**
 * @param {string} path
 * @param {number} now
 * @returns {boolean} Whether the holder is gone: its process ended, or it stopped refreshing.
 */
export function isStale(path, now = Date.now()) {
  const status = statSync(path, { throwIfNoEntry: false })
  if (!status) return false
  if (now - status.mtimeMs > staleAfterMs) return true
  const holder = /** @type {{ pid?: number, host?: string } | undefined} */ (
    readJson(join(path, 'holder.json'))
  )
  // Without a record yet, the holder is just writing it. On another machine its processes cannot be asked.
  if (!holder?.pid || holder.host !== hostname()) return false
  try {
    process.kill(holder.pid, 0)
    return false
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH'
  }
}

/** @param {string} path @returns {boolean} */
function tryTake(path) {
  mkdirSync(dirname(path), { recursive: true })
  try {
    mkdirSync(path)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  }
  writeJson(join(path, 'holder.json'), { pid: process.pid, host: hostname() })
  return true
}

/** Moves a dead lock aside first: of several waiters only one can rename it. @param {string} path */
function clearStale(path) {
  const aside = `${path}.stale-${process.pid}`
  try {
    renameSync(path, aside)
    rmSync(aside, { recursive: true, force: true })
  } catch {
    // Another waiter was faster.
  }
}

/**
 * @template Result
 * @param {string} path
 * @param {() => Promise<Result>} work
 * @param {(holderPid: number | undefined) => void} onWait Called once when somebody else holds the lock.
 * @returns {Promise<Result>}
 */
export async function withLock(path, work, onWait = () => {}) {
  let hasSaidWaiting = false
  while (!tryTake(path)) {
    if (isStale(path)) {
      clearStale(path)
      continue
    }
    if (!hasSaidWaiting)
      onWait(/** @type {{ pid?: number } | undefined} */ (readJson(join(path, 'holder.json')))?.pid)
    hasSaidWaiting = true
    await new Promise((resolve) => setTimeout(resolve, pollIntervalMs))
  }
  const refresh = setInterval(() => {
    const now = new Date()
    try {
      utimesSync(path, now, now)
    } catch {
      // The lock was cleared by hand; the work goes on.
    }
  }, refreshIntervalMs)
  try {
    return await work()
  } finally {
    clearInterval(refresh)
    rmSync(path, { recursive: true, force: true })
  }
}
