import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { openRunLog } from '../../../electron/run-log'
import type { RunLog } from '../../../electron/run-log/types'
import { createRandom } from '../../../engine/random'
import { bundleForNode } from '../support/bundle'
import { exampleChunk } from '../support/run-samples'
import { temporaryFolder } from '../support/temporary-folder'
import { startWriter, type Writer } from './writer'

const KILLS = 200
const LANES = 4
const POINTS = 100
const WAL_LIMIT_BYTES = 16 * 1024 * 1024

let script = ''
beforeAll(async () => {
  script = await bundleForNode('test/integration/run-log/writer-process.ts', 'writer-process')
})

function checkIntegrity(path: string): void {
  const database = new BetterSqlite(path, { readonly: true })
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(database.pragma('foreign_key_check')).toEqual([])
  database.close()
}

/** What the log holds of a killed writer's run is whole batches, and all that it had acknowledged. */
function checkRun(log: RunLog, { runId, acknowledged }: Writer): void {
  const [{ steps, epochs }] = log.curves([runId as string])
  const batches = epochs.epoch.length
  expect(batches).toBeGreaterThanOrEqual(acknowledged)
  expect(steps.step.length).toBe(batches * POINTS)
  expect(log.getRun(runId as string)?.progress.step).toBe(batches * POINTS)
  if (batches === 0) return
  const last = exampleChunk(batches - 1, POINTS)
  const start = (batches - 1) * POINTS
  expect(steps.step[start]).toBe(last.firstStep)
  expect(steps.elapsedMs.subarray(start)).toEqual(last.elapsedMs)
  for (const [metric, values] of Object.entries(last.columns)) {
    expect(steps.columns[metric as keyof typeof steps.columns].subarray(start)).toEqual(values)
  }
}

async function killAtRandom(path: string, waitMs: number, isAfterFirstBatch: boolean): Promise<Writer> {
  const writer = startWriter(script, path, POINTS, 1_000_000)
  if (isAfterFirstBatch) await writer.begun
  await delay(waitMs)
  writer.process.kill('SIGKILL')
  const { signal } = await writer.ended
  expect({ signal, errors: writer.errors }).toEqual({ signal: 'SIGKILL', errors: '' })
  return writer
}

describe('a log whose writer is killed', () => {
  it(
    `loses no acknowledged batch and holds no partial one in ${KILLS} kills at random`,
    { timeout: 600_000 },
    async () => {
      // What a killed process wrote, the system still has; only a power cut would ask more of the disk.
      const folder = temporaryFolder({ isFast: true })
      const random = createRandom(20, 'kills')
      const walBytes: number[] = []
      let acknowledged = 0
      let interrupted = 0

      async function lane(index: number): Promise<void> {
        const path = join(folder, `lane-${index}.db`)
        for (let kill = 0; kill < KILLS / LANES; kill++) {
          // One in ten is killed while it opens, migrates or creates its run.
          const isAfterFirstBatch = kill % 10 !== 0
          const waitMs = random.uniform() * (isAfterFirstBatch ? 40 : 250)
          const writer = await killAtRandom(path, waitMs, isAfterFirstBatch)
          walBytes.push(statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0)
          const log = openRunLog(path, { owner: 'app' })
          const closed = log.closeAbandonedRuns()
          if (writer.runId !== null) checkRun(log, writer)
          for (const run of closed) {
            expect(run.status).toBe('interrupted')
            expect(run.reason).toMatch(/The command line ended/)
          }
          interrupted += closed.length
          acknowledged += writer.acknowledged
          expect(log.listRuns().every((run) => run.status === 'interrupted')).toBe(true)
          log.close()
        }
        checkIntegrity(path)
      }
      await Promise.all(Array.from({ length: LANES }, (_, index) => lane(index)))

      expect(Math.max(...walBytes)).toBeLessThanOrEqual(WAL_LIMIT_BYTES)
      expect(interrupted).toBeGreaterThanOrEqual(KILLS * 0.9)
      console.log(
        `${KILLS} kills: ${interrupted} interrupted runs, ${acknowledged} acknowledged batches, largest WAL ${Math.max(...walBytes)} bytes`,
      )
    },
  )

  it('keeps the write-ahead log small over a long run', async () => {
    const path = join(temporaryFolder({ isFast: true }), 'descent.db')
    const writer = startWriter(script, path, 2000, 400)
    let largest = 0
    let isOver = false
    void writer.ended.then(() => {
      isOver = true
    })
    while (!isOver) {
      largest = Math.max(largest, statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0)
      await delay(5)
    }
    expect(writer).toMatchObject({ acknowledged: 400, errors: '' })
    expect(largest).toBeGreaterThan(0)
    expect(largest).toBeLessThanOrEqual(WAL_LIMIT_BYTES)
  })
})
