// node_modules: installed by `npm ci` when they do not match package-lock.json, and left alone when they do.
import { join } from 'node:path'
import { projectRoot } from './paths.mjs'
import { SetupProblem } from './problem.mjs'
import { describeEnd, hasSucceeded, npmCommand, npmReason, runToEnd } from './processes.mjs'
import { fileHash, readJson } from './stamps.mjs'

const name = 'Packages'
const lockPath = join(projectRoot, 'package-lock.json')
/** npm's own record of what it installed; written last, so a killed install leaves none. */
const installedPath = join(projectRoot, 'node_modules', '.package-lock.json')

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage */

/**
 * @param {Record<string, LockedPackage>} locked "packages" of package-lock.json
 * @param {Record<string, LockedPackage>} installed "packages" of node_modules/.package-lock.json
 * @returns {string[]} Folders that are missing, differ, or do not belong there.
 */
export function packageDifferences(locked, installed) {
  const differences = Object.entries(locked)
    .filter(([folder, wanted]) => {
      if (folder === '') return false
      const found = installed[folder]
      // An optional package may be for another platform.
      if (!found) return !wanted.optional
      return found.version !== wanted.version || found.integrity !== wanted.integrity
    })
    .map(([folder]) => folder)
  return [...differences, ...Object.keys(installed).filter((folder) => !(folder in locked))]
}

/** @param {string} path @returns {Record<string, LockedPackage>} */
function packagesOf(path) {
  const record = readJson(path)
  const packages =
    record !== null && typeof record === 'object'
      ? /** @type {{ packages?: unknown }} */ (record).packages
      : undefined
  return packages !== null && typeof packages === 'object'
    ? /** @type {Record<string, LockedPackage>} */ (packages)
    : {}
}

const isInstalled = () => packageDifferences(packagesOf(lockPath), packagesOf(installedPath)).length === 0

export const dependenciesStep = {
  name,
  mark: () => `${fileHash(lockPath)} ${fileHash(installedPath) === 'missing' ? 'missing' : 'installed'}`,
  current: () => 'as in package-lock.json',
  /** @param {import('./output.mjs').Report} report */
  async run(report) {
    if (isInstalled()) {
      report.upToDate(name, 'as in package-lock.json')
      return
    }
    const startedAt = Date.now()
    report.working(name, 'npm ci')
    const ticker = setInterval(
      () => report.progress(name, `npm ci, ${Math.round((Date.now() - startedAt) / 1000)} s`),
      1000,
    )
    // No package here needs its install script; without them nothing of a package runs before it is asked for.
    // Engine ranges of packages that only warn: the set-up itself checks what really has to work.
    const npm = npmCommand([
      'ci',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--engine-strict=false',
      '--loglevel=error',
    ])
    const outcome = await runToEnd(npm.command, npm.parameters, { cwd: projectRoot, shell: npm.shell })
    clearInterval(ticker)
    if (!hasSucceeded(outcome)) {
      throw new SetupProblem(
        `${name}: npm ci failed (${describeEnd(outcome)}).\n${npmReason(outcome)}`,
        'See the lines of npm above. Without a network: copy a filled npm cache. After a change of package.json: npm install.',
      )
    }
    report.done(name, `installed in ${Math.round((Date.now() - startedAt) / 1000)} s`)
  },
}
