// Compiles better-sqlite3 where its prebuilt binary cannot be loaded: it wants Node-API 10, and on a runtime with
// 9 it does not fail cleanly but ends the process. Compiled as an experimental module it works there.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { removeLeftovers } from './folders.mjs'
import { withLock } from './lock.mjs'
import { cacheFolder, projectRoot } from './paths.mjs'
import { SetupProblem } from './problem.mjs'
import { describeEnd, hasSucceeded, outputTail, runToEnd } from './processes.mjs'
import { compilerPackages, installWherePossible, isOnPath } from './system-libraries.mjs'

export const prebuiltNapi = 10
const packageFolder = join(projectRoot, 'node_modules', 'better-sqlite3')
const compilerFlags = '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'

/** @returns {string} The installed version of better-sqlite3. */
export const sqliteVersion = () =>
  JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version

/**
 * @param {{ version: string, napi: number, platform: string, architecture: string }} build
 * @returns {string} Its folder in the cache.
 */
export const buildKey = ({ version, napi, platform, architecture }) =>
  `better-sqlite3-${version}-napi${napi}-${platform}-${architecture}`

/**
 * Headers of the Node.js that runs us, then those of the system; else node-gyp fetches them.
 * @param {string} executable
 * @param {(path: string) => boolean} exists
 * @returns {string | undefined} A folder with include/node in it.
 */
export function headersFolder(executable = process.execPath, exists = existsSync) {
  return [dirname(dirname(executable)), '/usr'].find((folder) =>
    exists(join(folder, 'include', 'node', 'node_api.h')),
  )
}

/** @param {import('./output.mjs').Report} report @param {string} name */
async function requireCompiler(report, name) {
  if (process.platform !== 'linux') return
  const missing = () =>
    [
      ['g++', process.env.CXX],
      ['make', undefined],
      ['python3', process.env.PYTHON],
    ]
      .filter(([command, replacement]) => !replacement && !isOnPath(String(command)))
      .map(([command]) => command)
  if (missing().length > 0) await installWherePossible(compilerPackages, report)
  if (missing().length === 0) return
  throw new SetupProblem(
    `${name}: it has to be compiled here, and ${missing().join(', ')} is missing.`,
    'On Debian or Ubuntu: sudo apt-get install g++ make python3. Or use Node.js 22.14 or newer together with the official Electron.',
  )
}

/**
 * @param {number} napi The lowest Node-API level the file must load on.
 * @param {import('./output.mjs').Report} report
 * @param {string} name The step, for its progress.
 * @param {boolean} isAgain Whether the file in the cache is of no use.
 * @returns {Promise<string>} The compiled file in the cache.
 */
export async function compiledSqlite(napi, report, name, isAgain = false) {
  const key = buildKey({
    version: sqliteVersion(),
    napi,
    platform: process.platform,
    architecture: process.arch,
  })
  const finished = join(cacheFolder(), 'sqlite', key, 'better_sqlite3.node')
  if (isAgain) rmSync(finished, { force: true })
  if (existsSync(finished)) return finished
  await requireCompiler(report, name)
  return withLock(
    join(cacheFolder(), 'locks', key),
    async () => {
      if (!existsSync(finished)) await compile(napi, finished, report, name)
      return finished
    },
    (pid) => report.working(name, `another set-up (process ${pid ?? 'unknown'}) is compiling it; waiting`),
  )
}

/** @param {number} napi @param {string} finished @param {import('./output.mjs').Report} report @param {string} name */
async function compile(napi, finished, report, name) {
  const prefix = `.compiling-${basename(dirname(finished))}-`
  const parent = dirname(dirname(finished))
  mkdirSync(parent, { recursive: true })
  removeLeftovers(parent, prefix)
  const work = mkdtempSync(join(parent, prefix))
  const startedAt = Date.now()
  const seconds = () => Math.round((Date.now() - startedAt) / 1000)
  report.working(name, 'compiling for this Node-API level; once per machine, one to two minutes')
  const ticker = setInterval(() => report.progress(name, `compiling, ${seconds()} s`), 1000)
  try {
    // A copy: a killed compilation leaves nothing in node_modules, and two checkouts do not meet.
    const folder = join(work, 'node_modules', 'better-sqlite3')
    cpSync(packageFolder, folder, {
      recursive: true,
      filter: (path) => !/better-sqlite3[\\/](prebuilds|build)([\\/]|$)/.test(path),
    })
    cpSync(
      join(projectRoot, 'node_modules', 'node-addon-api'),
      join(work, 'node_modules', 'node-addon-api'),
      { recursive: true },
    )
    const headers = headersFolder()
    const outcome = await runToEnd(
      process.execPath,
      [
        join(projectRoot, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js'),
        'rebuild',
        '--release',
        '--force_build=1',
        ...(headers ? [`--nodedir=${headers}`] : []),
      ],
      {
        cwd: folder,
        env: {
          ...process.env,
          ...(napi < prebuiltNapi
            ? { CXXFLAGS: `${process.env.CXXFLAGS ?? ''} ${compilerFlags}`.trim() }
            : {}),
        },
      },
    )
    const built = join(folder, 'build', 'Release', 'better_sqlite3.node')
    if (!hasSucceeded(outcome) || !existsSync(built)) {
      throw new SetupProblem(
        `${name}: compiling failed (${describeEnd(outcome)}).\n${outputTail(outcome)}`,
        'Install a C++20 compiler, make, Python 3 and the headers of Node.js (Debian: g++ make python3 libnode-dev). ' +
          'Or use Node.js 22.14 or newer together with the official Electron, which need no compiling.',
      )
    }
    placeFile(built, finished)
    report.progress(name, `compiled in ${seconds()} s`)
  } finally {
    clearInterval(ticker)
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * Puts a library in place by a rename: a process that has the old file loaded keeps it whole.
 * @param {string} source
 * @param {string} target
 */
export function placeFile(source, target) {
  mkdirSync(dirname(target), { recursive: true })
  const temporary = `${target}.${process.pid}.tmp`
  cpSync(source, temporary)
  renameSync(temporary, target)
}
