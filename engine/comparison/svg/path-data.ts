// Points as the data of an SVG path, in few characters: relative, in tenths of a pixel, without points that would
// change the line by less than that. What rises or falls is kept, however short.

/** Farthest that a line may pass from a point that is left out, in pixels. */
const TOLERANCE = 0.12
/** Tenths of a pixel. */
const UNITS = 10

/** "1.5", ".5", "-12" from a count of tenths. */
function tenths(value: number): string {
  const whole = Math.trunc(value / UNITS)
  const rest = Math.abs(value % UNITS)
  const sign = value < 0 && whole === 0 ? '-' : ''
  if (rest === 0) return `${whole}`
  return `${sign}${whole === 0 ? '' : whole}.${rest}`
}

/** Writes numbers after each other with a space only where they would run together. */
class PathWriter {
  text = ''
  #command = ''
  #hasPoint = false

  add(command: string, ...values: readonly number[]): void {
    if (command !== this.#command) {
      this.text += command
      this.#command = command
      this.#write(tenths(values[0]), true)
    } else this.#write(tenths(values[0]), false)
    for (const value of values.slice(1)) this.#write(tenths(value), false)
    // Numbers that follow a move are lines.
    if (command === 'M') this.#command = ''
  }

  close(): void {
    this.text += 'z'
    this.#command = ''
  }

  #write(number: string, isFirst: boolean): void {
    const standsAlone = isFirst || number.startsWith('-') || (number.startsWith('.') && this.#hasPoint)
    this.text += standsAlone ? number : ` ${number}`
    this.#hasPoint = number.includes('.')
  }
}

/** Marks the points of [from, to] that a line within the tolerance needs (Ramer, Douglas and Peucker). */
function keepNeeded(points: ArrayLike<number>, from: number, to: number, isKept: Uint8Array): void {
  const stack = [from, to]
  while (stack.length > 0) {
    const last = stack.pop() as number
    const first = stack.pop() as number
    const x = points[2 * first]
    const y = points[2 * first + 1]
    const dx = points[2 * last] - x
    const dy = points[2 * last + 1] - y
    const length = Math.hypot(dx, dy)
    let farthest = -1
    let distance = TOLERANCE
    for (let index = first + 1; index < last; index++) {
      const px = points[2 * index] - x
      const py = points[2 * index + 1] - y
      // From the segment and not the endless line: a spike that comes back the same way lies on that.
      const share = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / (length * length)))
      const off = Math.hypot(px - share * dx, py - share * dy)
      if (off <= distance) continue
      distance = off
      farthest = index
    }
    if (farthest < 0) continue
    isKept[farthest] = 1
    stack.push(first, farthest, farthest, last)
  }
}

function addStretch(
  writer: PathWriter,
  points: ArrayLike<number>,
  from: number,
  to: number,
  isClosed: boolean,
): void {
  const isKept = new Uint8Array(to + 1)
  isKept[from] = isKept[to] = 1
  keepNeeded(points, from, to, isKept)
  let x = Math.round(points[2 * from] * UNITS)
  let y = Math.round(points[2 * from + 1] * UNITS)
  writer.add('M', x, y)
  let hasLine = false
  for (let index = from + 1; index <= to; index++) {
    if (isKept[index] === 0) continue
    const nextX = Math.round(points[2 * index] * UNITS)
    const nextY = Math.round(points[2 * index + 1] * UNITS)
    if (nextX === x && nextY === y) continue
    if (nextY === y) writer.add('h', nextX - x)
    else if (nextX === x) writer.add('v', nextY - y)
    else writer.add('l', nextX - x, nextY - y)
    x = nextX
    y = nextY
    hasLine = true
  }
  if (isClosed) writer.close()
  // A point alone is a line of no length: round caps show it.
  else if (!hasLine) writer.add('h', 0)
}

/**
 * @param points x, y, x, y, ... in pixels; a NaN pair lifts the pen
 * @param length numbers in use
 */
export function pathData(points: ArrayLike<number>, length: number, isClosed = false): string {
  const writer = new PathWriter()
  const count = length / 2
  let start = -1
  for (let index = 0; index <= count; index++) {
    const isPoint = index < count && !Number.isNaN(points[2 * index + 1])
    if (isPoint) {
      if (start < 0) start = index
      continue
    }
    if (start >= 0) addStretch(writer, points, start, index - 1, isClosed)
    start = -1
  }
  return writer.text
}
