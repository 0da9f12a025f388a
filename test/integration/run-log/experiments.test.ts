import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { readerAnswer } from '../../../electron/reader/serve'
import { openRunLog } from '../../../electron/run-log'
import { APPLICATION_ID } from '../../../electron/run-log/migrations'
import { INITIAL } from '../../../electron/run-log/migrations/0001-initial'
import { flattenSpec } from '../../../engine/spec/paths'
import type { ExperimentSpec } from '../../../engine/spec/schema'
import type { PackedCurves, PackedRuns, Result } from '../../../electron/contract'
import { unpackCurves, unpackRuns } from '../../../renderer/unpack'
import { openTemporaryLog, startRun } from '../support/open-log'
import { exampleBatch, exampleSpec, STARTED } from '../support/run-samples'
import { temporaryFolder } from '../support/temporary-folder'

const wider = (seed: number): ExperimentSpec => {
  const spec = exampleSpec('wider', seed)
  return { ...spec, training: { ...spec.training, batchSize: 64 } }
}

/** A database of schema 1, as its program left it. */
function oldDatabase(path: string, specs: readonly ExperimentSpec[]): void {
  const database = new BetterSqlite(path)
  for (const statement of INITIAL.statements) database.exec(statement)
  specs.forEach((spec, index) => {
    const id = `r${index + 1}`
    database
      .prepare(
        `INSERT INTO run (number, id, name, status, created_at, seed, dataset_id, total_epochs, change, hyperparameters)
         VALUES (?, ?, ?, 'finished', 0, ?, 'moons', 10, ?, ?)`,
      )
      .run(index + 1, id, spec.name, spec.training.seed, index + 1, JSON.stringify(flattenSpec(spec)))
    database.prepare('INSERT INTO run_spec (run_id, spec) VALUES (?, ?)').run(id, JSON.stringify(spec))
  })
  database.pragma('user_version = 1')
  database.pragma(`application_id = ${APPLICATION_ID}`)
  database.close()
}

describe('the number of a design', () => {
  it('is the same for runs that differ by name and seed alone, in order of first appearance', () => {
    const log = openTemporaryLog()
    const specs = [exampleSpec('a', 1), wider(1), exampleSpec('b', 2), wider(7)]
    expect(log.createRuns(specs, 'app').map(({ experiment }) => experiment)).toEqual([1, 2, 1, 2])
  })

  it('is given to the runs of a database of schema 1, which new runs of the same design join', () => {
    const path = join(temporaryFolder(), 'descent.db')
    oldDatabase(path, [wider(1), exampleSpec('a', 1), wider(2)])
    const log = openTemporaryLog(path)
    log.createRun(exampleSpec('new', 9), 'app')
    const runs = log.listRuns()
    expect(runs.map(({ number, experiment }) => [number, experiment])).toEqual([
      [4, 2],
      [3, 1],
      [2, 2],
      [1, 1],
    ])
    expect(runs[1]).toMatchObject({ archivedAt: null, isLocked: false, change: 3 })
  })
})

describe('a locked run', () => {
  it('refuses name, note, tags, trash and purge by name, and nothing else is changed either', () => {
    const log = openTemporaryLog()
    const [free, locked] = log.createRuns([exampleSpec('free'), exampleSpec('kept')], 'app')
    log.setLocked([locked.id], true)
    const refused = '"kept" is locked; nothing was changed.'
    expect(() => log.rename(locked.id, 'other')).toThrow(refused)
    expect(() => log.setNote(locked.id, 'note')).toThrow(refused)
    expect(() => log.setTags([free.id, locked.id], ['tag'], [])).toThrow(refused)
    expect(() => log.trash([free.id, locked.id])).toThrow(refused)
    expect(log.getRun(free.id)).toMatchObject({ tags: [], deletedAt: null })
    log.setArchived([locked.id], true)
    expect(log.getRun(locked.id)?.archivedAt).not.toBeNull()
    log.setLocked([locked.id], false)
    expect(log.rename(locked.id, 'other').name).toBe('other')
  })
})

describe('a purged run', () => {
  it('is gone with all that was logged of it, and its number is not given out again', () => {
    const path = join(temporaryFolder(), 'descent.db')
    const log = openTemporaryLog(path)
    const kept = startRun(log, 'kept')
    const id = startRun(log, 'gone')
    for (let sequence = 0; sequence < 40; sequence++) log.appendBatch(id, exampleBatch(sequence))
    expect(() => log.markPurged([id])).toThrow('"gone" is not in the trash; nothing was deleted.')
    log.markDone(id, { kind: 'finished' }, { 'test/loss': 1 }, 'f'.repeat(64))
    log.trash([id])
    const { number, change } = log.listTrash()[0]
    log.markPurged([id])
    expect(log.listTrash()).toEqual([])
    expect(log.getRun(id)).toBeNull()
    // As after a kill: another life goes on with it.
    log.close()
    const next = openTemporaryLog(path)
    while (next.deletePurged());
    const reader = new BetterSqlite(path, { readonly: true })
    for (const table of ['step_chunk', 'event', 'hyperparameter', 'run_spec', 'final_metric']) {
      expect(reader.prepare(`SELECT COUNT(*) FROM ${table} WHERE run_id = ?`).pluck().get(id)).toBe(0)
    }
    reader.close()
    expect(next.listRuns().map((run) => run.id)).toEqual([kept])
    const created = next.createRun(exampleSpec(), 'app')
    expect(created.number).toBe(number + 1)
    expect(created.change).toBeGreaterThan(change)
  })
})

describe('the reader', () => {
  it('answers the same rows and curves as the log, and no other call', async () => {
    const path = join(temporaryFolder(), 'descent.db')
    const log = openTemporaryLog(path)
    const specs = [exampleSpec('a "quoted" name', 1), exampleSpec('b', 2), wider(3)]
    const [{ id }, second] = log.createRuns(specs, 'app')
    log.markStarted(id, STARTED)
    const metrics = { 'val/loss': NaN, 'train/loss': Infinity }
    for (let sequence = 0; sequence < 3; sequence++) {
      const epochs = [{ epoch: sequence + 1, step: (sequence + 1) * 10, elapsedMs: 5, metrics }]
      log.appendBatch(id, exampleBatch(sequence, 10, { epochs }))
    }
    log.setTags([id], ['x', 'y'], [])
    log.setNote(second.id, 'a note')
    log.rename(second.id, 'renamed')
    log.setLocked([second.id], true)

    const ask = readerAnswer(path)
    const page = { isTrusted: true, description: 'test' }
    const answered = async (name: string, input?: unknown): Promise<unknown> => {
      const result = structuredClone(await ask(page, name, input)) as Result<unknown>
      return result.ok ? result.value : result.error.code
    }
    const packed = (await answered('runs.list')) as PackedRuns
    expect([...unpackRuns(packed, 2)].flat()).toEqual(log.listRuns())
    const curves = (await answered('runs.curves', { ids: [id] })) as PackedCurves[]
    expect(unpackCurves(curves)).toEqual(log.curves([id]))
    const [chosen] = (await answered('runs.curves', {
      ids: [id],
      metrics: ['batch/gradient-norm'],
    })) as PackedCurves[]
    expect(Object.keys(chosen.steps.columns)).toEqual(['batch/gradient-norm'])
    expect(chosen.steps.elapsedMs).toBeNull()
    const [timed] = (await answered('runs.curves', {
      ids: [id],
      metrics: ['elapsed-ms', 'batch/loss.max'],
    })) as PackedCurves[]
    expect(unpackCurves([timed])[0].steps).toEqual({
      step: log.curves([id])[0].steps.step,
      elapsedMs: log.curves([id])[0].steps.elapsedMs,
      columns: { 'batch/loss.max': log.curves([id])[0].steps.columns['batch/loss.max'] },
    })
    // Where points lie is known without a value.
    const [none] = (await answered('runs.curves', { ids: [id], metrics: [] })) as PackedCurves[]
    expect(unpackCurves([none])[0]).toEqual({
      ...log.curves([id])[0],
      steps: { step: log.curves([id])[0].steps.step, elapsedMs: null, columns: {} },
    })
    const values = { ids: [second.id, id], metric: 'val/loss', epoch: 2 }
    expect(await answered('runs.valuesAt', values)).toEqual(log.valuesAt(values.ids, 'val/loss', 2))
    expect(await answered('runs.curves', { ids: [] })).toBe('bad-input')
    expect(await answered('runs.delete', { ids: [id] })).toBe('not-allowed')
  })

  it('takes no settings of one run for those of another of its design', async () => {
    const path = join(temporaryFolder(), 'descent.db')
    const log = openTemporaryLog(path)
    log.createRuns(
      [11, 2, 7, 11, 3].map((seed) => exampleSpec(`"seed" ${seed}`, seed)),
      'app',
    )
    const database = new BetterSqlite(path)
    const change = (number: number, from: string, to: string): void =>
      void database
        .prepare('UPDATE run SET hyperparameters = replace(hyperparameters, ?, ?) WHERE number = ?')
        .run(from, to, number)
    // As an earlier version wrote them: with a setting less, of the same length, and in another order.
    change(2, '"training.shuffle":true,', '')
    change(3, '"training.epochs":10', '"training.epochs":12')
    change(4, '"version":1,', '')
    change(4, '"training.batchSize":32', '"training.batchSize":32,"version":1')
    database.close()
    const list = await readerAnswer(path)({ isTrusted: true, description: 'test' }, 'runs.list', undefined)
    if (!list.ok) throw new Error(list.error.message)
    const unpacked = [...unpackRuns(list.value as PackedRuns, 2)].flat()
    expect(unpacked).toEqual(log.listRuns())
    expect(unpacked[1].hyperparameters).toMatchObject({ 'training.seed': 11, name: '"seed" 11' })
  })
})

it('tells what a run paused, from the point after which it did', () => {
  const log = openRunLog(join(temporaryFolder(), 'descent.db'), { owner: 'app' })
  const id = startRun(log)
  log.appendBatch(id, exampleBatch(0))
  log.markPaused(id, 10)
  log.markResumed(id, 10)
  log.appendBatch(id, exampleBatch(1))
  const [{ axes, steps }] = log.curves([id])
  expect(axes).toMatchObject({ stepsPerEpoch: 25, batchSize: 32 })
  expect(axes.pauses).toEqual([
    { afterActiveMs: steps.elapsedMs[9], durationMs: expect.any(Number) as number },
  ])
  log.close()
})
