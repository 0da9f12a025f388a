// The page never names a path to read: it gets a token for the file that a person chose in a native dialog.

import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { DescentError } from '../../engine/errors'

/** Tokens that stand for chosen files, as long as the application runs. */
export class ChosenFiles {
  private readonly paths = new Map<string, string>()

  add(path: string): { token: string; fileName: string } {
    const token = randomUUID()
    this.paths.set(token, path)
    return { token, fileName: basename(path) }
  }

  /** @throws DescentError('not-found') for a token that was never given out */
  path(token: string): string {
    const path = this.paths.get(token)
    if (path !== undefined) return path
    throw new DescentError('not-found', 'This file is no longer known.', 'Choose the file again.')
  }
}

/** A name that every file system takes. */
export function safeFileName(name: string, ending: string): string {
  const stem = name
    .replace(/[\p{Cc}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 100)
  return `${stem || 'descent'}.${ending}`
}
