// The system's part: the shared libraries Chromium links to, and a virtual display for tests. Installed with
// apt-get where that is possible without asking (root on Debian or Ubuntu); elsewhere only named.
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { SetupProblem } from './problem.mjs'
import { describeEnd, hasSucceeded, outputTail, runToEnd } from './processes.mjs'
import { findRuntime } from './runtime.mjs'
import { fileMark } from './stamps.mjs'

const name = 'System libraries'

/** Each with all names it goes by: the t64 names are those of Ubuntu 24.04, Debian 13 and newer. */
const runtimePackages = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libnss3'],
  ['libasound2t64', 'libasound2'],
  ['libgbm1'],
  ['fonts-dejavu-core'],
]
const displayPackages = [['xvfb'], ['xauth']]
export const compilerPackages = [['g++'], ['make'], ['python3']]

/**
 * @param {readonly (readonly string[])[]} wanted Alternatives of each.
 * @param {ReadonlySet<string>} installed
 * @param {ReadonlySet<string>} available What the distribution offers.
 * @returns {string[]} The names to install: of the alternatives the one that is offered.
 */
export function packagesToInstall(wanted, installed, available) {
  return wanted
    .filter((names) => !names.some((each) => installed.has(each)))
    .map((names) => names.find((each) => available.has(each)) ?? names[names.length - 1])
}

/** @param {string} command @returns {boolean} */
export function isOnPath(command, path = process.env.PATH ?? '') {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return folder !== ''
    } catch {
      return false
    }
  })
}

/** @returns {boolean} root on Debian, Ubuntu or one of their children */
const canInstall = () =>
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  existsSync('/etc/debian_version') &&
  isOnPath('apt-get')

/** @param {readonly string[]} names @param {string} format @param {RegExp} isGood */
async function queryPackages(names, format, isGood) {
  const outcome = await runToEnd('dpkg-query', ['-W', '-f', format, ...names])
  const lines = outcome.stdout.split('\n').filter((line) => isGood.test(line))
  return new Set(lines.map((line) => line.split(' ').at(-1) ?? ''))
}

/**
 * @param {readonly (readonly string[])[]} wanted
 * @returns {Promise<string[]>} The Debian packages that are missing.
 */
async function missingPackages(wanted) {
  const names = wanted.flat()
  const installed = await queryPackages(names, '${db:Status-Abbrev} ${Package}\n', /^ii/)
  if (wanted.every((alternatives) => alternatives.some((each) => installed.has(each)))) return []
  const offered = await runToEnd('apt-cache', ['--no-all-versions', '--quiet', 'show', ...names])
  const available = new Set([...offered.stdout.matchAll(/^Package: (\S+)$/gm)].map((match) => match[1]))
  return packagesToInstall(wanted, installed, available)
}

/**
 * @param {readonly string[]} missing
 * @param {import('./output.mjs').Report} report
 */
async function aptInstall(missing, report) {
  report.working(name, `apt-get install ${missing.join(' ')}`)
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const install = () =>
    runToEnd('apt-get', ['install', '-y', '--no-install-recommends', ...missing], { env: environment })
  let outcome = await install()
  if (!hasSucceeded(outcome)) {
    // Most often the package lists are only older than the archive.
    await runToEnd('apt-get', ['update'], { env: environment })
    outcome = await install()
  }
  if (!hasSucceeded(outcome)) {
    throw new SetupProblem(
      `${name}: apt-get could not install ${missing.join(' ')} (${describeEnd(outcome)}).\n${outputTail(outcome)}`,
      `Install them by hand: apt-get update && apt-get install ${missing.join(' ')}`,
    )
  }
  report.done(name, `installed ${missing.join(' ')}`)
}

/**
 * @param {string} listing What `ldd` says.
 * @returns {string[]} Shared libraries that are not found.
 */
export const missingLibraries = (listing) =>
  [...listing.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1])

/**
 * Makes sure that an Electron executable finds its libraries.
 * @param {string} executable
 * @param {import('./output.mjs').Report} report
 * @throws {SetupProblem} naming them and the command that installs them.
 */
export async function requireLibraries(executable, report) {
  if (process.platform !== 'linux') return
  const missing = async () => missingLibraries((await runToEnd('ldd', [executable])).stdout)
  if ((await missing()).length === 0) return
  if (canInstall()) await aptInstall(await missingPackages(runtimePackages), report)
  const still = await missing()
  if (still.length === 0) return
  throw new SetupProblem(`${name}: Electron does not find ${still.join(', ')}.`, installHint(runtimePackages))
}

/** @param {readonly (readonly string[])[]} packages */
function installHint(packages) {
  const older = packages.map((names) => names.at(-1)).join(' ')
  const newer = packages.some((names) => names.length > 1)
    ? ` (on Ubuntu 24.04, Debian 13 and newer: ${packages.map((names) => names[0]).join(' ')})`
    : ''
  return `On Debian or Ubuntu: sudo apt-get install ${older}${newer}. Elsewhere install the packages that hold them.`
}

/**
 * Installs the packages where that can be done without asking.
 * @param {readonly (readonly string[])[]} wanted
 * @param {import('./output.mjs').Report} report
 */
export async function installWherePossible(wanted, report) {
  if (!canInstall()) return
  const missing = await missingPackages(wanted)
  if (missing.length > 0) await aptInstall(missing, report)
}

/** @param {boolean} needsDisplay Tests need a virtual display where there is no real one. */
export function librariesStep(needsDisplay) {
  const wanted = needsDisplay ? [...runtimePackages, ...displayPackages] : runtimePackages
  return {
    name,
    key: needsDisplay ? `${name} and display` : name,
    mark: () => `${findRuntime()?.executable} ${wanted.flat().join(' ')} ${fileMark('/var/lib/dpkg/status')}`,
    current: () => 'complete',
    /** @param {import('./output.mjs').Report} report */
    async run(report) {
      if (process.platform !== 'linux') {
        report.upToDate(name, 'none needed on this system')
        return
      }
      if (canInstall()) {
        const missing = await missingPackages(wanted)
        if (missing.length > 0) await aptInstall(missing, report)
        else report.upToDate(name, 'complete')
        return
      }
      if (needsDisplay && !process.env.DISPLAY && !isOnPath('xvfb-run')) {
        report.warning(
          name,
          `no display and no xvfb-run: the end-to-end tests will not run. ${installHint(displayPackages)}`,
        )
      } else {
        report.upToDate(name, 'complete')
      }
    },
  }
}
