// How much a folder holds: the progress of a download whose program says nothing.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @param {string} folder
 * @returns {number} 0 where the folder is not there (yet). Files may vanish meanwhile.
 */
export function folderBytes(folder) {
  let bytes = 0
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      bytes += entry.isDirectory()
        ? folderBytes(path)
        : (statSync(path, { throwIfNoEntry: false })?.size ?? 0)
    }
  } catch {
    // Removed between listing and reading.
  }
  return bytes
}
