// The Electron runtime of this checkout: the record the set-up leaves for the launchers, the tests and the About box.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { stateFolder } from './paths.mjs'
import { SetupProblem } from './problem.mjs'
import { hasSucceeded, describeEnd, outputTail, runToEnd } from './processes.mjs'
import { readJson, writeJson } from './stamps.mjs'

export const runtimeRecordPath = join(stateFolder, 'runtime.json')

/**
 * @typedef {object} RuntimeRecord
 * @property {string} executable Absolute path.
 * @property {string} version Of Electron, for example "45.4.1".
 * @property {'official' | 'fallback' | 'override'} source override: ELECTRON_OVERRIDE_DIST_PATH.
 * @property {number} napi Node-API level.
 * @property {string} node Version of its Node.js.
 * @property {string} chromium
 */

/**
 * @param {string} path
 * @returns {RuntimeRecord | undefined} undefined when there is none, or its executable is gone.
 */
export function findRuntime(path = runtimeRecordPath) {
  const record = /** @type {RuntimeRecord | undefined} */ (readJson(path))
  return record && typeof record.executable === 'string' && existsSync(record.executable) ? record : undefined
}

/**
 * @param {string} path
 * @returns {RuntimeRecord}
 * @throws {SetupProblem} when the set-up has not run.
 */
export function readRuntime(path = runtimeRecordPath) {
  const record = findRuntime(path)
  if (record) return record
  throw new SetupProblem(
    `Electron runtime: ${path} names no executable that exists.`,
    'Run: node scripts/setup.mjs --for start',
  )
}

/** @param {RuntimeRecord} record */
export const writeRuntime = (record) => writeJson(runtimeRecordPath, record)

/**
 * The environment in which an Electron executable is a plain Node.js.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {NodeJS.ProcessEnv}
 */
export const asNodeEnvironment = (environment = process.env) => ({
  ...environment,
  ELECTRON_RUN_AS_NODE: '1',
})

/**
 * The environment in which it is an application, whatever the caller's own is.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {NodeJS.ProcessEnv}
 */
export function asApplicationEnvironment(environment = process.env) {
  const { ELECTRON_RUN_AS_NODE: _dropped, ...rest } = environment
  return rest
}

/**
 * Asks an executable for its versions: never guessed from a file name.
 * @param {string} executable Node.js or Electron.
 * @returns {Promise<Record<string, string>>} Its process.versions.
 * @throws {SetupProblem} when it does not run.
 */
export async function askVersions(executable) {
  const outcome = await runToEnd(executable, ['-p', 'JSON.stringify(process.versions)'], {
    env: asNodeEnvironment(),
  })
  if (hasSucceeded(outcome)) return JSON.parse(outcome.stdout)
  throw new SetupProblem(
    `${executable} does not run (${describeEnd(outcome)}).\n${outputTail(outcome)}`,
    'Install the system libraries it names (`ldd` on the file lists them), then run the set-up again.',
  )
}
