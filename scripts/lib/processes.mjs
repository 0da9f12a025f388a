// Child processes of the set-up: run one to its end, keep what it said, and find npm.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * @typedef {object} Outcome
 * @property {number | null} code
 * @property {NodeJS.Signals | null} signal
 * @property {string} stdout
 * @property {string} stderr
 * @property {string} failure Empty, or why the process could not be started.
 */

/**
 * Runs a program to its end. Never rejects: the caller words what a failure means.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {import('node:child_process').SpawnOptions & { signal?: AbortSignal }} options
 * @returns {Promise<Outcome>}
 */
export function runToEnd(command, parameters, options = {}) {
  return new Promise((resolve) => {
    const outcome = { code: null, signal: null, stdout: '', stderr: '', failure: '' }
    const child = spawn(command, parameters, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout?.setEncoding('utf8').on('data', (text) => (outcome.stdout += text))
    child.stderr?.setEncoding('utf8').on('data', (text) => (outcome.stderr += text))
    // A set-up that is stopped takes what it started with it: two npm ci at once would spoil node_modules.
    const stop = () => child.kill()
    process.once('exit', stop)
    const finish = (/** @type {Partial<Outcome>} */ end) => {
      process.off('exit', stop)
      resolve({ ...outcome, ...end })
    }
    child.on('error', (error) => finish({ failure: error.message }))
    child.on('close', (code, signal) => finish({ code, signal }))
  })
}

/**
 * Ends this process in the ordinary way when it is told to stop, so that what it started is stopped as well.
 * @returns {() => void} Gives the signals back.
 */
export function exitOnSignals() {
  const exit = (/** @type {NodeJS.Signals} */ signal) => process.exit(128 + constants.signals[signal])
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
  for (const signal of signals) process.on(signal, exit)
  return () => {
    for (const signal of signals) process.off(signal, exit)
  }
}

/**
 * @param {Outcome} outcome
 * @returns {boolean}
 */
export const hasSucceeded = (outcome) => outcome.failure === '' && outcome.code === 0

/**
 * @param {Outcome} outcome
 * @returns {string} "exit code 1", "signal SIGSEGV" or why it did not start.
 */
export function describeEnd(outcome) {
  if (outcome.failure) return outcome.failure
  return outcome.signal ? `signal ${outcome.signal}` : `exit code ${outcome.code}`
}

// Colours of a terminal, which mean nothing in a message of ours.
// eslint-disable-next-line no-control-regex
const colours = /\x1b\[[0-9;]*m/g

/**
 * The last lines of what a program said: enough to see why, and not a page of it nor its stack.
 * @param {Outcome} outcome
 * @param {number} lineCount
 * @returns {string}
 */
export function outputTail(outcome, lineCount = 12) {
  return `${outcome.stdout}\n${outcome.stderr}`
    .replace(colours, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
    .slice(-lineCount)
    .map((line) => `    ${line.trimEnd()}`)
    .join('\n')
}

/**
 * Why npm failed: it says the reason first, and ends with pages of help.
 * @param {Outcome} outcome
 * @returns {string}
 */
export function npmReason(outcome) {
  const lines = outcome.stderr
    .split('\n')
    .filter((line) => /^npm (error|ERR!) +\S/.test(line) && !/complete log|^npm \S+ +at /.test(line))
  return lines.length === 0
    ? outputTail(outcome)
    : lines
        .slice(0, 8)
        .map((line) => `    ${line}`)
        .join('\n')
}

/**
 * The npm that started us where there is one, so that its version and settings stay the same.
 * @param {readonly string[]} parameters
 * @param {Record<string, string | undefined>} environment
 * @param {string} platform
 * @returns {{ command: string, parameters: string[], shell: boolean }}
 */
export function npmCommand(parameters, environment = process.env, platform = process.platform) {
  const script = environment.npm_execpath
  if (script && /npm-cli\.c?js$/.test(script)) {
    return { command: process.execPath, parameters: [script, ...parameters], shell: false }
  }
  // On Windows npm is a .cmd file, which only a shell starts.
  return { command: 'npm', parameters: [...parameters], shell: platform === 'win32' }
}
