// The tables of NumPy's 256-step ziggurat for normal numbers (numpy/random/src/distributions/ziggurat_constants.h),
// made from their formula and equal to NumPy's in every bit. Not the drawing itself.
// Source: Marsaglia and Tsang, "The ziggurat method for generating random variables", J. Stat. Softw. 5 (2000) 8.

import { exp } from '../math/exp'
import { log } from '../math/log'

const STEPS = 256
const TWO52 = 4503599627370496

/** Where the last step's flank ends and the tail begins. */
export const TAIL_START = 3.654152885361009
export const INVERSE_TAIL_START = 0.2736612373297583
/** The area of each step; the correctly rounded value is 4 units in the last place more, NumPy's tables have this. */
const STEP_AREA = 0.004928673233974652

/** Flanks where NumPy's logarithm rounded the other way than the engine's: index and value. */
const NUMPY_FLANKS: ReadonlyMap<number, number> = new Map([
  [252, 3.224575052047802],
  [135, 1.583101723396029],
  [121, 1.4881104970574472],
  [115, 1.4478896312805758],
  [112, 1.4278281970302555],
  [111, 1.4211443986753085],
  [104, 1.374343665773166],
  [101, 1.3542453167626347],
  [97, 1.3273685776279256],
  [96, 1.3206309752210559],
  [95, 1.3138846731502203],
  [94, 1.307128989030731],
  [90, 1.2799984157138176],
  [43, 0.9277105334019996],
  [24, 0.7373872114342949],
])

/** Heights where NumPy's exponential rounded the other way than the engine's: index and value. */
const NUMPY_HEIGHTS: ReadonlyMap<number, number> = new Map([
  [200, 0.1094484571468118],
  [177, 0.1661812857644819],
  [121, 0.3304709813791636],
  [111, 0.36428246812900406],
  [38, 0.6773880362187735],
])

/** exp(-x^2 / 2) at the flank x of each step; NumPy's fi_double. */
export const HEIGHTS = new Float64Array(STEPS)
/** Flank of each step over 2^52, by which 52 random bits are scaled to its width; NumPy's wi_double. */
export const WIDTHS = new Float64Array(STEPS)
/** Below this number of 2^52 a point lies under the curve for certain; NumPy's ki_double. */
export const INNER_BOUNDS = new Float64Array(STEPS)

// Step 255 is the lowest but one and reaches to the tail; step 0 is the base strip with the tail, as wide as if it
// were a rectangle of the same area.
let flank = TAIL_START
for (let i = STEPS - 1; i > 0; i--) {
  if (i < STEPS - 1) flank = NUMPY_FLANKS.get(i) ?? Math.sqrt(-2 * log(STEP_AREA / flank + HEIGHTS[i + 1]))
  HEIGHTS[i] = NUMPY_HEIGHTS.get(i) ?? exp(-0.5 * flank * flank)
  WIDTHS[i] = flank / TWO52
}
HEIGHTS[0] = 1
WIDTHS[0] = STEP_AREA / HEIGHTS[STEPS - 1] / TWO52
// The ratios are between 1/2 and 1: adding 2^52 rounds them to integers, ties to even. Step 1, the top, has no part
// that is under the curve for certain.
for (let i = 0; i < STEPS; i++) {
  const inner = WIDTHS[(i + STEPS - 1) % STEPS]
  INNER_BOUNDS[i] = i === 1 ? 0 : (inner / WIDTHS[i]) * TWO52 + TWO52 - TWO52
}
