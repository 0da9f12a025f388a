// Starts a utility process and tells how it ended: exit code, Electron's reason and its last words, together.

import { app, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron'
import type { ProcessEnd } from './trainer-process'

/** Reason and last words arrive shortly after the exit itself. */
const LAST_WORDS_MS = 60
const ERROR_TEXT_LENGTH = 4000

export interface UtilityOptions {
  modulePath: string
  args: readonly string[]
  /** Shown by the system's process list. */
  serviceName: string
  onMessage(message: unknown): void
  onEnd(end: ProcessEnd): void
}

export interface RunningUtility {
  readonly pid: number | undefined
  send(message: unknown, ports?: MessagePortMain[]): void
  kill(): void
}

export function startUtility(options: UtilityOptions): RunningUtility {
  // Limits that the application was started with hold for its processes too.
  const engineFlags = app.commandLine.getSwitchValue('js-flags')
  const child = utilityProcess.fork(options.modulePath, [...options.args], {
    serviceName: options.serviceName,
    stdio: 'pipe',
    execArgv: engineFlags ? [`--js-flags=${engineFlags}`] : [],
  })
  let errorText = ''
  let reason: string | null = null
  let isOver = false
  const keepText = (data: Buffer): void => {
    errorText = (errorText + data.toString('utf8')).slice(-ERROR_TEXT_LENGTH)
  }
  child.stderr?.on('data', keepText)
  child.stdout?.on('data', keepText)
  const noteReason = (_event: unknown, details: { name?: string; reason: string }): void => {
    if (details.name === options.serviceName) reason = details.reason
  }
  app.on('child-process-gone', noteReason)
  // An out-of-memory of the script engine is told by this event only, where Electron has it.
  child.on('error', (type, location) => {
    errorText += `\n${type} ${location}`
  })
  child.on('message', options.onMessage)
  child.once('exit', (code) => {
    isOver = true
    setTimeout(() => {
      app.off('child-process-gone', noteReason)
      options.onEnd({ code, reason, errorText: errorText.trim() })
    }, LAST_WORDS_MS)
  })
  return {
    get pid() {
      return child.pid
    },
    send: (message, ports) => {
      if (!isOver) child.postMessage(message, ports)
    },
    kill: () => killNow(child),
  }
}

/** SIGKILL and not Electron's SIGTERM, which a stopped process would never get to see. */
function killNow(child: UtilityProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(child.pid, 'SIGKILL')
  } catch {
    child.kill()
  }
}
