// Where things are kept, the same for the application and the command line. Imports no Electron.

import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'

const FOLDER = 'Descent'
const DATABASE_FILE = 'descent.db'
const DATASET_FOLDER = 'datasets'

type Environment = Readonly<Record<string, string | undefined>>

function configurationFolder(environment: Environment, platform: NodeJS.Platform, home: string): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support')
    case 'win32':
      return environment.APPDATA || join(home, 'AppData', 'Roaming')
    default: {
      const configured = environment.XDG_CONFIG_HOME
      // The XDG base directory specification: a relative path is to be ignored.
      return configured && isAbsolute(configured) ? configured : join(home, '.config')
    }
  }
}

/** Folder of the application: DESCENT_HOME where it is set, else the system's place for it. */
export function homeFolder(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (environment.DESCENT_HOME) return resolve(environment.DESCENT_HOME)
  return join(configurationFolder(environment, platform, home), FOLDER)
}

export function defaultDatabasePath(folder: string = homeFolder()): string {
  return join(folder, DATABASE_FILE)
}

/** Imported data sets lie beside the database that speaks of them. */
export function datasetFolderOf(databasePath: string): string {
  return join(dirname(resolve(databasePath)), DATASET_FOLDER)
}
