// The set-up: which steps a purpose needs, in which order, and only those that are not current.
import { join } from 'node:path'
import { buildStep } from './build.mjs'
import { canvasStep } from './canvas.mjs'
import { dependenciesStep } from './dependencies.mjs'
import { runtimeStep } from './electron-runtime.mjs'
import { withLock } from './lock.mjs'
import { nativeKernelStep } from './native-kernel.mjs'
import { createReport } from './output.mjs'
import { cacheFolder, projectRoot, stateFolder } from './paths.mjs'
import { SetupProblem } from './problem.mjs'
import { exitOnSignals } from './processes.mjs'
import { sqliteStep } from './sqlite.mjs'
import { hashText, openStamps, treeMark } from './stamps.mjs'
import { librariesStep } from './system-libraries.mjs'
import { requireNodeVersion } from './versions.mjs'
import { wasmKernelsStep } from './wasm-kernels.mjs'

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} [key] Of its stamp, where the name alone does not tell it from another.
 * @property {() => string} mark Cheap; the same as when the step was finished as long as nothing it rests on changed.
 * @property {() => string} current What to say when nothing is to be done.
 * @property {(report: import('./output.mjs').Report) => Promise<string | void>} run May return the mark to keep.
 */

/** @type {Record<string, readonly Step[]>} */
const stepsOf = {
  start: [
    dependenciesStep,
    runtimeStep,
    librariesStep(false),
    sqliteStep,
    canvasStep,
    nativeKernelStep,
    wasmKernelsStep,
    buildStep,
  ],
  test: [
    dependenciesStep,
    runtimeStep,
    librariesStep(true),
    sqliteStep,
    canvasStep,
    nativeKernelStep,
    wasmKernelsStep,
    buildStep,
  ],
  descent: [
    dependenciesStep,
    runtimeStep,
    sqliteStep,
    canvasStep,
    nativeKernelStep,
    wasmKernelsStep,
    buildStep,
  ],
}

export const purposes = Object.keys(stepsOf)

/**
 * @param {readonly string[]} parameters Of the command line.
 * @returns {{ purpose: string, isQuiet: boolean }}
 * @throws {SetupProblem} on anything that is not understood.
 */
export function parseSetUpParameters(parameters) {
  const rest = parameters.filter((each) => each !== '--quiet')
  const [option = '--for', purpose = 'start', ...unknown] = rest
  if (option !== '--for' || unknown.length > 0 || !purposes.includes(purpose)) {
    throw new SetupProblem(
      `setup: "${parameters.join(' ')}" is not understood; expected --for ${purposes.join('|')} and, if wanted, --quiet.`,
      'Run: node scripts/setup.mjs --for start',
    )
  }
  return { purpose, isQuiet: parameters.includes('--quiet') }
}

/**
 * Brings the checkout to the state the purpose needs. Does nothing but a few file look-ups when it is there.
 * @param {{ purpose: string, isQuiet: boolean }} options
 */
export async function setUp({ purpose, isQuiet }) {
  requireNodeVersion()
  const report = createReport({ quiet: isQuiet })
  const steps = stepsOf[purpose]
  // A changed set-up does not trust what an older one finished.
  const revision = treeMark(projectRoot, ['scripts/lib'])
  const keyOf = (/** @type {Step} */ step) => step.key ?? step.name
  // A build that took seconds stays valid: it rests on the sources only.
  const markOf = (/** @type {Step} */ step) =>
    step === buildStep ? step.mark() : `${revision} ${step.mark()}`
  const open = () => openStamps(join(stateFolder, 'setup.json'))

  let stamps = open()
  const isCurrent = (/** @type {Step} */ step) => stamps.isCurrent(keyOf(step), markOf(step))
  if (steps.every(isCurrent)) {
    for (const step of steps) report.upToDate(step.name, step.current())
    return
  }
  const giveSignalsBack = exitOnSignals()
  await withLock(
    join(cacheFolder(), 'locks', `project-${hashText(projectRoot)}`),
    async () => {
      stamps = open()
      for (const step of steps) {
        if (isCurrent(step)) {
          report.upToDate(step.name, step.current())
          continue
        }
        const mark = await step.run(report)
        stamps.set(keyOf(step), mark ?? markOf(step))
      }
    },
    (pid) =>
      report.working('Waiting', `another set-up of this checkout (process ${pid ?? 'unknown'}) is at work`),
  ).finally(giveSignalsBack)
}
