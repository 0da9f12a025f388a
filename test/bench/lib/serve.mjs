// A contender's side of the line protocol, for Node: one JSON object a line, one answer a line.
//   {"cmd":"prepare","workload":"C","dataFile":"..."} -> {"ok":true,"versions":{},"losses":[],"notes":[]}
//   {"cmd":"slice","ms":20}                           -> {"samples":n,"ms":t}
//   {"cmd":"exit"}
// or {"missing":"how to install it"}, {"skip":"why it cannot"}, {"error":"..."}. Between lines it waits blocked.
import { createInterface } from 'node:readline'
import { readData } from './data.mjs'

/**
 * @typedef {object} Trainer
 * @property {() => void} step One whole step; step after step goes through the batches of the data.
 * @property {(count: number) => void} [steps] So many steps, where that is more than step() so often.
 * @property {number} samples Examples a step (a product: 1).
 * @property {Record<string, string>} versions
 * @property {(number | null)[]} losses At the check steps; null where they mean something else.
 * @property {string[]} [notes] What differs from the model asked for.
 * @property {() => void} [afterSlice] Not timed.
 *
 * @typedef {import('./data.mjs').Workload & import('./data.mjs').Product &
 *   { arrays: Record<string, import('./data.mjs').NamedArray> }} Data
 */

/** What the contender cannot train, with the reason. */
export class Skip extends Error {}

/**
 * The import of a library that may not be installed.
 * @param {() => Promise<any>} load
 */
export async function loadLibrary(load) {
  try {
    const module = await load()
    return module.default ?? module
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw Object.assign(new Error('missing'), { missing: 'npm install --prefix test/bench/peers' })
  }
}

/**
 * Losses at the check steps, each before its update, while training so far.
 * @param {Data} data
 * @param {(k: number) => number} lossOf of batch k
 * @param {(k: number) => void} stepOn
 * @returns {number[]}
 */
export function trainChecked({ checkSteps, batches }, lossOf, stepOn) {
  const losses = []
  for (let step = 1; step <= checkSteps[checkSteps.length - 1]; step++) {
    const k = (step - 1) % batches
    if (checkSteps.includes(step)) losses.push(lossOf(k))
    stepOn(k)
  }
  return losses
}

/**
 * Steps through the batches, going on where the checked steps ended.
 * @param {Data} data
 * @param {(k: number) => void} stepOn
 * @returns {() => void}
 */
export function cycle({ checkSteps, batches }, stepOn) {
  let k = checkSteps[checkSteps.length - 1] % batches
  return () => {
    stepOn(k)
    if (++k === batches) k = 0
  }
}

/**
 * What answers the messages of the protocol, whatever carries them.
 * @param {(data: Data) => Promise<Trainer> | Trainer} prepare
 * @returns {(message: any) => Promise<object>}
 */
export function answering(prepare) {
  // What a library has to say must not stand between the answers.
  console.log = console.info = console.debug = console.error
  /** @type {Trainer | null} */
  let trainer = null
  let stepsATime = 1

  /** @param {number} ms */
  function slice(ms) {
    if (trainer === null) throw new Error('A slice was asked for before prepare.')
    const { step, steps: many, samples, afterSlice } = trainer
    let steps = 0
    let elapsed = 0
    const start = performance.now()
    do {
      const before = elapsed
      if (many !== undefined) many(stepsATime)
      else for (let i = 0; i < stepsATime; i++) step()
      steps += stepsATime
      elapsed = performance.now() - start
      // Reading the clock costs as much as a small step: look at it about every fifth of a millisecond.
      if (elapsed - before < 0.1) stepsATime *= 2
      else if (elapsed - before > 0.4 && stepsATime > 1) stepsATime /= 2
    } while (elapsed < ms)
    afterSlice?.()
    return { samples: steps * samples, ms: elapsed }
  }

  return async (message) => {
    try {
      if (message.cmd !== 'prepare') return slice(message.ms)
      trainer = await prepare(readData(message.dataFile))
      const { versions, losses, notes = [] } = trainer
      return { ok: true, versions, losses, notes }
    } catch (error) {
      if (error instanceof Skip) return { skip: error.message }
      if (error instanceof Error && 'missing' in error) return { missing: error.missing }
      console.error(error)
      return { error: String(error) }
    }
  }
}

/** @param {(data: Data) => Promise<Trainer> | Trainer} prepare */
export async function serve(prepare) {
  const answer = answering(prepare)
  for await (const line of createInterface({ input: process.stdin })) {
    const message = JSON.parse(line)
    if (message.cmd === 'exit') break
    process.stdout.write(`${JSON.stringify(await answer(message))}\n`)
  }
  process.exit(0)
}
