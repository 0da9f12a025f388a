// Reading a database where nothing may be written. SQLite creates two files beside a WAL database even to read
// it; in a folder that forbids that, a copy in a temporary folder is read instead.

import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DescentError, messageOf } from '../../engine/errors'

export interface PrivateCopy {
  path: string
  remove(): void
}

/** @throws DescentError 'not-allowed' when the file can not be read either. */
export function copyDatabase(path: string): PrivateCopy {
  const folder = mkdtempSync(join(tmpdir(), 'descent-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    const copy = join(folder, 'copy.db')
    copyFileSync(path, copy)
    // What was committed but not yet folded into the file.
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`)
    return { path: copy, remove }
  } catch (thrown) {
    remove()
    throw new DescentError(
      'not-allowed',
      `The database ${path} can not be read: ${messageOf(thrown)}.`,
      'Make the file readable for your account, or choose another database (--db PATH or DESCENT_HOME).',
    )
  }
}
