// Where this installation's files are: what was built, and what belongs to the person.

import { dirname, join } from 'node:path'
import { defaultDatabasePath } from '../paths'

export interface Places {
  preload: string
  trainer: string
  renderer: string
  userData: string
  database: string
  windowState: string
}

/**
 * @param mainFolder folder of the built main script, out/main
 * @param userData the application's own folder
 * @param database chosen by a person; null: the one in that folder
 */
export function findPlaces(mainFolder: string, userData: string, database: string | null): Places {
  const out = dirname(mainFolder)
  return {
    preload: join(out, 'preload', 'preload.cjs'),
    trainer: join(mainFolder, 'trainer.js'),
    renderer: join(out, 'renderer'),
    userData,
    database: database ?? defaultDatabasePath(userData),
    windowState: join(userData, 'window.json'),
  }
}
