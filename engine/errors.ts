// The one error class of the product. Everything a person may meet is a DescentError;
// anything else that is thrown is a defect of ours and is reported as 'internal'.

export const ERROR_CODES = [
  'bad-spec',
  'bad-data',
  'bad-input',
  'missing-file',
  'not-found',
  'not-allowed',
  'conflict',
  'database-newer',
  'database-damaged',
  'database-busy',
  'read-only',
  'disk-full',
  'trainer-failed',
  'canceled',
  'internal',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** One thing that is wrong in an input, addressed by its path, e.g. `network.layers[2].units`. */
export interface Problem {
  /** Path in the spec or file, dotted with [index]; '' is the whole. */
  path: string
  /** What is wrong: the value found and what was expected, one sentence. */
  message: string
  /** A value that would be valid here, where one is obvious; the design offers it as a fix. */
  suggestion?: string | number | boolean
}

/** What, the value found, what was expected (message), and what to do (hint). */
export class DescentError extends Error {
  readonly code: ErrorCode
  readonly hint: string
  readonly problems: readonly Problem[]

  constructor(code: ErrorCode, message: string, hint = '', problems: readonly Problem[] = []) {
    super(message)
    this.name = 'DescentError'
    this.code = code
    this.hint = hint
    this.problems = problems
  }
}

/** The message of anything thrown, for a log or an envelope. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
