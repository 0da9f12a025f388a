import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openRunLog, SCHEMA_VERSION } from '../../../electron/run-log'
import type { RunLog } from '../../../electron/run-log/types'
import { DescentError } from '../../../engine/errors'
import { exampleBatch, exampleSpec, STARTED } from '../support/run-samples'
import { temporaryFolder } from '../support/temporary-folder'

const open = (path: string, readOnly = false): RunLog => openRunLog(path, { owner: 'app', readOnly })

function errorOf(work: () => unknown): DescentError {
  try {
    work()
  } catch (thrown) {
    if (thrown instanceof DescentError) return thrown
    throw thrown
  }
  throw new Error('Nothing was thrown.')
}

/** A closed database with one run of a few batches. */
function filledDatabase(folder: string): string {
  const path = join(folder, 'descent.db')
  const log = open(path)
  const { id } = log.createRun(exampleSpec(), 'app')
  log.markStarted(id, STARTED)
  for (let sequence = 0; sequence < 20; sequence++) log.appendBatch(id, exampleBatch(sequence, 100))
  log.markDone(id, { kind: 'finished' }, {}, 'w')
  log.close()
  return path
}

/**
 * Takes the right to write away from a folder and its files; also from root, for whom permissions do not count.
 * Returns false where the file system can not do that.
 */
function forbidWriting(folder: string, files: readonly string[]): boolean {
  const places = [folder, ...files]
  if (process.getuid?.() !== 0) {
    for (const place of places) chmodSync(place, place === folder ? 0o555 : 0o444)
    return true
  }
  try {
    execFileSync('chattr', ['+i', ...places], { stdio: 'ignore' })
    onTestFinished(() => void execFileSync('chattr', ['-i', ...places]))
    return true
  } catch {
    return false
  }
}

describe('opening a log', () => {
  it('creates the file and the folders above it', () => {
    const path = join(temporaryFolder(), 'a', 'b ü', 'descent.db')
    const log = open(path)
    expect(existsSync(path)).toBe(true)
    expect(log).toMatchObject({ path, readOnly: null })
    log.close()
    expect(readdirSync(join(path, '..'))).toEqual(['descent.db'])
  })

  it('finds everything again after it was closed', () => {
    const path = filledDatabase(temporaryFolder())
    const log = open(path)
    const [run] = log.listRuns()
    expect(run.progress.step).toBe(2000)
    expect(log.curves([run.id])[0].steps.step.length).toBe(2000)
    log.close()
  })

  it('refuses a newer database, says both versions and the remedy, and changes nothing', () => {
    const folder = temporaryFolder()
    const path = filledDatabase(folder)
    const database = new BetterSqlite(path)
    database.pragma('user_version = 999')
    database.close()
    const before = readFileSync(path)

    const error = errorOf(() => open(path))
    expect(error.code).toBe('database-newer')
    expect(error.message).toContain('schema version 999')
    expect(error.message).toContain(`up to ${SCHEMA_VERSION}`)
    expect(error.hint).toContain('newer version of Descent')
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(folder)).toEqual(['descent.db'])
  })

  it('refuses a newer database whose newest commits are not yet in the file, without folding them in', () => {
    const folder = temporaryFolder()
    const path = filledDatabase(folder)
    // A writer that is killed leaves its write-ahead log behind.
    execFileSync(process.execPath, [
      '--input-type=module',
      '--eval',
      `import D from ${JSON.stringify(import.meta.resolve('better-sqlite3'))}
       const d = new D(${JSON.stringify(path)}); d.pragma('user_version = 999'); process.exit(0)`,
    ])
    const before = [readFileSync(path), readFileSync(`${path}-wal`)]
    expect(before[1].length).toBeGreaterThan(0)
    expect(errorOf(() => open(path)).code).toBe('database-newer')
    expect(readFileSync(path).equals(before[0])).toBe(true)
    expect(readFileSync(`${path}-wal`).equals(before[1])).toBe(true)
  })

  it.each([
    ['text', Buffer.from('This is no database, whatever its name says. '.repeat(50))],
    ['a picture', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(5000, 7)])],
    [
      'random bytes behind the right magic',
      Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8176, 0xa5)]),
    ],
  ])('refuses a file that is %s and leaves it alone', (_kind, bytes) => {
    const folder = temporaryFolder()
    const path = join(folder, 'descent.db')
    writeFileSync(path, bytes)
    const error = errorOf(() => open(path))
    expect(error.code).toBe('database-damaged')
    expect(`${error.message} ${error.hint}`).toContain(path)
    expect(readFileSync(path).equals(bytes)).toBe(true)
    expect(readdirSync(folder)).toEqual(['descent.db'])
  })

  it('refuses a database of another program and leaves it alone', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'photos.db')
    const database = new BetterSqlite(path)
    database.exec('CREATE TABLE photo (id INTEGER PRIMARY KEY)')
    database.close()
    const before = readFileSync(path)
    expect(errorOf(() => open(path))).toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('another program') as string,
    })
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('refuses a truncated database as damaged and leaves it alone', () => {
    const path = filledDatabase(temporaryFolder())
    truncateSync(path, Math.floor(readFileSync(path).length / 2))
    const before = readFileSync(path)
    expect(errorOf(() => open(path)).code).toBe('database-damaged')
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('takes an empty file as a new database', () => {
    const path = join(temporaryFolder(), 'descent.db')
    writeFileSync(path, '')
    const log = open(path)
    expect(log.listRuns()).toEqual([])
    log.close()
  })

  it('refuses a folder and a path below a file, by name', () => {
    const folder = temporaryFolder()
    expect(errorOf(() => open(folder))).toMatchObject({ code: 'bad-input' })
    writeFileSync(join(folder, 'file'), '')
    const error = errorOf(() => open(join(folder, 'file', 'descent.db')))
    expect(error.code).toBe('read-only')
    expect(error.message).toContain(join(folder, 'file'))
  })

  it('says that there is no database where one is only to be read', () => {
    const path = join(temporaryFolder(), 'descent.db')
    expect(errorOf(() => open(path, true)).code).toBe('missing-file')
    expect(existsSync(path)).toBe(false)
  })

  it('reads a database in a folder where nothing may be written, and refuses every write by name', (context) => {
    const folder = join(temporaryFolder(), 'locked')
    mkdirSync(folder)
    const path = filledDatabase(folder)
    if (!forbidWriting(folder, [path])) context.skip('this file system has no immutable files')

    const log = open(path)
    expect(log.readOnly).toContain('not writable')
    const [run] = log.listRuns()
    expect(log.curves([run.id])[0].steps.step.length).toBe(2000)
    for (const write of [
      () => log.createRun(exampleSpec(), 'app'),
      () => log.rename(run.id, 'other'),
      () => log.setSetting('theme', 'dark'),
      () => log.trash([run.id]),
      () => log.closeAbandonedRuns(),
    ]) {
      const error = errorOf(write)
      expect(error.code).toBe('read-only')
      expect(error.message).toContain(path)
      expect(error.hint).toContain('--db')
    }
    log.close()
    expect(readdirSync(folder)).toEqual(['descent.db'])
  })

  it('reads a file that may not be written', (context) => {
    const folder = temporaryFolder()
    const path = filledDatabase(folder)
    if (process.getuid?.() === 0) {
      try {
        execFileSync('chattr', ['+i', path], { stdio: 'ignore' })
      } catch {
        context.skip('this file system has no immutable files')
      }
      onTestFinished(() => void execFileSync('chattr', ['-i', path]))
    } else chmodSync(path, 0o444)
    const log = open(path)
    expect(log.readOnly).toContain('not writable')
    expect(log.listRuns().length).toBe(1)
    log.close()
  })

  it('can not be created in a folder where nothing may be written', (context) => {
    const folder = join(temporaryFolder(), 'locked')
    mkdirSync(folder)
    if (!forbidWriting(folder, [])) context.skip('this file system has no immutable files')
    for (const path of [join(folder, 'descent.db'), join(folder, 'below', 'descent.db')]) {
      const error = errorOf(() => open(path))
      expect(error.code).toBe('read-only')
      expect(error.message).toContain(folder)
    }
  })
})

describe('a run of an earlier version', () => {
  it('has the settings that its spec did not know yet at their defaults', () => {
    const path = filledDatabase(temporaryFolder())
    const database = new BetterSqlite(path)
    const { spec: json } = database.prepare('SELECT spec FROM run_spec').get() as { spec: string }
    const { training, ...rest } = JSON.parse(json) as { training: Record<string, unknown> }
    for (const added of ['sampling', 'inputNoise', 'random', 'metrics']) delete training[added]
    database.prepare('UPDATE run_spec SET spec = ?').run(JSON.stringify({ ...rest, training }))
    database.close()
    const log = open(path)
    const [{ id }] = log.listRuns()
    expect(log.detail(id).spec.training).toMatchObject({
      sampling: { kind: 'epoch' },
      inputNoise: 0,
      random: { kind: 'streams' },
      metrics: [],
    })
    log.close()
  })
})
