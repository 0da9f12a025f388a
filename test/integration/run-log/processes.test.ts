import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { SCHEMA_VERSION } from '../../../electron/run-log'
import { createRandom } from '../../../engine/random'
import { bundleForNode } from '../support/bundle'
import { openTemporaryLog, startRun } from '../support/open-log'
import { exampleBatch } from '../support/run-samples'
import { temporaryFolder } from '../support/temporary-folder'
import { startWriter } from './writer'

let script = ''
beforeAll(async () => {
  script = await bundleForNode('test/integration/run-log/writer-process.ts', 'writer-process')
})

describe('several processes on one log', () => {
  it('write at once from the first launch on: nothing is lost and nobody is told to wait', async () => {
    const path = join(temporaryFolder(), 'descent.db')
    const writers = Array.from({ length: 4 }, () => startWriter(script, path, 200, 100))
    const ends = await Promise.all(writers.map(({ ended }) => ended))
    expect(ends).toEqual(writers.map(() => ({ code: 0, signal: null })))
    expect(writers.map(({ errors }) => errors).join('')).toBe('')
    const log = openTemporaryLog(path)
    const runs = log.listRuns()
    expect(runs.map(({ status }) => status)).toEqual(writers.map(() => 'finished'))
    expect(runs.map(({ number }) => number)).toEqual([4, 3, 2, 1])
    for (const curves of log.curves(runs.map(({ id }) => id))) expect(curves.steps.step.length).toBe(20_000)
  })

  it('leave the run of a living process alone and close that of a dead one', async () => {
    const log = openTemporaryLog()
    const writer = startWriter(script, log.path, 10, 1_000_000)
    await writer.begun
    expect(log.closeAbandonedRuns()).toEqual([])
    expect(log.getRun(writer.runId as string)?.status).toBe('running')

    writer.process.kill('SIGKILL')
    await writer.ended
    const [closed] = log.closeAbandonedRuns()
    const step = closed.progress.step.toLocaleString('en-US')
    expect(closed).toMatchObject({
      id: writer.runId,
      status: 'interrupted',
      reason: `The command line ended while this run trained. Last logged step ${step}.`,
    })
    expect(log.closeAbandonedRuns()).toEqual([])
  })

  it('close what a log left open when it was closed, and never their own', () => {
    const path = join(temporaryFolder(), 'descent.db')
    const first = openTemporaryLog(path)
    const trained = startRun(first)
    for (let sequence = 0; sequence < 2; sequence++) first.appendBatch(trained, exampleBatch(sequence, 617))
    const queued = first.createRun(first.detail(trained).spec, 'app').id
    expect(first.closeAbandonedRuns()).toEqual([])
    first.close()

    const second = openTemporaryLog(path)
    const own = startRun(second)
    const closed = second.closeAbandonedRuns()
    expect(closed.map(({ id, reason }) => [id, reason])).toEqual([
      [trained, 'The application ended while this run trained. Last logged step 1,234.'],
      [queued, 'The application ended before this run began.'],
    ])
    expect(second.getRun(own)?.status).toBe('running')
  })

  it('do not take a later process with the same number for the one that died', () => {
    const log = openTemporaryLog()
    const id = startRun(log)
    log.close()
    const database = new BetterSqlite(log.path)
    database
      .prepare('UPDATE process SET pid = ?, start_token = ?, ended_at = NULL')
      .run(process.pid, 'boot:1')
    database.close()
    const next = openTemporaryLog(log.path)
    expect(next.closeAbandonedRuns().map((run) => run.id)).toEqual([id])
  })

  it('hear of what others changed, and not of their own changes', () => {
    const app = openTemporaryLog()
    const other = openTemporaryLog(app.path, 'command-line')
    const own = startRun(app)
    expect(app.changedByOthers()).toEqual([])
    const foreign = startRun(other)
    app.rename(own, 'mine')
    expect(app.changedByOthers()).toEqual([foreign])
    expect(app.changedByOthers()).toEqual([])
    other.appendBatch(foreign, exampleBatch(0))
    other.rename(own, 'not yours')
    expect(app.changedByOthers().sort()).toEqual([own, foreign].sort())
    // Its own rename came last, and answered with the row as it is.
    expect(other.changedByOthers()).toEqual([])
    other.trash([foreign])
    expect(app.changedByOthers()).toEqual([foreign])
  })

  it('find the old schema or the new one when the first launch is killed in between', async () => {
    const folder = temporaryFolder()
    const random = createRandom(11, 'migration kills')
    const found = new Set<string>()
    for (let kill = 0; kill < 24; kill++) {
      const path = join(folder, `${kill}.db`)
      const writer = startWriter(script, path, 1, 1)
      await delay(60 + random.uniform() * 120)
      writer.process.kill('SIGKILL')
      await writer.ended
      const database = new BetterSqlite(path)
      const version = database.pragma('user_version', { simple: true }) as number
      const tables = database.prepare("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table'").pluck().get()
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
      database.close()
      found.add(`${version}:${String(tables)}`)
      openTemporaryLog(path)
    }
    const complete = new BetterSqlite(openTemporaryLog().path, { readonly: true })
    const tables = complete.prepare("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table'").pluck().get()
    complete.close()
    for (const state of found) expect(['0:0', `${SCHEMA_VERSION}:${String(tables)}`]).toContain(state)
  })
})
