// The harness's side of the line protocol: a child process that is asked one thing at a time.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/**
 * @typedef {object} Channel
 * @property {(message: object, timeoutMs: number) => Promise<any>} ask Rejects when the other side ends or is too slow.
 * @property {() => Promise<void>} end
 */

const endMs = 2000

/** Children go with us, however we end. @type {Set<() => void>} */
const running = new Set()
process.on('exit', () => running.forEach((stop) => stop()))

/** The line that names what went wrong, of all that a program said. @param {string} errors @returns {string} */
function reasonOf(errors) {
  const lines = errors.trim().split('\n')
  return (lines.find((line) => /^\w*Error\b/.test(line)) ?? lines[lines.length - 1]).trim()
}

/**
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {Record<string, string | undefined>} environment Added to ours; undefined takes a variable out.
 * @returns {Channel}
 */
export function openProcess(command, parameters, environment = {}) {
  const child = spawn(command, parameters, {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let errors = ''
  let ending = ''
  /** @type {{ resolve: (answer: any) => void, reject: (error: Error) => void } | null} */
  let waiting = null

  const stop = () => child.kill('SIGKILL')
  running.add(stop)
  /** @param {string} why */
  const fail = (why) => {
    ending ||= why
    waiting?.reject(new Error(errors === '' ? why : `${why}: ${reasonOf(errors)}`))
    waiting = null
  }
  child.stderr.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-4000)))
  child.stdin.on('error', () => {})
  child.on('error', (error) => fail(error.message))
  const closed = new Promise((resolve) => {
    child.on('close', (code, signal) => {
      running.delete(stop)
      fail(`ended with ${signal ?? `exit code ${code}`}`)
      resolve(undefined)
    })
    child.on('error', resolve)
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    const asked = waiting
    waiting = null
    try {
      asked?.resolve(JSON.parse(line))
    } catch {
      asked?.reject(new Error(`answered what is no JSON: ${line.slice(0, 200)}`))
    }
  })

  return {
    ask(message, timeoutMs) {
      if (ending !== '') return Promise.reject(new Error(ending))
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          fail(`no answer within ${timeoutMs / 1000} s`)
          stop()
        }, timeoutMs)
        const settled = (/** @type {(value: any) => void} */ then) => (/** @type {any} */ value) => {
          clearTimeout(timer)
          then(value)
        }
        waiting = { resolve: settled(resolve), reject: settled(reject) }
        child.stdin.write(`${JSON.stringify(message)}\n`)
      })
    },
    async end() {
      if (ending === '') child.stdin.write('{"cmd":"exit"}\n')
      const timer = setTimeout(stop, endMs)
      await closed
      clearTimeout(timer)
    },
  }
}
