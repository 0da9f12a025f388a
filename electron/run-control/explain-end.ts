// Says in one sentence why a trainer ended that had not said it was done.

import type { ProcessEnd } from './trainer-process'

export type Phase = 'starting' | 'training'

const SIGNALS: Readonly<Record<number, string>> = {
  4: 'crashed (illegal instruction)',
  5: 'crashed (trap)',
  6: 'aborted itself (SIGABRT)',
  7: 'crashed (bus error)',
  8: 'crashed (arithmetic error)',
  9: 'was killed (SIGKILL): by the system, for lack of memory, or by hand',
  11: 'crashed (segmentation fault)',
  15: 'was ended from outside (SIGTERM)',
}
const WINDOWS_CODES: Readonly<Record<number, string>> = {
  0xc0000005: 'crashed (access violation)',
  0xc00000fd: 'crashed (stack overflow)',
  0x80000003: 'aborted itself',
  0xc0000409: 'aborted itself',
}

export function explainEnd(
  end: ProcessEnd,
  phase: Phase,
  platform: NodeJS.Platform = process.platform,
): string {
  if (isOutOfMemory(end))
    return 'The trainer ran out of memory. Use fewer units, a smaller batch or fewer examples.'
  if (end.reason === 'launch-failed') return 'The trainer could not be started.'
  const words = platform === 'win32' ? WINDOWS_CODES[end.code >>> 0] : SIGNALS[end.code]
  if (words) return `The trainer ${words}.`
  const lastWords = firstError(end.errorText)
  const said = lastWords ? `: ${lastWords}` : ''
  if (phase === 'starting') return `The trainer ended before it was ready (exit code ${end.code})${said}.`
  return `The trainer ended without saying that it was done (exit code ${end.code})${said}.`
}

function isOutOfMemory({ reason, errorText, code }: ProcessEnd): boolean {
  if (reason === 'oom' || code >>> 0 === 0xe0000008) return true
  return /out of memory|OOM|Allocation failed/i.test(errorText)
}

/** The line of a stack trace that names the error. */
function firstError(text: string): string {
  const line = text.split('\n').find((each) => /^\s*(\w*Error\b|Uncaught)/.test(each)) ?? ''
  return line.trim().replace(/\.$/, '').slice(0, 300)
}
