// Best and median of slices, and ratios of best against best: on a shared machine a median moves with its neighbours.

/** @param {readonly number[]} values @returns {number} NaN of none. */
export function median(values) {
  if (values.length === 0) return NaN
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** @param {readonly number[]} values @returns {number} The largest; NaN of none. */
export const best = (values) => (values.length === 0 ? NaN : Math.max(...values))

/**
 * @param {number | undefined} ours
 * @param {number | undefined} theirs
 * @returns {number | null} null where one of them was not measured.
 */
export const ratio = (ours, theirs) =>
  ours !== undefined && theirs !== undefined && ours > 0 && theirs > 0 ? ours / theirs : null

/**
 * The largest relative difference of losses at the same steps.
 * @param {readonly (number | null)[]} found
 * @param {readonly (number | null)[]} expected
 * @returns {number | null} null where there is nothing to compare.
 */
export function largestDifference(found, expected) {
  let largest = null
  for (let i = 0; i < Math.min(found.length, expected.length); i++) {
    const [a, b] = [found[i], expected[i]]
    if (a === null || b === null) continue
    largest = Math.max(largest ?? 0, Math.abs(a - b) / Math.max(Math.abs(b), 1e-12))
  }
  return largest
}
