// Paints many thin lines and bands into a buffer of pixels. A canvas without a GPU needs a second for two hundred
// stroked curves; a column of pixels at a time they need a few milliseconds, and each column is exact: it reaches
// from the lowest to the highest that the line reaches there. Pixels are opaque, 0xAABBGGRR as an ImageData has them.

import type { Spans } from './spans'

const pixels = new Map<string, number>()

/** '#rrggbb', or '#rgb' as the build shortens it, as a pixel. @throws on anything else */
export function pixelOf(color: string): number {
  let pixel = pixels.get(color)
  if (pixel === undefined) pixels.set(color, (pixel = parsed(color)))
  return pixel
}

function parsed(color: string): number {
  const digits = /^#([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(color)?.[1]
  if (digits === undefined)
    throw new Error(`Colour "${color}": expected #rrggbb, as all tokens of charts are.`)
  const size = digits.length / 3
  const part = (index: number) =>
    parseInt(digits.slice(index * size, (index + 1) * size).repeat(3 - size), 16)
  return ((255 << 24) | (part(2) << 16) | (part(1) << 8) | part(0)) >>> 0
}

export class Raster {
  width = 0
  height = 0
  bytes = new Uint8ClampedArray(0)
  #pixels = new Uint32Array(0)
  #wide: Raster | null = null

  /** Takes the size and paints everything in one colour. */
  clear(width: number, height: number, color: number): void {
    if (width !== this.width || height !== this.height) {
      this.width = width
      this.height = height
      this.#pixels = new Uint32Array(width * height)
      this.bytes = new Uint8ClampedArray(this.#pixels.buffer)
    }
    this.#pixels.fill(color)
  }

  /** The same picture with every column repeated. The next call overwrites it. */
  widened(times: number): Raster {
    const wide = (this.#wide ??= new Raster())
    const width = this.width * times
    if (wide.width !== width || wide.height !== this.height) wide.clear(width, this.height, 0)
    const from = this.#pixels
    const to = wide.#pixels
    for (let index = 0, at = 0; index < from.length; index++) {
      for (let copy = 0; copy < times; copy++) to[at++] = from[index]
    }
    return wide
  }

  pixelAt(column: number, row: number): number {
    return this.#pixels[row * this.width + column]
  }

  /** A rectangle of whole pixels; what lies outside is cut off. */
  fillRect(left: number, top: number, width: number, height: number, color: number): void {
    const from = Math.max(0, Math.round(left))
    const to = Math.min(this.width, Math.round(left + width))
    if (from >= to) return
    const last = Math.min(this.height, Math.round(top + height))
    for (let row = Math.max(0, Math.round(top)); row < last; row++) {
      this.#pixels.fill(color, row * this.width + from, row * this.width + to)
    }
  }

  /** Everything between the upper edge of `high` and the lower edge of `low`. @param alpha 0..1 */
  paintBand(low: Spans, high: Spans, color: number, alpha: number): void {
    const paint = penOf(color, Math.round(alpha * 256))
    const { width, height } = this
    const pixels = this.#pixels
    const to = Math.min(high.to, low.to)
    for (let column = Math.max(low.from, high.from); column < to; column++) {
      const top = high.top[column]
      const bottom = low.bottom[column]
      if (top <= bottom) paintColumn(pixels, width, height, column, top, Math.max(bottom, top + 0.5), paint)
    }
  }

  /**
   * One line. Flat pieces are `pen` pixels thick and steep ones a pixel wide; the area is that of a stroked line.
   * Where a steep piece goes on in the next column the two fade into each other; a spike ends where it ends.
   * @param alpha 0..1
   */
  paintLine({ top, bottom, from, to }: Spans, color: number, alpha: number, pen: number): void {
    const strength = Math.round(alpha * 256)
    const paint = penOf(color, strength)
    const { width, height } = this
    const pixels = this.#pixels
    for (let column = from; column < to; column++) {
      const upper = top[column]
      const lower = bottom[column]
      if (upper > lower || lower < -pen || upper > height + pen) continue
      const length = lower - upper
      // Thickness of a straight line with this rise a column, without the rise itself.
      const margin = length > 60 ? 0 : (pen * (Math.sqrt(1 + length * length) - length)) / 2
      let start = upper - margin
      let end = lower + margin
      if (length >= 1.5) {
        // How far the neighbours go on beyond this column's ends.
        let above = 0
        let below = 0
        if (column > from) {
          const upperBefore = top[column - 1]
          const lowerBefore = bottom[column - 1]
          if (upperBefore <= lowerBefore) {
            const gapAbove = lowerBefore - upper
            if (gapAbove < 0.5 && gapAbove > -0.5) above = upper - upperBefore
            const gapBelow = upperBefore - lower
            if (gapBelow < 0.5 && gapBelow > -0.5) below = lowerBefore - lower
          }
        }
        if (column + 1 < to) {
          const upperAfter = top[column + 1]
          const lowerAfter = bottom[column + 1]
          if (upperAfter <= lowerAfter) {
            const gapAbove = lowerAfter - upper
            if (gapAbove < 0.5 && gapAbove > -0.5 && upper - upperAfter > above) above = upper - upperAfter
            const gapBelow = upperAfter - lower
            if (gapBelow < 0.5 && gapBelow > -0.5 && lowerAfter - lower > below) below = lowerAfter - lower
          }
        }
        if (above > 1) {
          if (above > length) above = length
          start = upper + above / 2
          paintRamp(pixels, width, height, column, upper - above / 2, start, paint, false)
        }
        if (below > 1) {
          if (below > length) below = length
          end = lower - below / 2
          paintRamp(pixels, width, height, column, end, lower + below / 2, paint, true)
        }
      }
      paintColumn(pixels, width, height, column, start, end, paint)
    }
  }
}

/** A colour ready to be mixed in: its parts apart, as the mixing needs them. */
interface Paint {
  color: number
  redBlue: number
  green: number
  /** 0..256 */
  strength: number
}

function penOf(color: number, strength: number): Paint {
  return { color, redBlue: color & 0xff00ff, green: color & 0xff00, strength }
}

/** @param coverage 0..256 */
function blend(pixels: Uint32Array, offset: number, { redBlue, green }: Paint, coverage: number): void {
  const amount = (coverage + 0.5) | 0
  const keep = 256 - amount
  const old = pixels[offset]
  pixels[offset] =
    0xff000000 |
    (((Math.imul(old & 0xff00ff, keep) + Math.imul(redBlue, amount)) >>> 8) & 0xff00ff) |
    (((Math.imul(old & 0xff00, keep) + Math.imul(green, amount)) >>> 8) & 0xff00)
}

/** Coverage from 0 to 1 downwards, or from 1 to 0 where `isFading`. */
function paintRamp(
  pixels: Uint32Array,
  width: number,
  height: number,
  column: number,
  from: number,
  to: number,
  paint: Paint,
  isFading: boolean,
): void {
  const first = from <= 0 ? 0 : from | 0
  const last = to >= height ? height : to
  const scale = 1 / (to - from)
  let offset = first * width + column
  for (let row = first; row < last; row++, offset += width) {
    // Share of the row within the ramp, and the ramp's height at the middle of that share.
    const upper = row < from ? from : row
    const lower = row + 1 > to ? to : row + 1
    const along = ((upper + lower) / 2 - from) * scale
    blend(pixels, offset, paint, paint.strength * (lower - upper) * (isFading ? 1 - along : along))
  }
}

function paintColumn(
  pixels: Uint32Array,
  width: number,
  height: number,
  column: number,
  from: number,
  to: number,
  paint: Paint,
): void {
  const top = from < 0 ? 0 : from
  const bottom = to > height ? height : to
  if (bottom <= top) return
  const { strength } = paint
  const lastWhole = bottom | 0
  let firstWhole = top | 0
  let offset = firstWhole * width + column
  if (firstWhole < top) {
    if (firstWhole === lastWhole) {
      // Within one row.
      blend(pixels, offset, paint, strength * (bottom - top))
      return
    }
    firstWhole++
    blend(pixels, offset, paint, strength * (firstWhole - top))
    offset += width
  }
  const end = lastWhole * width + column
  if (strength >= 256) {
    const { color } = paint
    for (; offset < end; offset += width) pixels[offset] = color
  } else {
    for (; offset < end; offset += width) blend(pixels, offset, paint, strength)
  }
  if (bottom > lastWhole) blend(pixels, end, paint, strength * (bottom - lastWhole))
}
