// From the slices of a work load to what is reported of it.
import { best, largestDifference, median, ratio } from './statistics.mjs'

/**
 * @typedef {object} Entry One contender in one work load.
 * @property {string} group "ours" or a peer.
 * @property {string | null} variant
 * @property {number[]} speeds Samples a second, a slice each.
 * @property {(number | null)[]} losses
 * @property {string[]} notes
 *
 * @typedef {object} Figure
 * @property {number} best
 * @property {number} median
 * @property {'samples/s'} unit
 * @property {number | null} loss At the last check step.
 * @property {number | null} lossDifference Largest relative difference from ours at the check steps.
 * @property {number} slices
 *
 * @typedef {Record<string, number | null>} Ratios
 * @typedef {Record<string, Figure | Record<string, Figure>>} Figures
 */

/** A work load in float32 may differ by so much over its check steps, by the order of its sums. */
const tolerances = { float32: 1e-3, float64: 1e-9 }
const ofJavaScript = ['tfjs', 'brain', 'convnet', 'synaptic']

/** @param {Pick<Entry, 'group' | 'variant'>} entry @returns {string} "numpy 1T", "convnet"; of ours its own name. */
export const titleOf = ({ group, variant }) =>
  group === 'ours' ? `${variant}` : variant === null ? group : `${group} ${variant}`

/** @param {readonly Entry[]} entries @param {(entry: Entry) => boolean} isMeant */
const bestOf = (entries, isMeant) => {
  const found = entries.filter((entry) => entry.speeds.length > 0 && isMeant(entry))
  return found.length === 0 ? undefined : Math.max(...found.map(({ speeds }) => best(speeds)))
}

/** Where users train; what runs elsewhere, marked "node", is reported beside it and takes no part in ratios. */
export const isWhereUsersTrain = (/** @type {Entry} */ { group, variant }) =>
  group === 'ours' && !`${variant}`.endsWith(' node')

/**
 * Best of ours against the best of each.
 * @param {readonly Entry[]} entries
 * @returns {Ratios}
 */
export function ratiosOf(entries) {
  const ours = bestOf(entries, isWhereUsersTrain)
  const against = (/** @type {(entry: Entry) => boolean} */ isMeant) => ratio(ours, bestOf(entries, isMeant))
  return {
    numpy: against(({ group }) => group === 'numpy'),
    'numpy 1T': against(({ group, variant }) => group === 'numpy' && variant === '1T'),
    'numpy 2T': against(({ group, variant }) => group === 'numpy' && variant === '2T'),
    torch: against(({ group }) => group === 'torch'),
    tfjs: against(({ group }) => group === 'tfjs'),
    'tfjs wasm': against(({ group, variant }) => group === 'tfjs' && variant === 'wasm'),
    bestJs: against(({ group }) => ofJavaScript.includes(group)),
  }
}

/**
 * @param {readonly Entry[]} entries
 * @param {'float32' | 'float64'} precision
 * @param {readonly string[]} notes
 * @returns {{ figures: Figures, ratios: Ratios, notes: string[] }}
 */
export function workloadResult(entries, precision, notes) {
  const expected = entries.find(({ group, losses }) => group === 'ours' && losses.length > 0)?.losses ?? []
  /** @type {Figures} */
  const figures = {}
  const said = [...notes]
  for (const entry of entries) {
    const { group, variant, speeds, losses } = entry
    const title = titleOf(entry)
    said.push(...entry.notes.map((note) => `${title}: ${note}`))
    const lossDifference = largestDifference(losses, expected)
    const differs = entry.notes.some((note) => note.startsWith('differs'))
    if (lossDifference !== null && lossDifference > tolerances[precision] && !differs) {
      said.push(`${title}: its losses differ from ours by up to ${lossDifference.toExponential(1)}`)
    }
    if (speeds.length === 0) continue
    /** @type {Figure} */
    const figure = {
      best: best(speeds),
      median: median(speeds),
      unit: 'samples/s',
      loss: losses.at(-1) ?? null,
      lossDifference,
      slices: speeds.length,
    }
    if (variant === null) figures[group] = figure
    else figures[group] = { .../** @type {Record<string, Figure>} */ (figures[group]), [variant]: figure }
  }
  // What two variants of one peer say alike is said once.
  return { figures, ratios: ratiosOf(entries), notes: [...new Set(said)] }
}
