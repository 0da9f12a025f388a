// Turns anything thrown into the error that crosses a process border: by code, message and hint,
// never by stack. What is not a DescentError is a defect of ours; its details go to the diagnostics file only.

import type { CallError } from './contract'
import { DescentError, messageOf } from '../engine/errors'

/** What a person is told of a defect; `report` gets the details for the diagnostics file. */
export function toCallError(thrown: unknown, report: (thrown: unknown) => void = () => {}): CallError {
  if (thrown instanceof DescentError) {
    const { code, message, hint, problems } = thrown
    return { code, message, hint, problems }
  }
  report(thrown)
  return {
    code: 'internal',
    message: 'Something went wrong inside Descent.',
    hint: 'Try again. The details are in the diagnostics file (Help, About names it).',
    problems: [],
  }
}

/** The way back: an error that arrived from another process, as it was thrown there. */
export function fromCallError(error: CallError): DescentError {
  return new DescentError(error.code, error.message, error.hint, error.problems)
}

/** For the diagnostics file: the stack where there is one. */
export function detailsOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? messageOf(thrown)) : messageOf(thrown)
}
