// Folders that work is done in: how much one holds, and what a killed set-up left behind.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The progress of a download whose program says nothing.
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

/**
 * Removes the work folders of set-ups that were killed. Only while the lock is held: nobody works in one now.
 * @param {string} folder
 * @param {string} prefix
 */
export function removeLeftovers(folder, prefix) {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}
