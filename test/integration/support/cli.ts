// Runs the command line as people do: the built script on Electron's own Node.js, in a process of its own.

import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { bundleForNode } from './bundle'

const projectFolder = resolve(import.meta.dirname, '../../..')

export interface CliRun {
  /** 128 + the signal's number where a signal ended it. */
  code: number
  stdout: string
  stderr: string
}

export interface CliOptions {
  /** Folder of database and data sets; a test's own. */
  home: string
  cwd?: string
  input?: string
  environment?: NodeJS.ProcessEnv
  /** The system's Node.js instead of Electron's. */
  isPlainNode?: boolean
  user?: number
}

function newestSource(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((newest, entry) => {
    const path = join(folder, entry.name)
    return Math.max(newest, entry.isDirectory() ? newestSource(path) : statSync(path).mtimeMs)
  }, 0)
}

let script: Promise<string> | null = null

/** The build where it is newer than the sources, else a bundle of the same entry. */
export function cliScript(): Promise<string> {
  script ??= (async () => {
    const built = join(projectFolder, 'out', 'main', 'cli.js')
    const sources = Math.max(...['electron', 'engine'].map((name) => newestSource(join(projectFolder, name))))
    if (existsSync(built) && statSync(built).mtimeMs > sources) return built
    return bundleForNode('electron/cli/entry.ts', 'cli')
  })()
  return script
}

/** Electron's executable as the set-up recorded it. */
function electronExecutable(): string | null {
  const record = join(projectFolder, 'node_modules', '.descent', 'runtime.json')
  if (!existsSync(record)) return null
  const { executable } = JSON.parse(readFileSync(record, 'utf8')) as { executable: string }
  return existsSync(executable) ? executable : null
}

const SIGNAL_NUMBERS: Partial<Record<NodeJS.Signals, number>> = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }

export interface RunningCli {
  process: ChildProcess
  /** Resolves when stderr matches; rejects when it ends before. */
  said(pattern: RegExp): Promise<void>
  ended: Promise<CliRun>
}

export async function startCli(parameters: readonly string[], options: CliOptions): Promise<RunningCli> {
  const path = await cliScript()
  const executable = options.isPlainNode ? process.execPath : (electronExecutable() ?? process.execPath)
  const child = spawn(executable, [path, ...parameters], {
    cwd: options.cwd ?? options.home,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', DESCENT_HOME: options.home, ...options.environment },
    stdio: 'pipe',
    ...(options.user === undefined ? {} : { uid: options.user, gid: options.user }),
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdin.on('error', () => undefined)
  child.stdin.end(options.input ?? '')
  let stdout = ''
  let stderr = ''
  const ended = new Promise<CliRun>((resolveEnd) => {
    child.once('close', (code, signal) => {
      resolveEnd({ code: code ?? 128 + (SIGNAL_NUMBERS[signal ?? 'SIGKILL'] ?? 0), stdout, stderr })
    })
  })
  child.stdout.on('data', (part: Buffer) => {
    stdout += part.toString()
  })
  child.stderr.on('data', (part: Buffer) => {
    stderr += part.toString()
  })
  const said = (pattern: RegExp): Promise<void> =>
    new Promise((resolveSaid, reject) => {
      const look = (): void => {
        if (pattern.test(stderr)) resolveSaid()
      }
      child.stderr.on('data', look)
      void ended.then(() => reject(new Error(`It ended without saying ${String(pattern)}: ${stderr}`)))
      look()
    })
  return { process: child, said, ended }
}

export async function runCli(parameters: readonly string[], options: CliOptions): Promise<CliRun> {
  return (await startCli(parameters, options)).ended
}

/** The last line of stdout, which is what --json promises. */
export function jsonOf<T>({ stdout }: CliRun): T {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) as string) as T
}
