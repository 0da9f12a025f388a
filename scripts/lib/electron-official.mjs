// The Electron of package.json, fetched by its own installer. A network that refuses the download is noticed
// fast, and remembered for a while so that not every run waits for the same refusal.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder, projectRoot } from './paths.mjs'
import { describeBytes } from './output.mjs'
import { folderBytes } from './folders.mjs'
import { readJson, writeJson } from './stamps.mjs'

const packageFolder = join(projectRoot, 'node_modules', 'electron')
const refusalMemoryMs = 24 * 60 * 60 * 1000
const firstByteTimeoutMs = 15_000
const stallTimeoutMs = 60_000

/** @param {string} folder @returns {string} The version package.json's electron resolved to. */
export const officialVersion = (folder = packageFolder) =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version

/**
 * @param {string} folder The electron package.
 * @returns {string | undefined} The executable, when the whole of it is installed.
 */
export function findOfficial(folder = packageFolder) {
  try {
    const installed = readFileSync(join(folder, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
    const executable = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
    return installed === officialVersion(folder) && existsSync(executable) ? executable : undefined
  } catch {
    return undefined
  }
}

const refusalPath = () => join(cacheFolder(), 'official-refused.json')

/**
 * @param {unknown} record
 * @param {string} version
 * @param {number} now
 * @returns {string | undefined} Why the download was refused a short while ago.
 */
export function recentRefusal(record, version, now = Date.now()) {
  if (record === null || typeof record !== 'object') return undefined
  const {
    version: refused,
    at,
    reason,
  } = /** @type {{ version?: string, at?: number, reason?: string }} */ (record)
  if (refused !== version || typeof at !== 'number' || now - at > refusalMemoryMs || at > now)
    return undefined
  return reason ?? 'refused'
}

/** @returns {string | undefined} */
export const rememberedRefusal = () => recentRefusal(readJson(refusalPath()), officialVersion())

/** @param {string} reason */
export const rememberRefusal = (reason) =>
  writeJson(refusalPath(), { version: officialVersion(), at: Date.now(), reason })

/**
 * Runs the package's installer. It says nothing while it downloads, so its temporary folder is watched for both
 * the progress and a stall.
 * @param {(text: string) => void} onProgress
 * @returns {Promise<{ executable: string } | { refusal: string }>}
 */
export async function installOfficial(onProgress) {
  const temporary = mkdtempSync(join(tmpdir(), 'descent-electron-'))
  const environment = {
    ...process.env,
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    ELECTRON_GET_NO_PROGRESS: '1',
  }
  try {
    const reason = await new Promise((resolve) => {
      const child = spawn(process.execPath, [join(packageFolder, 'install.js')], {
        env: environment,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let stderr = ''
      let bytes = 0
      let lastChangeAt = Date.now()
      const watch = setInterval(() => {
        const size = folderBytes(temporary)
        if (size !== bytes) {
          bytes = size
          lastChangeAt = Date.now()
          onProgress(describeBytes(bytes, undefined))
        } else if (
          Date.now() - lastChangeAt > (bytes === 0 ? firstByteTimeoutMs : stallTimeoutMs) &&
          !findOfficial()
        ) {
          finish(
            bytes === 0
              ? 'no answer from the download server'
              : `the download stalled at ${describeBytes(bytes, undefined)}`,
          )
          child.kill('SIGKILL')
        }
      }, 500)
      /** @param {string} text */
      const finish = (text) => {
        clearInterval(watch)
        resolve(text)
      }
      child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text))
      child.on('error', (error) => finish(error.message))
      child.on('close', (code) =>
        finish(code === 0 ? '' : (stderr.trim().split('\n')[0] ?? '') || `exit code ${code}`),
      )
    })
    const executable = findOfficial()
    if (executable) return { executable }
    return { refusal: reason || 'the installer ended without an executable' }
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}
