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
    const strength = Math.round(alpha * 256)
    const to = Math.min(high.to, low.to)
    for (let column = Math.max(low.from, high.from); column < to; column++) {
      const top = high.top[column]
      const bottom = low.bottom[column]
      if (top <= bottom) this.#paintColumn(column, top, Math.max(bottom, top + 0.5), color, strength)
    }
  }

  /**
   * One line. Flat pieces are `pen` pixels thick and steep ones a pixel wide; the area is that of a stroked line.
   * Where a steep piece goes on in the next column the two fade into each other; a spike ends where it ends.
   * @param alpha 0..1
   */
  paintLine({ top, bottom, from, to }: Spans, color: number, alpha: number, pen: number): void {
    const strength = Math.round(alpha * 256)
    for (let column = from; column < to; column++) {
      const upper = top[column]
      const lower = bottom[column]
      if (upper > lower || lower < -pen || upper > this.height + pen) continue
      const length = lower - upper
      // Thickness of a straight line with this rise a column, without the rise itself.
      const margin = length > 60 ? 0 : (pen * (Math.sqrt(1 + length * length) - length)) / 2
      if (length < 1.5) {
        this.#paintColumn(column, upper - margin, lower + margin, color, strength)
        continue
      }
      let above = 0
      let below = 0
      for (let side = -1; side <= 1; side += 2) {
        const next = column + side
        if (next < from || next >= to || top[next] > bottom[next]) continue
        if (Math.abs(bottom[next] - upper) < 0.5) above = Math.max(above, upper - top[next])
        if (Math.abs(top[next] - lower) < 0.5) below = Math.max(below, bottom[next] - lower)
      }
      above = Math.min(above, length)
      below = Math.min(below, length)
      const start = above > 1 ? upper + above / 2 : upper - margin
      const end = below > 1 ? lower - below / 2 : lower + margin
      if (above > 1) this.#paintRamp(column, upper - above / 2, start, color, strength, false)
      if (below > 1) this.#paintRamp(column, end, lower + below / 2, color, strength, true)
      if (end > start) this.#paintColumn(column, start, end, color, strength)
    }
  }

  /** Coverage from 0 to 1 downwards, or from 1 to 0 where `isFading`. */
  #paintRamp(
    column: number,
    from: number,
    to: number,
    color: number,
    strength: number,
    isFading: boolean,
  ): void {
    const first = Math.max(0, Math.floor(from))
    const last = Math.min(this.height, Math.ceil(to))
    const scale = 1 / (to - from)
    let offset = first * this.width + column
    for (let row = first; row < last; row++, offset += this.width) {
      // Share of the row within the ramp, and the ramp's height at the middle of that share.
      const upper = row < from ? from : row
      const lower = row + 1 > to ? to : row + 1
      const along = ((upper + lower) / 2 - from) * scale
      this.#blend(offset, color, strength * (lower - upper) * (isFading ? 1 - along : along))
    }
  }

  #paintColumn(column: number, from: number, to: number, color: number, strength: number): void {
    const { width, height } = this
    const top = from < 0 ? 0 : from
    const bottom = to > height ? height : to
    if (bottom <= top) return
    const pixels = this.#pixels
    const firstWhole = Math.ceil(top)
    const lastWhole = bottom | 0
    if (firstWhole > lastWhole) {
      // Within one row.
      this.#blend(lastWhole * width + column, color, strength * (bottom - top))
      return
    }
    if (firstWhole > top) this.#blend((firstWhole - 1) * width + column, color, strength * (firstWhole - top))
    const end = lastWhole * width + column
    if (strength >= 256) {
      for (let offset = firstWhole * width + column; offset < end; offset += width) pixels[offset] = color
    } else {
      const keep = 256 - strength
      const redBlue = Math.imul(color & 0xff00ff, strength)
      const green = Math.imul(color & 0xff00, strength)
      for (let offset = firstWhole * width + column; offset < end; offset += width) {
        const old = pixels[offset]
        pixels[offset] =
          0xff000000 |
          (((Math.imul(old & 0xff00ff, keep) + redBlue) >>> 8) & 0xff00ff) |
          (((Math.imul(old & 0xff00, keep) + green) >>> 8) & 0xff00)
      }
    }
    if (bottom > lastWhole) this.#blend(end, color, strength * (bottom - lastWhole))
  }

  /** @param coverage 0..256 */
  #blend(offset: number, color: number, coverage: number): void {
    const pixels = this.#pixels
    const amount = (coverage + 0.5) | 0
    const keep = 256 - amount
    const old = pixels[offset]
    pixels[offset] =
      0xff000000 |
      (((Math.imul(old & 0xff00ff, keep) + Math.imul(color & 0xff00ff, amount)) >>> 8) & 0xff00ff) |
      (((Math.imul(old & 0xff00, keep) + Math.imul(color & 0xff00, amount)) >>> 8) & 0xff00)
  }
}
