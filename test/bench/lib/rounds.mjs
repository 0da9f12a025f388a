// Slices of all contenders in turn, round after round, so that whatever slows the machine slows them all alike.
import { setTimeout as wait } from 'node:timers/promises'

/**
 * @typedef {object} Runner A contender that is ready.
 * @property {string} key
 * @property {number} restMs Left alone for so long after a slice: pools of threads spin for a while.
 * @property {(ms: number) => Promise<{ samples: number, ms: number }>} slice
 *
 * @typedef {object} Pace
 * @property {number} rounds
 * @property {number} sliceMs
 * @property {number} warmUpMs One uncounted slice, in which just-in-time compilers do their work.
 * @property {number} budgetMs A contender that has used so much, with three slices or more, is not asked again.
 */

const fewestSlices = 3

/**
 * @param {readonly Runner[]} runners
 * @param {Pace} pace
 * @param {(key: string, problem: Error) => void} drop Told of a contender that failed; the others go on.
 * @param {(ms: number) => Promise<unknown>} rest
 * @returns {Promise<Map<string, number[]>>} Samples a second of every slice, by key.
 */
export async function measure(runners, { rounds, sliceMs, warmUpMs, budgetMs }, drop, rest = wait) {
  /** @type {Map<string, number[]>} */
  const speeds = new Map(runners.map(({ key }) => [key, []]))
  /** @type {Map<string, number>} */
  const used = new Map()
  const dropped = new Set()

  /** @param {Runner} runner @param {number} ms */
  async function slice({ key, restMs, slice }, ms) {
    try {
      const answer = await slice(ms)
      used.set(key, (used.get(key) ?? 0) + answer.ms)
      if (restMs > 0) await rest(restMs)
      return (1000 * answer.samples) / answer.ms
    } catch (error) {
      dropped.add(key)
      drop(key, error instanceof Error ? error : new Error(String(error)))
      return null
    }
  }

  for (const runner of runners) await slice(runner, warmUpMs)
  used.clear()
  for (let round = 0; round < rounds; round++) {
    // Another one begins each round, so that nobody always follows the same neighbour's heat.
    for (let i = 0; i < runners.length; i++) {
      const runner = runners[(i + round) % runners.length]
      const found = speeds.get(runner.key) ?? []
      const isDone = found.length >= fewestSlices && (used.get(runner.key) ?? 0) >= budgetMs
      if (isDone || dropped.has(runner.key)) continue
      const speed = await slice(runner, sliceMs)
      if (speed !== null) found.push(speed)
    }
  }
  return speeds
}
