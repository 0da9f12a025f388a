// better-sqlite3, loadable in both runtimes: Electron's (the app) and Node.js (the unit tests and tools).
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './paths.mjs'
import { SetupProblem } from './problem.mjs'
import { describeEnd, hasSucceeded, outputTail, runToEnd } from './processes.mjs'
import { asNodeEnvironment, readRuntime, findRuntime } from './runtime.mjs'
import { compiledSqlite, placeFile, prebuiltNapi, sqliteVersion } from './sqlite-build.mjs'
import { fileMark } from './stamps.mjs'

const name = 'SQLite'
const packageFolder = join(projectRoot, 'node_modules', 'better-sqlite3')
/** Where the package looks first. */
const builtPath = join(packageFolder, 'build', 'Release', 'better_sqlite3.node')

/** In a process of its own, since a wrong binary ends the process instead of throwing. */
const probe = `
const Database = require('better-sqlite3')
const database = new Database(':memory:')
database.exec('CREATE TABLE point (step INTEGER, loss REAL) STRICT')
const insert = database.prepare('INSERT INTO point VALUES (?, ?)')
database.transaction(() => { for (let step = 0; step < 10; step += 1) insert.run(step, 1 / (step + 1)) })()
const row = database.prepare('SELECT count(*) AS count, sqlite_version() AS version FROM point').get()
if (row.count !== 10) throw new Error('10 rows written, ' + row.count + ' read')
console.log(row.version)`

/**
 * @param {readonly { title: string, executable: string }[]} runtimes
 * @returns {Promise<{ library: string, title: string, failure?: import('./processes.mjs').Outcome }>} The SQLite
 *   version, or the first runtime it does not load in.
 */
async function loadEverywhere(runtimes) {
  let library = ''
  for (const { title, executable } of runtimes) {
    const outcome = await runToEnd(executable, ['-e', probe], { cwd: projectRoot, env: asNodeEnvironment() })
    if (!hasSucceeded(outcome)) return { library, title, failure: outcome }
    library = outcome.stdout.trim()
  }
  return { library, title: '' }
}

/**
 * @param {number} electronNapi
 * @param {number} nodeNapi
 * @param {boolean} hasPrebuilt
 * @returns {boolean} By the lower level: the one file has to serve both.
 */
export const mustCompile = (electronNapi, nodeNapi, hasPrebuilt) =>
  Math.min(electronNapi, nodeNapi) < prebuiltNapi || !hasPrebuilt

/** @returns {boolean} Whether the package brings a binary for this system. */
const hasPrebuilt = () =>
  ['linux', 'linuxmusl', 'darwin', 'win32']
    .filter((system) => system.startsWith(process.platform))
    .some((system) => existsSync(join(packageFolder, 'prebuilds', `${system}-${process.arch}.node`)))

export const sqliteStep = {
  name,
  mark: () =>
    [
      findRuntime()?.napi,
      findRuntime()?.executable,
      process.execPath,
      process.version,
      fileMark(join(packageFolder, 'package.json')),
      fileMark(builtPath),
    ].join(' '),
  current: () => `better-sqlite3 ${sqliteVersion()}`,
  /** @param {import('./output.mjs').Report} report */
  async run(report) {
    const runtime = readRuntime()
    const nodeNapi = Number(process.versions.napi)
    const isCompiled = mustCompile(runtime.napi, nodeNapi, hasPrebuilt())
    const lowestNapi = Math.min(runtime.napi, nodeNapi)
    const runtimes = [
      { title: `Electron (${runtime.executable}, Node-API ${runtime.napi})`, executable: runtime.executable },
      { title: `Node.js (${process.execPath}, Node-API ${nodeNapi})`, executable: process.execPath },
    ]
    if (isCompiled) placeFile(await compiledSqlite(lowestNapi, report, name), builtPath)
    else rmSync(builtPath, { force: true })
    let result = await loadEverywhere(runtimes)
    if (result.failure && isCompiled) {
      // The file in the cache may be from another system or damaged: once, it is compiled anew.
      placeFile(await compiledSqlite(lowestNapi, report, name, true), builtPath)
      result = await loadEverywhere(runtimes)
    }
    if (result.failure) throw loadProblem(result.title, result.failure)
    const { library } = result
    report.upToDate(
      name,
      `better-sqlite3 ${sqliteVersion()} (${isCompiled ? 'compiled' : 'prebuilt'}), SQLite ${library}, loads in Electron and Node.js`,
    )
  },
}

/** @param {string} where @param {import('./processes.mjs').Outcome} outcome */
function loadProblem(where, outcome) {
  return new SetupProblem(
    `${name}: better-sqlite3 ${sqliteVersion()} does not load in ${where}: ${describeEnd(outcome)}.\n${outputTail(outcome)}`,
    `Delete ${packageFolder} and the folder "sqlite" in Descent's cache, then run the set-up again: it compiles anew, ` +
      'which needs g++, make, python3 and the headers of Node.js (Debian: apt-get install g++ make python3 libnode-dev).',
  )
}
