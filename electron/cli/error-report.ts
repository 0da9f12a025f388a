// Errors as a person, or with --json a program, is told of them. Never a stack trace, unless it is asked for.

import { DescentError, messageOf } from '../../engine/errors'
import { exitCodeOf, type ExitCode } from './exit-codes'
import { jsonText } from './json'
import { say, sayAside } from './terminal'

function toDescentError(thrown: unknown): DescentError {
  if (thrown instanceof DescentError) return thrown
  const hint = 'This is an error inside Descent. Set DESCENT_DEBUG=1 to see where, and report it.'
  return new DescentError('internal', messageOf(thrown), hint)
}

function errorBlock({ message, hint, problems }: DescentError): string {
  const lines = [`error: ${message}`]
  for (const problem of problems) {
    // A single problem is already the message; its path still says where.
    const text = problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`
    if (text !== message) lines.push(`  - ${text}`)
    if (problem.suggestion !== undefined) lines.push(`    try: ${JSON.stringify(problem.suggestion)}`)
  }
  if (hint !== '') lines.push(`hint: ${hint}`)
  return lines.join('\n')
}

/** Tells of the error and returns the exit code. `facts` join the JSON, e.g. the run that failed. */
export function reportError(thrown: unknown, wantsJson: boolean, facts: object = {}): ExitCode {
  const error = toDescentError(thrown)
  sayAside(errorBlock(error))
  if (process.env.DESCENT_DEBUG === '1' && thrown instanceof Error) sayAside(thrown.stack ?? '')
  if (wantsJson) {
    const { code, message, hint, problems } = error
    say(jsonText({ error: { code, message, hint, problems }, ...facts }))
  }
  return exitCodeOf(error.code)
}
