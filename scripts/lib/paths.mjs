// Where things live: the project, its own stamps, and the cache that all checkouts of a person share.
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Stamps and the runtime record. Inside node_modules, so that a fresh install forgets them with it. */
export const stateFolder = join(projectRoot, 'node_modules', '.descent')

/**
 * Outside the checkout, so that a runtime is fetched and a library compiled once per machine and not per clone.
 * @param {Record<string, string | undefined>} environment
 * @param {string} home
 * @returns {string}
 */
export function cacheFolder(environment = process.env, home = homedir()) {
  if (environment.DESCENT_CACHE) return resolve(environment.DESCENT_CACHE)
  if (environment.XDG_CACHE_HOME) return join(environment.XDG_CACHE_HOME, 'descent')
  return join(home, '.cache', 'descent')
}
