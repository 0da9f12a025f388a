// What the measurements of the application share.

/** There once the window is drawn. */
export const RAIL = 'nav button'

/** Median and best. @param {readonly number[]} values */
export function figuresOf(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return { median: sorted[(sorted.length - 1) >> 1], best: sorted[0] }
}
