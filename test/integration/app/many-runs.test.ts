// What a person does to a thousand runs at once, by the calls of the window on a real database: which rows change,
// what Undo brings back, and what is left of them in the file after they are deleted for good.

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import BetterSqlite, { type Database } from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { CallName, PackedRuns, Result, RunSummary } from '../../../electron/contract'
import { readerAnswer } from '../../../electron/reader/serve'
import { openConnection } from '../../../electron/run-log/connection'
import { assembleRunLog } from '../../../electron/run-log/open'
import { unpackRuns } from '../../../renderer/unpack'
import { exampleBatch, exampleSpec, STARTED } from '../support/run-samples'
import { temporaryFolder } from '../support/temporary-folder'
import { openApp } from './in-process'

const RUNS = 1000
const KEPT = 5

interface Rows {
  /** Without what each change of a row raises. */
  [id: string]: Omit<RunSummary, 'change'>
}
function byId(runs: readonly RunSummary[]): Rows {
  return Object.fromEntries(runs.map(({ change: _change, ...rest }) => [rest.id, rest]))
}

/** Finished runs with points, epochs, tags and hashes. In one transaction: how they come into the file is no matter here. */
function fill(path: string): string[] {
  const connection = openConnection(path, false)
  const log = assembleRunLog(path, connection, 'app')
  const fillAll = connection.database.transaction(() => {
    const specs = Array.from({ length: RUNS + KEPT }, (_, index) => exampleSpec(`run ${index}`, index))
    const ids = log.createRuns(specs, 'app').map(({ id }) => id)
    for (const id of ids) {
      log.markStarted(id, STARTED)
      const metrics = { 'train/loss': 0.5, 'val/loss': 0.25 }
      log.appendBatch(id, exampleBatch(0, 100, { epochs: [{ epoch: 1, step: 100, elapsedMs: 9, metrics }] }))
      log.markDone(id, { kind: 'finished' }, { 'test/loss': 1 }, 'f'.repeat(64))
    }
    log.setTags(ids, ['first', 'second'], [])
    return ids
  })
  const ids = fillAll()
  log.close()
  return ids
}

let template = ''
let ids: string[] = []
beforeAll(() => {
  template = join(mkdtempSync(join(tmpdir(), 'descent-many-')), 'descent.db')
  ids = fill(template)
})
afterAll(() => rmSync(dirname(template), { recursive: true, force: true }))

function openFilled() {
  const folder = temporaryFolder()
  const path = join(folder, 'descent.db')
  copyFileSync(template, path)
  const app = openApp(folder)
  const look = new BetterSqlite(path, { readonly: true })
  onTestFinished(async () => {
    look.close()
    await app.close()
  })
  const list = async (): Promise<Rows> => byId(await app.call('runs.list'))
  return { app, path, look, list, many: ids.slice(KEPT), kept: ids.slice(0, KEPT) }
}

const one = (look: Database, sql: string): unknown => look.prepare(sql).pluck().get()
/** Pages in use: what was deleted is free for what is logged next. */
const pagesUsed = (look: Database): number =>
  (look.pragma('page_count', { simple: true }) as number) -
  (look.pragma('freelist_count', { simple: true }) as number)

const TABLES = [
  ...['run_spec', 'run_tag', 'hyperparameter', 'event', 'step_chunk'],
  ...['epoch', 'epoch_metric', 'final_metric', 'inspection', 'checkpoint'],
]

describe('a thousand runs at once', () => {
  it('are tagged, archived, locked and trashed with every other row as it was, and Undo brings each back', async () => {
    const { app, list, many, kept, look } = openFilled()
    const before = await list()
    const changes: [CallName, (isUndone: boolean) => object, (run: RunSummary) => boolean][] = [
      [
        'runs.setTags',
        (isUndone) => (isUndone ? { add: [], remove: ['third'] } : { add: ['third'], remove: [] }),
        ({ tags }) => tags.join() === 'first,second,third',
      ],
      [
        'runs.setArchived',
        (isUndone) => ({ isArchived: !isUndone }),
        ({ archivedAt }) => archivedAt !== null,
      ],
      ['runs.setLocked', (isUndone) => ({ isLocked: !isUndone }), ({ isLocked }) => isLocked],
    ]
    for (const [name, inputOf, isChanged] of changes) {
      expect(await app.call(name, { ids: many, ...inputOf(false) } as never)).toEqual([])
      // So many rows are not sent: the page is told to read them.
      expect(app.published.at(-1)).toEqual({ name: 'runs.stale', payload: { ids: many } })
      const runs = await app.call('runs.list')
      expect(
        runs
          .filter(isChanged)
          .map(({ id }) => id)
          .sort(),
      ).toEqual([...many].sort())
      await app.call(name, { ids: many, ...inputOf(true) } as never)
      expect(await list()).toEqual(before)
    }

    await app.call('runs.delete', { ids: many })
    expect(Object.keys(await list()).sort()).toEqual([...kept].sort())
    expect(await app.call('runs.listTrash')).toHaveLength(RUNS)
    await app.call('runs.restore', { ids: many })
    expect(await list()).toEqual(before)
    expect(await app.call('runs.listTrash')).toEqual([])
    expect(look.pragma('foreign_key_check')).toEqual([])
  })

  it('are refused as a whole while one of them is locked: in the list, in the trash and for ever', async () => {
    const { app, list, many, look } = openFilled()
    const locked = many[RUNS - 1]
    await app.call('runs.setLocked', { ids: [locked], isLocked: true })
    const before = await list()
    const refused = /"run 1004" is locked; nothing was (changed|deleted)\./
    await expect(app.call('runs.delete', { ids: many })).rejects.toThrow(refused)
    await expect(app.call('runs.setTags', { ids: many, add: ['x'], remove: [] })).rejects.toThrow(refused)
    expect(await list()).toEqual(before)

    // A lock that is set in the trash holds there as well.
    await app.call('runs.setLocked', { ids: [locked], isLocked: false })
    await app.call('runs.delete', { ids: many })
    await app.call('runs.setLocked', { ids: [locked], isLocked: true })
    await expect(app.call('runs.purge', { ids: many })).rejects.toThrow(refused)
    expect(one(look, 'SELECT COUNT(*) FROM run WHERE purged_at IS NOT NULL')).toBe(0)
    expect(await app.call('runs.listTrash')).toHaveLength(RUNS)
  })

  it('leave nothing behind when they are deleted for good, and their space is used again', async () => {
    const { app, list, path, many, kept, look } = openFilled()
    const before = await list()
    const pagesBefore = pagesUsed(look)
    await app.call('runs.delete', { ids: many })
    await app.call('runs.purge', { ids: many })
    // Gone for everybody at once, though their rows are deleted bit by bit.
    expect(await app.call('runs.listTrash')).toEqual([])
    while (app.log.deletePurged());

    expect(await list()).toEqual(Object.fromEntries(kept.map((id) => [id, before[id]])))
    expect(one(look, 'SELECT COUNT(*) FROM run')).toBe(KEPT)
    const ofKept = JSON.stringify(kept)
    for (const table of TABLES) {
      const others = `SELECT COUNT(*) FROM ${table} WHERE run_id NOT IN (SELECT value FROM json_each('${ofKept}'))`
      expect([table, one(look, others)]).toEqual([table, 0])
    }
    expect(look.pragma('foreign_key_check')).toEqual([])
    expect(look.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(pagesUsed(look)).toBeLessThan(pagesBefore / 10)

    const size = look.pragma('page_count', { simple: true }) as number
    await app.close()
    fill(path)
    expect(look.pragma('page_count', { simple: true })).toBeLessThan(size * 1.05)
  })

  it('come to the page by the reader as they are in the log', async () => {
    const { app, path, many } = openFilled()
    const ask = readerAnswer(path)
    const answered = (await ask({ isTrusted: true, description: 'test' }, 'runs.rows', {
      ids: many,
    })) as Result<PackedRuns>
    if (!answered.ok) throw new Error(answered.error.message)
    expect([...unpackRuns(answered.value, 100)].flat()).toEqual(app.log.getRuns(many))
  })
})
