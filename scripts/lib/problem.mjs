// The one error of the scripts: what is wrong, and what the person does about it.

export class SetupProblem extends Error {
  /**
   * @param {string} message What was found, and what was expected.
   * @param {string} hint What to do, as a command where there is one.
   */
  constructor(message, hint) {
    super(message)
    this.name = 'SetupProblem'
    this.hint = hint
  }
}

/**
 * The lines a person reads. A stack trace only for faults of these scripts themselves.
 * @param {unknown} error
 * @returns {string}
 */
export function describeProblem(error) {
  if (error instanceof SetupProblem) return `${error.message}\n  What to do: ${error.hint}`
  if (error instanceof Error && 'syscall' in error) {
    return `${error.message}\n  What to do: check the permissions of that path and the free disk space (DESCENT_CACHE moves the cache).`
  }
  if (error instanceof Error) return error.stack ?? error.message
  return String(error)
}
