// Chooses the Electron runtime: one that was given, the official one, or the fallback where that is refused.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  findOfficial,
  installOfficial,
  officialVersion,
  rememberedRefusal,
  rememberRefusal,
} from './electron-official.mjs'
import { findFallback, installFallback, isFallbackPossible } from './electron-fallback.mjs'
import { cacheFolder } from './paths.mjs'
import { SetupProblem } from './problem.mjs'
import { askVersions, findRuntime, writeRuntime } from './runtime.mjs'
import { fileMark } from './stamps.mjs'
import { requireLibraries } from './system-libraries.mjs'

const name = 'Electron runtime'

/** @param {import('./runtime.mjs').RuntimeRecord} record */
const describe = (record) =>
  `${record.version} (${record.source}, Node.js ${record.node}, Node-API ${record.napi})`

/**
 * @param {string} folder ELECTRON_OVERRIDE_DIST_PATH
 * @returns {string} The executable in it.
 */
export function executableIn(folder) {
  for (const candidate of ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron']) {
    const path = join(resolve(folder), candidate)
    if (existsSync(path)) return path
  }
  throw new SetupProblem(
    `${name}: ELECTRON_OVERRIDE_DIST_PATH is "${folder}", which holds no electron executable.`,
    'Set it to the folder the executable is in, or unset it.',
  )
}

/**
 * @param {import('./output.mjs').Report} report
 * @returns {Promise<{ executable: string, source: import('./runtime.mjs').RuntimeRecord['source'], isNew: boolean }>}
 */
async function chooseRuntime(report) {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (given) return { executable: executableIn(given), source: 'override', isNew: false }
  const official = findOfficial()
  if (official) return { executable: official, source: 'official', isNew: false }

  let refusal = isFallbackPossible() ? rememberedRefusal() : undefined
  if (!refusal) {
    report.working(name, `downloading Electron ${officialVersion()}`)
    const result = await installOfficial((text) =>
      report.progress(name, `downloading Electron ${officialVersion()}: ${text}`),
    )
    if ('executable' in result) return { executable: result.executable, source: 'official', isNew: true }
    refusal = result.refusal
    if (!isFallbackPossible()) {
      throw new SetupProblem(
        `${name}: the download of Electron ${officialVersion()} failed (${refusal}).`,
        'Check the network. Behind a proxy set ELECTRON_GET_USE_PROXY=1 and HTTPS_PROXY; with a mirror set ELECTRON_MIRROR; ' +
          'or set ELECTRON_OVERRIDE_DIST_PATH to a folder with an Electron.',
      )
    }
    rememberRefusal(refusal)
  }
  const cached = findFallback()
  if (cached) return { executable: cached, source: 'fallback', isNew: false }
  report.working(
    name,
    `the official download is refused (${refusal}); taking the fallback for development and tests`,
  )
  const executable = await installFallback((text) => report.progress(name, `fallback: ${text}`))
  return { executable, source: 'fallback', isNew: true }
}

export const runtimeStep = {
  name,
  mark() {
    const record = findRuntime()
    if (!record) return 'missing'
    // Once the refusal is forgotten, the official download is tried again.
    const isDue = record.source === 'fallback' && !rememberedRefusal()
    return [
      record.executable,
      fileMark(record.executable),
      process.env.ELECTRON_OVERRIDE_DIST_PATH ?? '',
      cacheFolder(),
      isDue ? 'due' : '',
    ].join(' ')
  },
  current() {
    const record = findRuntime()
    return record ? describe(record) : 'missing'
  },
  /** @param {import('./output.mjs').Report} report */
  async run(report) {
    const { executable, source, isNew } = await chooseRuntime(report)
    await requireLibraries(executable, report)
    const versions = await askVersions(executable)
    if (!versions.electron) {
      throw new SetupProblem(
        `${name}: ${executable} is no Electron.`,
        'Unset ELECTRON_OVERRIDE_DIST_PATH, or correct it.',
      )
    }
    const record = {
      executable,
      version: versions.electron,
      source,
      napi: Number(versions.napi),
      node: versions.node,
      chromium: versions.chrome,
    }
    writeRuntime(record)
    if (isNew) report.done(name, `${describe(record)} installed`)
    else report.upToDate(name, `${describe(record)}`)
  },
}
