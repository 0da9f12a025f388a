// What `npm test` runs, and how each stage is started.
import { SetupProblem } from './problem.mjs'
import { npmCommand } from './processes.mjs'
import { isOnPath } from './system-libraries.mjs'

/**
 * `isQuiet`: one thread that says nothing unless it fails, so that two of them can run side by side.
 * @typedef {{ name: string, title: string, script: string, needsDisplay: boolean, isQuiet?: boolean }} Stage
 */

/** @type {readonly Stage[]} */
export const stages = [
  { name: 'lint', title: 'Lint', script: 'lint', needsDisplay: false, isQuiet: true },
  { name: 'types', title: 'Type check', script: 'typecheck', needsDisplay: false, isQuiet: true },
  { name: 'unit', title: 'Unit tests', script: 'test:unit', needsDisplay: false },
  { name: 'integration', title: 'Integration tests', script: 'test:integration', needsDisplay: false },
  { name: 'e2e', title: 'End-to-end tests', script: 'test:e2e', needsDisplay: true },
]

/**
 * @param {readonly string[]} parameters None, "--only unit" or "--only lint,unit".
 * @returns {Stage[]}
 * @throws {SetupProblem} on an unknown name.
 */
export function chooseStages(parameters) {
  if (parameters.length === 0) return [...stages]
  const names = stages.map((stage) => stage.name)
  const chosen = (parameters[1] ?? '').split(',').filter((name) => name !== '')
  const unknown = chosen.filter((name) => !names.includes(name))
  if (parameters[0] !== '--only' || parameters.length !== 2 || chosen.length === 0 || unknown.length > 0) {
    throw new SetupProblem(
      `npm test: "${parameters.join(' ')}" is not understood; expected --only with one or more of ${names.join(', ')}.`,
      'For example: npm test -- --only lint,unit',
    )
  }
  return stages.filter((stage) => chosen.includes(stage.name))
}

/**
 * Stages in their order, those together that run side by side.
 * @param {readonly Stage[]} chosen
 * @returns {Stage[][]}
 */
export function sideBySide(chosen) {
  const quiet = chosen.filter((stage) => stage.isQuiet)
  const others = chosen.filter((stage) => !stage.isQuiet).map((stage) => [stage])
  return quiet.length > 0 ? [quiet, ...others] : others
}

/**
 * @param {Stage} stage
 * @param {boolean} isDisplayThere
 * @param {boolean} hasVirtualDisplay
 * @returns {{ command: string, parameters: string[], shell: boolean }}
 */
export function stageCommand(stage, isDisplayThere, hasVirtualDisplay = isOnPath('xvfb-run')) {
  const npm = npmCommand(['run', '--silent', stage.script])
  if (!stage.needsDisplay || isDisplayThere) return npm
  if (!hasVirtualDisplay) {
    throw new SetupProblem(
      `${stage.title}: there is no display, and no xvfb-run for a virtual one.`,
      'On Debian or Ubuntu: sudo apt-get install xvfb xauth. Or run the others: npm test -- --only lint,types,unit,integration',
    )
  }
  return { command: 'xvfb-run', parameters: ['-a', npm.command, ...npm.parameters], shell: false }
}
