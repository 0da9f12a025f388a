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

/** @param {(data: Data) => Promise<Trainer> | Trainer} prepare */
export async function serve(prepare) {
  // What a library has to say must not stand between the answers.
  console.log = console.info = console.debug = console.error
  /** @type {Trainer | null} */
  let trainer = null
  let stepsATime = 1

  /** @param {number} ms */
  function slice(ms) {
    if (trainer === null) throw new Error('A slice was asked for before prepare.')
    const { step, samples, afterSlice } = trainer
    let steps = 0
    let elapsed = 0
    const start = performance.now()
    do {
      const before = elapsed
      for (let i = 0; i < stepsATime; i++) step()
      steps += stepsATime
      elapsed = performance.now() - start
      // Reading the clock costs as much as a small step: look at it about every fifth of a millisecond.
      if (elapsed - before < 0.1) stepsATime *= 2
      else if (elapsed - before > 0.4 && stepsATime > 1) stepsATime /= 2
    } while (elapsed < ms)
    afterSlice?.()
    return { samples: steps * samples, ms: elapsed }
  }

  for await (const line of createInterface({ input: process.stdin })) {
    const message = JSON.parse(line)
    /** @type {object} */
    let answer
    try {
      if (message.cmd === 'exit') break
      if (message.cmd === 'prepare') {
        trainer = await prepare(readData(message.dataFile))
        const { versions, losses, notes = [] } = trainer
        answer = { ok: true, versions, losses, notes }
      } else answer = slice(message.ms)
    } catch (error) {
      if (error instanceof Skip) answer = { skip: error.message }
      else if (error instanceof Error && 'missing' in error) answer = { missing: error.missing }
      else {
        console.error(error)
        answer = { error: String(error) }
      }
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`)
  }
  process.exit(0)
}
