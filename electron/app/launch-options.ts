// What the application was started with: switches and environment, read once.

import { resolve } from 'node:path'
import { DescentError } from '../../engine/errors'

export interface LaunchOptions {
  /** Chosen by --db; null: the one in the data folder. */
  database: string | null
  /** Chosen by --user-data-dir; null: by DESCENT_HOME or the system's own place. */
  userData: string | null
}

const SWITCHES = { '--db': 'database', '--user-data-dir': 'userData' } as const

/**
 * @param argv process.argv; unknown switches belong to Chromium and are left alone
 * @param folder relative paths start here
 * @throws DescentError('bad-input') when a switch has no value
 */
export function readLaunchOptions(argv: readonly string[], folder: string = process.cwd()): LaunchOptions {
  const options: LaunchOptions = { database: null, userData: null }
  for (let i = 1; i < argv.length; i++) {
    const [name, ...rest] = argv[i].split('=')
    if (!isSwitch(name)) continue
    const value = rest.length > 0 ? rest.join('=') : argv[++i]
    if (!value || value.startsWith('--')) {
      throw new DescentError('bad-input', `${name}: no path; needs one.`, `Start with ${name} PATH.`)
    }
    options[SWITCHES[name]] = resolve(folder, value)
  }
  return options
}

function isSwitch(name: string): name is keyof typeof SWITCHES {
  return Object.hasOwn(SWITCHES, name)
}
