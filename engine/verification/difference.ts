// One derivative against central differences: what the differences say, and whether they can say it. Where a loss
// has a kink (ReLU, leaky ReLU, ELU, MAE, Huber) a difference across it is the derivative of neither side.

/** cbrt(2^-52), rounded to a power of two so that p + h and p - h lose no more bits than they must. */
export const STEP = 2 ** -17
/** Of the second try: near kinks lie outside it, and a curve shows itself by being straighter. */
const FINER = 1 / 8

/**
 * Rounding of a central difference of a loss near 1: one unit in the last place, divided by the step.
 * It is 2^-35, about 3e-11; a derivative is not known better than this.
 */
export const RESOLUTION = Number.EPSILON / STEP

/** pass, fail, or kink: the differences do not settle, and what they allow includes the analytic value. */
export const VERDICTS = ['pass', 'fail', 'kink'] as const
export type Verdict = (typeof VERDICTS)[number]

export interface Comparison {
  /** The best estimate by differences. */
  numeric: number
  /** |analytic - numeric| / max(|analytic|, |numeric|, floor) */
  error: number
  verdict: Verdict
}

export interface Measure {
  tolerance: number
  /** Below this size derivatives are compared by their difference, divided by it. */
  floor: number
}

/** NaN where either is NaN, Infinity where one is infinite and the other is not. */
export function relativeError(analytic: number, numeric: number, floor: number): number {
  if (analytic === numeric) return 0
  const size = Math.max(Math.abs(analytic), Math.abs(numeric), floor)
  return size === Infinity ? Infinity : Math.abs(analytic - numeric) / size
}

/** Estimates of a derivative from the loss at p, p ± h/2 and p ± h. */
interface Estimates {
  /** Richardson's extrapolation of the central differences: its error is O(h^4). */
  central: number
  /** From one side only, error O(h^2). */
  left: number
  right: number
  /** How far they are apart: little on a curve, as much as the slopes at a kink. */
  spread: number
}

/**
 * Compares the derivative of a loss with respect to one parameter with differences of that loss:
 * (L(p + h) - L(p - h)) / 2h with h = STEP max(1, |p|); where that does not agree, Richardson's extrapolation of h
 * and h/2 and the differences of each side, which a kink on the other side does not reach; then the same at h/8.
 * Each of them is the derivative where it exists, so agreement with one is agreement with the derivative.
 *
 * What agrees with none is at a kink when the estimates are as far from each other as from the analytic value, at
 * the step where they are closest together; else it is wrong.
 *
 * @param lossAt the loss with the parameter set to a value
 * @param loss lossAt(value), known already
 */
export function compareDerivative(
  lossAt: (value: number) => number,
  loss: number,
  value: number,
  analytic: number,
  measure: Measure,
): Comparison {
  const step = STEP * Math.max(1, Math.abs(value))
  const compared = (numeric: number): Comparison => {
    const error = relativeError(analytic, numeric, measure.floor)
    return { numeric, error, verdict: error <= measure.tolerance ? 'pass' : 'fail' }
  }

  const plus = lossAt(value + step)
  const minus = lossAt(value - step)
  const first = compared((plus - minus) / (2 * step))
  // Beside a loss that is no number there is no derivative, on neither side.
  if (first.verdict === 'pass' || !Number.isFinite(plus - minus)) return first
  const coarse = estimatesOf(lossAt, loss, value, step, plus, minus)
  const fineStep = step * FINER
  const fine = estimatesOf(lossAt, loss, value, fineStep, lossAt(value + fineStep), lossAt(value - fineStep))
  for (const { central, left, right } of [coarse, fine]) {
    for (const numeric of [central, left, right]) {
      const next = compared(numeric)
      if (next.verdict === 'pass') return next
    }
  }
  const { central, spread } = coarse.spread <= fine.spread ? coarse : fine
  const isPossible = Math.abs(analytic - central) <= 2 * spread
  return { ...compared(central), verdict: isPossible ? 'kink' : 'fail' }
}

function estimatesOf(
  lossAt: (value: number) => number,
  loss: number,
  value: number,
  step: number,
  plus: number,
  minus: number,
): Estimates {
  const halfPlus = lossAt(value + step / 2)
  const halfMinus = lossAt(value - step / 2)
  const whole = (plus - minus) / (2 * step)
  const half = (halfPlus - halfMinus) / step
  const central = (4 * half - whole) / 3
  const left = (3 * loss - 4 * halfMinus + minus) / step
  const right = (4 * halfPlus - 3 * loss - plus) / step
  return { central, left, right, spread: Math.max(Math.abs(left - central), Math.abs(right - central)) }
}
