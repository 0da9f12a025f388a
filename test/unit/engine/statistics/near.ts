import { expect } from 'vitest'

/** Equal but for a relative error, or an absolute one where that is larger. */
export function expectNear(found: number, expected: number, relative: number, absolute = 0): void {
  const error = Math.abs(found - expected)
  const allowed = Math.max(relative * Math.abs(expected), absolute)
  expect(error <= allowed, `${found} is ${error / Math.abs(expected)} off ${expected}`).toBe(true)
}
