// The diagnostics file: what went wrong and with what, for a person to send along. Stays on this machine.

import { join } from 'node:path'
import log from 'electron-log/main'
import { detailsOf } from '../call-error'

const MAXIMUM_BYTES = 2_000_000

export type Report = (message: string, thrown?: unknown) => void

export interface Diagnostics {
  readonly path: string
  note(message: string): void
  report: Report
}

/** @param isQuiet also nothing on the terminal */
export function startDiagnostics(userData: string, isQuiet: boolean): Diagnostics {
  const path = join(userData, 'logs', 'descent.log')
  log.transports.file.resolvePathFn = () => path
  log.transports.file.maxSize = MAXIMUM_BYTES
  log.transports.file.level = 'info'
  log.transports.console.level = isQuiet ? false : 'warn'
  log.transports.ipc.level = false
  return {
    path,
    note: (message) => log.info(message),
    report: (message, thrown) =>
      thrown === undefined ? log.warn(message) : log.error(message, detailsOf(thrown)),
  }
}
