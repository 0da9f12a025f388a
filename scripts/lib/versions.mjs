// Version numbers, and the oldest Node the scripts run on.
import { SetupProblem } from './problem.mjs'

export const oldestNode = '20.19.0'

/**
 * @param {string} text "v20.19.0", "20.19" or "33.2.1-beta.1"
 * @returns {[number, number, number]}
 * @throws {SetupProblem} when the text is no version.
 */
export function parseVersion(text) {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+].*)?$/.exec(text.trim())
  if (!match) {
    throw new SetupProblem(
      `Version "${text}": expected numbers such as 20.19.0.`,
      'Check the installation it came from.',
    )
  }
  return [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)]
}

/**
 * @param {string} version
 * @param {string} minimum
 * @returns {boolean}
 */
export function isAtLeast(version, minimum) {
  const found = parseVersion(version)
  const wanted = parseVersion(minimum)
  for (let part = 0; part < 3; part += 1) {
    if (found[part] !== wanted[part]) return found[part] > wanted[part]
  }
  return true
}

/**
 * @param {string} version
 * @throws {SetupProblem} when it is older than the project runs on.
 */
export function requireNodeVersion(version = process.version) {
  if (isAtLeast(version, oldestNode)) return
  throw new SetupProblem(
    `Node.js ${version.replace(/^v/, '')}: Descent needs ${oldestNode} or newer.`,
    'Install a current Node.js (with nvm: nvm install 22 && nvm use 22) and run the command again.',
  )
}
