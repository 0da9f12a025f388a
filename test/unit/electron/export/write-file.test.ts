import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exportToFile, writeWholeFile } from '../../../../electron/export'
import { DescentError } from '../../../../engine/errors'
import { openTemporaryLog, startRun } from '../../../integration/support/open-log'
import { exampleBatch } from '../../../integration/support/run-samples'
import { temporaryFolder } from '../../../integration/support/temporary-folder'

function errorOf(work: () => unknown): DescentError {
  try {
    work()
  } catch (thrown) {
    if (thrown instanceof DescentError) return thrown
    throw thrown
  }
  throw new Error('Nothing was thrown.')
}

describe('writing a file', () => {
  it('puts the export in its place and says what it wrote', () => {
    const folder = temporaryFolder()
    const log = openTemporaryLog()
    log.appendBatch(startRun(log, 'ü'), exampleBatch(0))
    const path = join(folder, 'long.csv')
    const file = exportToFile(log, { format: 'long', runIds: null }, path)
    expect(file).toEqual({ path, rows: 50, bytes: readFileSync(path).length })
    expect(readdirSync(folder)).toEqual(['long.csv'])
  })

  it('leaves what was there before, and no half file, when it fails on the way', () => {
    const folder = temporaryFolder()
    const path = join(folder, 'a.csv')
    writeFileSync(path, 'before')
    const fail = (): number =>
      writeWholeFile(path, (write) => {
        write('half')
        throw new DescentError('database-damaged', 'broken')
      })
    expect(errorOf(fail).code).toBe('database-damaged')
    expect(readFileSync(path, 'utf8')).toBe('before')
    expect(readdirSync(folder)).toEqual(['a.csv'])
    writeWholeFile(path, (write) => write('after'))
    expect(readFileSync(path, 'utf8')).toBe('after')
  })

  it('names what is in the way', () => {
    const folder = temporaryFolder()
    const write = (path: string) => () => writeWholeFile(path, (part) => part('x'))
    mkdirSync(join(folder, 'folder'))
    expect(errorOf(write(join(folder, 'folder')))).toMatchObject({ code: 'bad-input' })
    const missing = join(folder, 'missing', 'a.csv')
    expect(errorOf(write(missing))).toMatchObject({ code: 'missing-file' })
    expect(errorOf(write(missing)).message).toContain(missing)
    expect(readdirSync(folder)).toEqual(['folder'])
  })

  it.skipIf(!existsSync('/dev/full'))(
    'says that the disk is full, and never replaces a device by a file',
    () => {
      const error = errorOf(() => writeWholeFile('/dev/full', (part) => part('x')))
      expect(error).toMatchObject({ code: 'disk-full' })
      expect(error.message).toContain('/dev/full')
      expect(writeWholeFile('/dev/null', (part) => part('gone'))).toBe(4)
      expect(readFileSync('/dev/null', 'utf8')).toBe('')
    },
  )
})
