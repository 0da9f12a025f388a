// Turns what the file system throws into errors that say what to do.

import { DescentError, messageOf } from '../../engine/errors'

/** The code of a system error, e.g. ENOENT; undefined for anything else. */
export function systemCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined
  return typeof thrown.code === 'string' ? thrown.code : undefined
}

/** What went wrong on reading `path`. `remedy` is for the case that there is no such file. */
export function readError(thrown: unknown, path: string, remedy: string): DescentError {
  if (thrown instanceof DescentError) return thrown
  switch (systemCode(thrown)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new DescentError('missing-file', `There is no file ${path}.`, remedy)
    case 'EACCES':
    case 'EPERM':
      return new DescentError('not-allowed', `The file ${path} may not be read.`, 'Change its permissions.')
    case 'EISDIR':
      return new DescentError('bad-input', `${path} is a folder; needs a file.`, 'Choose a file in it.')
    default:
      return new DescentError('internal', `Reading ${path} failed: ${messageOf(thrown)}`)
  }
}

/** What went wrong on writing in the data set folder. */
export function writeError(thrown: unknown, folder: string): DescentError {
  if (thrown instanceof DescentError) return thrown
  switch (systemCode(thrown)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new DescentError(
        'read-only',
        `The folder of data sets, ${folder}, can not be written to.`,
        'Change its permissions, or choose another folder.',
      )
    case 'ENOTDIR':
    case 'EEXIST':
      return new DescentError(
        'bad-input',
        `${folder} is not a folder.`,
        'Choose another folder for data sets.',
      )
    case 'ENOSPC':
    case 'EDQUOT':
      return new DescentError(
        'disk-full',
        `No space is left for ${folder}.`,
        'Free some space and try again.',
      )
    default:
      return new DescentError('internal', `Writing to ${folder} failed: ${messageOf(thrown)}`)
  }
}
