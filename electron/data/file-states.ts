// What tells cheaply whether files are still those that were read.

import { stat } from 'node:fs/promises'

/** Path, size, and times and place on the disk of each file; the path alone of one that is not there. */
export function fileStates(paths: readonly string[]): Promise<readonly (string | number)[][]> {
  return Promise.all(
    paths.map(async (path) => {
      const found = await stat(path).catch(() => null)
      return found === null ? [path] : [path, found.size, found.mtimeMs, found.ctimeMs, found.ino]
    }),
  )
}
