// Ctrl+C and its relatives: what is under way ends in order, and if that takes too long, at once.

import { EXIT } from './exit-codes'

/** Everything is written down within a second; this bounds the wait for what hangs, or for a machine that is busy. */
const PATIENCE_MS = 5000
const REASONS = {
  SIGINT: 'Interrupted by Ctrl+C',
  SIGTERM: 'Interrupted by a request to end (SIGTERM)',
  SIGHUP: 'Interrupted because the terminal was closed',
} as const
type EndSignal = keyof typeof REASONS

let stop: ((reason: string) => void) | null = null
let reason: string | null = null

export function listenForInterruption(): void {
  for (const signal of Object.keys(REASONS) as EndSignal[]) process.on(signal, () => interrupt(signal))
}

function interrupt(signal: EndSignal): void {
  // npm and a terminal may both pass on the same Ctrl+C.
  if (reason !== null) return
  reason = REASONS[signal]
  if (stop === null) process.exit(EXIT.interrupted)
  stop(reason)
  setTimeout(() => process.exit(EXIT.interrupted), PATIENCE_MS).unref()
}

/** Why everything has to end; null while it has not. */
export function interruptionReason(): string | null {
  return reason
}

/** What an interruption does meanwhile; without it the process ends at once. Returns the way back. */
export function onInterruption(handler: (reason: string) => void): () => void {
  stop = handler
  return () => {
    stop = null
  }
}
