// What the command line says with its exit code.

import type { ErrorCode } from '../../engine/errors'

export const EXIT = { ok: 0, failed: 1, badInput: 2, interrupted: 130 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** 2: what was given can not be used, and nothing was begun. 1: something went wrong while it was worked on. */
const EXIT_OF_ERROR = {
  'bad-spec': EXIT.badInput,
  'bad-data': EXIT.badInput,
  'bad-input': EXIT.badInput,
  'missing-file': EXIT.badInput,
  'not-found': EXIT.badInput,
  'not-allowed': EXIT.badInput,
  conflict: EXIT.badInput,
  'database-newer': EXIT.badInput,
  'database-damaged': EXIT.badInput,
  'read-only': EXIT.badInput,
  'database-busy': EXIT.failed,
  'disk-full': EXIT.failed,
  'trainer-failed': EXIT.failed,
  internal: EXIT.failed,
  canceled: EXIT.interrupted,
} as const satisfies Record<ErrorCode, ExitCode>

export function exitCodeOf(code: ErrorCode): ExitCode {
  return EXIT_OF_ERROR[code]
}
