// One work load: all contenders are started, prepared with the same data, measured in turn and ended.
import { measure } from './rounds.mjs'
import { titleOf } from './result.mjs'

/**
 * @typedef {object} Contender
 * @property {string} group
 * @property {string | null} variant
 * @property {number} restMs
 * @property {(workload: string) => boolean} supports
 * @property {() => import('./channel.mjs').Channel} spawn
 *
 * @typedef {object} Contest
 * @property {import('./result.mjs').Entry[]} entries
 * @property {Record<string, string>} versions
 * @property {string[]} notes Who could not take part, and why.
 */

const prepareMs = 180_000
const sliceMs = 120_000

/**
 * @param {string} id
 * @param {string} dataFile
 * @param {readonly Contender[]} contenders
 * @param {import('./rounds.mjs').Pace} pace
 * @param {(text: string) => void} say
 * @returns {Promise<Contest>}
 */
export async function contest(id, dataFile, contenders, pace, say) {
  /** @type {Contest} */
  const found = { entries: [], versions: {}, notes: [] }
  /** @type {import('./channel.mjs').Channel[]} */
  const open = []
  /** @type {Map<string, import('./result.mjs').Entry>} */
  const entries = new Map()
  const runners = []
  try {
    for (const contender of contenders.filter(({ supports }) => supports(id))) {
      const key = titleOf(contender)
      say(`${id}: ${key} prepares`)
      const channel = contender.spawn()
      open.push(channel)
      const answer = await channel
        .ask({ cmd: 'prepare', workload: id, dataFile }, prepareMs)
        .catch((/** @type {Error} */ error) => ({ error: error.message }))
      const why = answer.missing
        ? `not installed; install it by: ${answer.missing}`
        : (answer.skip ?? (answer.error && `failed: ${answer.error}`))
      if (why) {
        found.notes.push(`${key}: ${why}`)
        await channel.end()
        continue
      }
      Object.assign(found.versions, answer.versions)
      const { group, variant, restMs } = contender
      entries.set(key, { group, variant, speeds: [], losses: answer.losses, notes: answer.notes ?? [] })
      const slice = async (/** @type {number} */ ms) => {
        const timed = await channel.ask({ cmd: 'slice', ms }, sliceMs)
        if (timed.error) throw new Error(timed.error)
        return timed
      }
      runners.push({ key, restMs, slice })
    }
    say(`${id}: ${runners.length} contenders in turn`)
    const speeds = await measure(runners, pace, (key, problem) =>
      found.notes.push(`${key}: failed: ${problem.message}`),
    )
    for (const [key, entry] of entries) found.entries.push({ ...entry, speeds: speeds.get(key) ?? [] })
    return found
  } finally {
    await Promise.all(open.map((channel) => channel.end()))
  }
}
