// Starts Electron for a measurement, as the end-to-end tests do.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { _electron } from '@playwright/test'
import { sandboxFacts, sandboxParameters } from '../../../scripts/lib/launch.mjs'
import { projectRoot } from '../../../scripts/lib/paths.mjs'
import { asApplicationEnvironment, readRuntime } from '../../../scripts/lib/runtime.mjs'

// What Playwright loads into an Electron that it finds itself; without it the window may open before it listens.
const playwright = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'))
const loader = join(playwright, 'lib/server/electron/loader.js')

/** The executable and its parameters before those of the application, which is the built one of this checkout. */
export function applicationStart(entry = projectRoot) {
  const { executable } = readRuntime()
  return { executable, parameters: [...sandboxParameters(sandboxFacts(executable)).parameters, entry] }
}

/** @param {readonly string[]} parameters @param {string} [entry] Another main script than the application's. */
export function launchApplication(parameters, entry) {
  const start = applicationStart(entry)
  return _electron.launch({
    executablePath: start.executable,
    args: ['-r', loader, ...start.parameters, ...parameters],
    env: asApplicationEnvironment(),
  })
}
