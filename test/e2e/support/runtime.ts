// The Electron runtime of this checkout and the built application, as the tests start them.

import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { sandboxFacts, sandboxParameters } from '../../../scripts/lib/launch.mjs'
import { asApplicationEnvironment, readRuntime } from '../../../scripts/lib/runtime.mjs'

/** Folder of the application: this checkout, or another build named by DESCENT_APP. */
export const applicationFolder = resolve(process.env.DESCENT_APP ?? join(import.meta.dirname, '../../..'))

export interface RuntimeStart {
  executable: string
  /** Parameters before those of the application. */
  parameters: string[]
  environment: Record<string, string>
}

/** @throws when nothing was built or set up, with the command that does it */
export function runtimeStart(): RuntimeStart {
  const main = join(applicationFolder, 'out', 'main', 'main.js')
  if (!existsSync(main)) throw new Error(`${main} is missing. Build first: npm run build`)
  const { executable } = readRuntime()
  const environment: Record<string, string> = {}
  for (const [name, value] of Object.entries(asApplicationEnvironment())) {
    if (value !== undefined) environment[name] = value
  }
  return {
    executable,
    parameters: [...sandboxParameters(sandboxFacts(executable)).parameters, applicationFolder],
    environment,
  }
}
