// An order in which every beginning is an even sample of the whole: what is drawn in slices then looks like the whole
// picture from the first slice on.

/** A permutation of 0..count-1: multiples of a step that shares no divisor with the count, near its golden section. */
export function spreadOrder(count: number): Uint32Array {
  const order = new Uint32Array(count)
  let step = Math.max(1, Math.round(count * 0.6180339887))
  while (greatestDivisor(step, count) > 1) step++
  for (let index = 0, at = 0; index < count; index++) {
    order[index] = at
    at = (at + step) % count
  }
  return order
}

function greatestDivisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b]
  return a
}
