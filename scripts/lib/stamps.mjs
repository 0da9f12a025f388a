// Small JSON records written in one piece, and cheap fingerprints that say whether a step is still current.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/**
 * @param {string} path
 * @returns {unknown} undefined when there is no readable record; a broken one counts as none.
 */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Replaces the file in one step, so that a killed process leaves the old record or the new one.
 * @param {string} path
 * @param {unknown} value
 */
export function writeJson(path, value) {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}.tmp`
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`)
  renameSync(temporary, path)
}

/**
 * @param {string} path
 * @returns {string} Changes whenever the file is replaced or edited; "missing" when there is none.
 */
export function fileMark(path) {
  const status = statSync(path, { throwIfNoEntry: false })
  return status ? `${status.size}:${Math.round(status.mtimeMs)}` : 'missing'
}

/**
 * @param {string} text
 * @returns {string}
 */
export const hashText = (text) => createHash('sha256').update(text).digest('hex').slice(0, 24)

/**
 * @param {string} path
 * @returns {string}
 */
export function fileHash(path) {
  try {
    return hashText(readFileSync(path, 'latin1'))
  } catch {
    return 'missing'
  }
}

/**
 * One mark for many files, by name, size and time: no file is read, so thousands take milliseconds.
 * @param {string} root
 * @param {readonly string[]} entries Files and folders, relative to root.
 * @returns {string}
 */
export function treeMark(root, entries) {
  /** @type {string[]} */
  const marks = []
  /** @param {string} path */
  const visit = (path) => {
    const status = statSync(path, { throwIfNoEntry: false })
    if (!status) return
    if (!status.isDirectory()) {
      marks.push(`${relative(root, path).split(sep).join('/')}=${fileMark(path)}`)
      return
    }
    for (const name of readdirSync(path)) visit(join(path, name))
  }
  for (const entry of entries) visit(join(root, entry))
  return hashText(marks.sort().join('\n'))
}

/**
 * The record of one folder's finished steps: name -> mark at the time it was finished.
 * @param {string} path
 */
export function openStamps(path) {
  const found = readJson(path)
  /** @type {Record<string, string>} */
  const marks = found !== null && typeof found === 'object' ? { .../** @type {object} */ (found) } : {}
  return {
    /** @param {string} step @param {string} mark @returns {boolean} */
    isCurrent: (step, mark) => marks[step] === mark,
    /** @param {string} step @param {string} mark */
    set(step, mark) {
      marks[step] = mark
      writeJson(path, marks)
    },
  }
}
