// Starting the app or its command line: the display, the sandbox, the caller's folder, signals and exit codes.
import { spawn } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { projectRoot } from './paths.mjs'
import { asNodeEnvironment, readRuntime } from './runtime.mjs'

/**
 * @param {string} platform
 * @param {Record<string, string | undefined>} environment
 * @returns {boolean} Whether a window can be shown.
 */
export const hasDisplay = (platform = process.platform, environment = process.env) =>
  platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY)

/**
 * @typedef {object} SandboxFacts
 * @property {string} platform
 * @property {boolean} isRoot
 * @property {boolean} hasNamespaces Whether the kernel lets an ordinary user make namespaces.
 * @property {boolean} hasHelper Whether chrome-sandbox belongs to root and has its setuid bit.
 */

/**
 * Chromium refuses to start where it cannot build its sandbox, so there it is left out, and said so.
 * @param {SandboxFacts} facts
 * @returns {{ parameters: string[], note: string }}
 */
export function sandboxParameters({ platform, isRoot, hasNamespaces, hasHelper }) {
  if (platform !== 'linux') return { parameters: [], note: '' }
  if (isRoot) {
    return {
      parameters: ['--no-sandbox'],
      note: 'Running as root: started with --no-sandbox, since Chromium has no sandbox for root.',
    }
  }
  if (hasNamespaces || hasHelper) return { parameters: [], note: '' }
  return {
    parameters: ['--no-sandbox'],
    note:
      'This system allows no user namespaces: started with --no-sandbox. To keep the sandbox: ' +
      'sudo chown root:root CHROME_SANDBOX && sudo chmod 4755 CHROME_SANDBOX',
  }
}

/** @param {string} executable @returns {SandboxFacts} */
export function sandboxFacts(executable) {
  const read = (/** @type {string} */ path, /** @type {string} */ missing) => {
    try {
      return readFileSync(path, 'utf8').trim()
    } catch {
      return missing
    }
  }
  const helper = statSync(join(dirname(executable), 'chrome-sandbox'), { throwIfNoEntry: false })
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    hasNamespaces:
      read('/proc/sys/kernel/unprivileged_userns_clone', '1') !== '0' &&
      read('/proc/sys/user/max_user_namespaces', '1') !== '0' &&
      read('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '0') !== '1',
    hasHelper: helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0,
  }
}

/**
 * `npm run` changes into the project folder; relative paths are meant from where the person is.
 * @param {string} script The npm script that starts us.
 * @param {Record<string, string | undefined>} environment
 * @param {string} current
 * @returns {string}
 */
export function callerFolder(script, environment = process.env, current = process.cwd()) {
  // INIT_CWD is inherited by everything below an npm: it counts only where npm itself started this script.
  const isFromNpm = environment.npm_lifecycle_event === script && resolve(current) === projectRoot
  return isFromNpm && environment.INIT_CWD ? environment.INIT_CWD : current
}

/**
 * @param {string} status The text of /proc/self/stat
 * @returns {boolean} Whether our process group is the one the terminal sends its Ctrl-C to.
 */
export function isForeground(status) {
  // The second field is a name in parentheses, which may hold anything; the rest is numbers.
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
  const [, , group, , , foregroundGroup] = fields
  return group === foregroundGroup
}

/** @returns {boolean} Whether a SIGINT comes from the terminal, which then sends it to the child as well. */
function isInterruptShared() {
  try {
    return isForeground(readFileSync('/proc/self/stat', 'latin1'))
  } catch {
    return Boolean(process.stdin.isTTY || process.stderr.isTTY)
  }
}

const repeatedInterruptMs = 300

/**
 * Runs a program in the foreground and waits for its end, whatever signals arrive meanwhile.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} Its exit code; 128 + the signal's number when a signal ended it (130 for SIGINT).
 */
export function runInForeground(command, parameters, options = {}) {
  return new Promise((finish, fail) => {
    const child = spawn(command, parameters, { ...options, stdio: 'inherit' })
    let lastInterruptAt = 0
    const onInterrupt = () => {
      // npm passes on the SIGINT that we got from the terminal already.
      const isRepeated = Date.now() - lastInterruptAt < repeatedInterruptMs
      lastInterruptAt = Date.now()
      if (!isRepeated && !isInterruptShared()) child.kill('SIGINT')
    }
    const onTerminate = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal)
    process.on('SIGINT', onInterrupt)
    process.on('SIGTERM', onTerminate)
    process.on('SIGHUP', onTerminate)
    const stopListening = () => {
      process.off('SIGINT', onInterrupt)
      process.off('SIGTERM', onTerminate)
      process.off('SIGHUP', onTerminate)
    }
    child.on('error', (error) => {
      stopListening()
      fail(error)
    })
    child.on('close', (code, signal) => {
      stopListening()
      finish(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}

/**
 * Runs Descent's command line on Electron's own Node.js, so that it is the very code and library the app runs.
 * @param {readonly string[]} parameters
 * @param {string} folder The caller's.
 * @returns {Promise<number>} The exit code.
 */
export const runCommandLine = (parameters, folder) =>
  runInForeground(readRuntime().executable, [join(projectRoot, 'out', 'main', 'cli.js'), ...parameters], {
    cwd: folder,
    env: asNodeEnvironment(),
  })
