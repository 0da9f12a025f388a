import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageDifferences } from '../../../scripts/lib/dependencies.mjs'
import { recentRefusal } from '../../../scripts/lib/electron-official.mjs'
import { isStale, withLock } from '../../../scripts/lib/lock.mjs'
import { cacheFolder } from '../../../scripts/lib/paths.mjs'
import { fileMark, openStamps, readJson, treeMark, writeJson } from '../../../scripts/lib/stamps.mjs'
import { temporaryFolder } from './temporary-folder'

describe('the stamps of finished steps', () => {
  it('know a step as current only under the same mark, also in the next process', () => {
    const path = join(temporaryFolder(), 'state', 'setup.json')
    openStamps(path).set('Build', 'mark 1')
    const stamps = openStamps(path)
    expect(stamps.isCurrent('Build', 'mark 1')).toBe(true)
    expect(stamps.isCurrent('Build', 'mark 2')).toBe(false)
    expect(stamps.isCurrent('SQLite', 'mark 1')).toBe(false)
  })

  it('count a damaged record as none', () => {
    const path = join(temporaryFolder(), 'setup.json')
    writeFileSync(path, '{"Build": "ma')
    expect(readJson(path)).toBeUndefined()
    expect(openStamps(path).isCurrent('Build', 'ma')).toBe(false)
  })

  it('leave no temporary file behind', () => {
    const folder = temporaryFolder()
    writeJson(join(folder, 'record.json'), { napi: 9 })
    expect(readdirSync(folder)).toEqual(['record.json'])
    expect(readJson(join(folder, 'record.json'))).toEqual({ napi: 9 })
  })
})

describe('the mark of a source tree', () => {
  function sourceTree(): string {
    const root = temporaryFolder()
    mkdirSync(join(root, 'engine', 'layers'), { recursive: true })
    writeFileSync(join(root, 'engine', 'layers', 'dense.ts'), 'export const dense = 1\n')
    return root
  }

  it('stays the same while nothing changes', () => {
    const root = sourceTree()
    expect(treeMark(root, ['engine'])).toBe(treeMark(root, ['engine']))
  })

  it('changes with a new, an edited and a touched file', () => {
    const root = sourceTree()
    const marks = [treeMark(root, ['engine'])]
    writeFileSync(join(root, 'engine', 'new.ts'), '')
    marks.push(treeMark(root, ['engine']))
    writeFileSync(join(root, 'engine', 'layers', 'dense.ts'), 'export const dense = 22\n')
    marks.push(treeMark(root, ['engine']))
    utimesSync(join(root, 'engine', 'new.ts'), 1, 1)
    marks.push(treeMark(root, ['engine']))
    expect(new Set(marks).size).toBe(4)
  })

  it('ignores what it was not told to look at, and folders that are not there', () => {
    const root = sourceTree()
    const mark = treeMark(root, ['engine', 'renderer'])
    writeFileSync(join(root, 'README.md'), 'text')
    expect(treeMark(root, ['engine', 'renderer'])).toBe(mark)
  })

  it('calls a file that is not there missing', () => {
    expect(fileMark(join(temporaryFolder(), 'none'))).toBe('missing')
  })
})

describe('the comparison of installed packages with the lock file', () => {
  const locked = {
    '': { version: '0.1.0' },
    'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' },
    'node_modules/other-platform': { version: '1.0.0', optional: true },
  }

  it('finds no difference when all but optional packages are there', () => {
    expect(
      packageDifferences(locked, { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' } }),
    ).toEqual([])
  })

  it('finds a missing package, another version and one too many', () => {
    expect(packageDifferences(locked, {})).toEqual(['node_modules/zod'])
    expect(
      packageDifferences(locked, {
        'node_modules/zod': { version: '4.6.6', integrity: 'sha512-b' },
        'node_modules/left-over': { version: '1.0.0' },
      }),
    ).toEqual(['node_modules/zod', 'node_modules/left-over'])
  })
})

describe('the memory of a refused download', () => {
  const hourMs = 60 * 60 * 1000
  const record = { version: '45.4.1', at: 1_000 * hourMs, reason: 'fetch failed' }

  it('keeps the reason for a day', () => {
    expect(recentRefusal(record, '45.4.1', 1_023 * hourMs)).toBe('fetch failed')
    expect(recentRefusal(record, '45.4.1', 1_025 * hourMs)).toBeUndefined()
  })

  it('does not hold for another version, nor when the clock was set back', () => {
    expect(recentRefusal(record, '45.5.0', 1_001 * hourMs)).toBeUndefined()
    expect(recentRefusal(record, '45.4.1', 999 * hourMs)).toBeUndefined()
    expect(recentRefusal(undefined, '45.4.1')).toBeUndefined()
  })
})

describe('the lock between two set-ups', () => {
  it('lets the second wait until the first has finished', async () => {
    const path = join(temporaryFolder(), 'lock')
    const order: string[] = []
    const work = (name: string) => async (): Promise<void> => {
      order.push(`${name} begins`)
      await new Promise((resolve) => setTimeout(resolve, 30))
      order.push(`${name} ends`)
    }
    let waitedFor: number | undefined
    const first = withLock(path, work('first'))
    await Promise.all([first, withLock(path, work('second'), (pid) => (waitedFor = pid))])
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
    expect(waitedFor).toBe(process.pid)
  })

  it('is free again after a failure', async () => {
    const path = join(temporaryFolder(), 'lock')
    await expect(withLock(path, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network')
    expect(await withLock(path, () => Promise.resolve('done'))).toBe('done')
  })

  it('is taken over from a holder that stopped refreshing it', async () => {
    const path = join(temporaryFolder(), 'lock')
    mkdirSync(path)
    expect(isStale(path)).toBe(false)
    utimesSync(path, 1, 1)
    expect(isStale(path)).toBe(true)
    expect(await withLock(path, () => Promise.resolve('done'))).toBe('done')
  })
})

describe('the cache folder', () => {
  it('is the one given, else the one of the desktop standard, else under the home folder', () => {
    expect(cacheFolder({ DESCENT_CACHE: '/a/b', XDG_CACHE_HOME: '/c' }, '/home/ada')).toBe('/a/b')
    expect(cacheFolder({ XDG_CACHE_HOME: '/c' }, '/home/ada')).toBe(join('/c', 'descent'))
    expect(cacheFolder({}, '/home/ada')).toBe(join('/home/ada', '.cache', 'descent'))
  })
})
