// Student's t distribution with any positive number of degrees of freedom, whole or not.

import { exp, log, log1p } from '../math'
import { logBeta } from './gamma'
import { incompleteBeta } from './incomplete-beta'
import { normalQuantile } from './normal'

/** x = f / (f + t^2) and 1 - x, neither of which overflows. */
function betaArguments(t: number, freedom: number): { x: number; complement: number } {
  const ratio = (t / freedom) * t
  return { x: 1 / (1 + ratio), complement: ratio === Infinity ? 1 : ratio / (1 + ratio) }
}

/** P(0 < T < t) for t >= 0, exact near 0. */
function centralMass(t: number, freedom: number): number {
  const { x, complement } = betaArguments(t, freedom)
  return 0.5 * incompleteBeta(0.5, freedom / 2, complement, x)
}

/** P(T > t) for t >= 0, exact far out. */
function tailMass(t: number, freedom: number): number {
  const { x, complement } = betaArguments(t, freedom)
  return 0.5 * incompleteBeta(freedom / 2, 0.5, x, complement)
}

/** Density, for Newton's steps. */
function density(t: number, freedom: number): number {
  const { x } = betaArguments(t, freedom)
  const logX = x > 0.5 ? -log1p((t / freedom) * t) : log(x)
  return exp(0.5 * (freedom + 1) * logX - logBeta(freedom / 2, 0.5)) / Math.sqrt(freedom)
}

/** P(T > t). @param freedom above 0 */
export function studentTSurvival(t: number, freedom: number): number {
  if (!(freedom > 0) || Number.isNaN(t)) return NaN
  return t >= 0 ? tailMass(t, freedom) : 1 - tailMass(-t, freedom)
}

/** P(T <= t). @param freedom above 0 */
export function studentTCdf(t: number, freedom: number): number {
  return studentTSurvival(-t, freedom)
}

const MOST_STEPS = 200

/** Newton's method, halving where a step leaves what is known to hold the root. */
function solve(start: number, step: (t: number) => { excess: number; next: number }): number {
  let low = 0
  let high = Infinity
  let t = start
  for (let count = 0; count < MOST_STEPS; count++) {
    const { excess, next } = step(t)
    if (excess === 0) return t
    // Positive: the root lies above t.
    if (excess > 0) low = t
    else high = t
    const isInside = next > low && next < high
    const halved = high === Infinity ? 2 * t : 0.5 * (low + high)
    const moved = isInside ? next : halved
    if (Math.abs(moved - t) <= 2e-16 * t) return moved
    t = moved
  }
  return t
}

/** t with P(T > t) = tail, 0 < tail <= 1/4: Newton on the logarithms, which are nearly a straight line far out. */
function upperQuantile(tail: number, freedom: number): number {
  if (freedom === 2) return (1 - 2 * tail) / Math.sqrt(2 * tail * (1 - tail))
  const target = log(tail)
  const start = Math.max(0.5, -normalQuantile(tail))
  return solve(start, (t) => {
    const mass = tailMass(t, freedom)
    const excess = log(mass) - target
    const slope = (t * density(t, freedom)) / mass
    return { excess, next: t * exp(Math.max(-3, Math.min(20, excess / slope))) }
  })
}

/** t with P(0 < T < t) = mass, 0 < mass < 1/4. */
function innerQuantile(mass: number, freedom: number): number {
  return solve(mass / density(0, freedom), (t) => {
    const excess = mass - centralMass(t, freedom)
    return { excess, next: t + excess / density(t, freedom) }
  })
}

/** t with P(T <= t) = p. @param freedom above 0 */
export function studentTQuantile(p: number, freedom: number): number {
  if (!(freedom > 0 && p >= 0 && p <= 1)) return NaN
  if (p === 0.5) return 0
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity
  const tail = Math.min(p, 1 - p)
  const size = tail <= 0.25 ? upperQuantile(tail, freedom) : innerQuantile(Math.abs(p - 0.5), freedom)
  return p < 0.5 ? -size : size
}

/** t with P(-t < T < t) = level, the factor of a two-sided interval. */
export function studentTFactor(level: number, freedom: number): number {
  return -studentTQuantile((1 - level) / 2, freedom)
}

/** P(|T| >= |t|), the p value of a two-sided test. */
export function twoSidedP(t: number, freedom: number): number {
  if (!(freedom > 0) || Number.isNaN(t)) return NaN
  const { x, complement } = betaArguments(t, freedom)
  return incompleteBeta(freedom / 2, 0.5, x, complement)
}
