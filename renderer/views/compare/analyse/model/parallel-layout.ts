// Where the lines of parallel coordinates run, in pixels, and which of them is nearest to the pointer.

export interface ParallelFrame {
  /** Pixel of each axis, ascending. */
  xs: Float64Array
  /** Pixels of share 1 and of share 0. */
  top: number
  bottom: number
  /** Where runs without a value pass. */
  foot: number
}

const HEAD = 40
const MARGIN_BOTTOM = 12
const FOOT = 22
/** Left of the first axis its labels need room, right of the last there is only half of its name. */
const LEFT = 64
const RIGHT = 64

export function parallelFrame(
  axes: number,
  width: number,
  height: number,
  hasPlaceless: boolean,
): ParallelFrame {
  const foot = height - MARGIN_BOTTOM
  const bottom = Math.max(HEAD + 40, hasPlaceless ? foot - FOOT : foot)
  const xs = new Float64Array(axes)
  const step = axes > 1 ? Math.max(0, width - LEFT - RIGHT) / (axes - 1) : 0
  for (let axis = 0; axis < axes; axis++) xs[axis] = axes > 1 ? LEFT + axis * step : width / 2
  return { xs, top: HEAD, bottom, foot: Math.max(foot, bottom) }
}

/** Vertical pixel of every run on every axis: run r on axis a at `a + r · axes`. */
export function linePixels(
  frame: ParallelFrame,
  shares: readonly Float64Array[],
  runs: number,
): Float32Array {
  const axes = shares.length
  const pixels = new Float32Array(axes * runs)
  const height = frame.bottom - frame.top
  for (let axis = 0; axis < axes; axis++) {
    const column = shares[axis]
    for (let run = 0; run < runs; run++) {
      const share = column[run]
      pixels[axis + run * axes] = Number.isNaN(share) ? frame.foot : frame.bottom - share * height
    }
  }
  return pixels
}

/** The line within `reach` pixels of (x, y), measured across the line; -1 where there is none. `isIn`: which count. */
export function nearestLine(
  frame: ParallelFrame,
  pixels: Float32Array,
  x: number,
  y: number,
  reach: number,
  isIn: Uint8Array | null,
): number {
  const { xs } = frame
  const axes = xs.length
  if (axes < 2 || x < xs[0] - reach || x > xs[axes - 1] + reach) return -1
  let left = 0
  while (left < axes - 2 && xs[left + 1] < x) left++
  const width = xs[left + 1] - xs[left]
  const share = Math.min(1, Math.max(0, (x - xs[left]) / width))
  let best = -1
  let bestDistance = reach
  for (let at = left, run = 0; at < pixels.length; at += axes, run++) {
    if (isIn && !isIn[run]) continue
    const rise = pixels[at + 1] - pixels[at]
    // Across a steep line the way is shorter than straight up.
    const distance =
      (Math.abs(pixels[at] + rise * share - y) * width) / Math.sqrt(width * width + rise * rise)
    if (distance < bestDistance) {
      bestDistance = distance
      best = run
    }
  }
  return best
}

/** Position among the others at which an axis dragged to `x` belongs. */
export function dropPosition(xs: Float64Array, dragged: number, x: number): number {
  let position = 0
  xs.forEach((each, axis) => {
    if (axis !== dragged && each < x) position++
  })
  return position
}

export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list]
  const [item] = next.splice(from, 1)
  next.splice(Math.min(next.length, Math.max(0, to)), 0, item)
  return next
}
