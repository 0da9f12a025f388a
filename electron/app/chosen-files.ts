// The page never names a path to read: it gets a token for what a person chose in a native dialog, one file or
// several together.

import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { DescentError } from '../../engine/errors'

/** Tokens that stand for chosen files, as long as the application runs. */
export class ChosenFiles {
  private readonly chosen = new Map<string, readonly string[]>()

  add(path: string): { token: string; fileName: string } {
    const { token, fileNames } = this.addSeveral([path])
    return { token, fileName: fileNames[0] }
  }

  addSeveral(paths: readonly string[]): { token: string; fileNames: readonly string[] } {
    const token = randomUUID()
    this.chosen.set(token, paths)
    return { token, fileNames: paths.map((path) => basename(path)) }
  }

  /** @throws DescentError('not-found') for a token that was never given out, or not for a single file */
  path(token: string): string {
    const paths = this.chosen.get(token)
    if (paths?.length === 1) return paths[0]
    throw new DescentError('not-found', 'This file is no longer known.', 'Choose the file again.')
  }

  /** @throws DescentError('not-found') for a token that was never given out */
  paths(token: string): readonly string[] {
    const paths = this.chosen.get(token)
    if (paths !== undefined) return paths
    throw new DescentError('not-found', 'These files are no longer known.', 'Choose the files again.')
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
