// Geometry of a sparkline: log y on its own scale, as losses span decades; linear where a value is not positive.

export interface SparkPath {
  /** SVG path data; gaps where values are not finite. */
  line: string
  /** The last finite point. */
  end: { x: number; y: number } | null
}

/** Room for the stroke and the dot at the end. */
const INSET = 2.5

export function sparkPath(values: readonly number[], width: number, height: number): SparkPath {
  return scaledPath(values, width, height, values.length, rangeOf([values]))
}

/** Lines of several curves on one scale, values in the same place above each other. */
export function sparkPaths(curves: readonly (readonly number[])[], width: number, height: number): string[] {
  const longest = Math.max(0, ...curves.map((values) => values.length))
  const range = rangeOf(curves)
  return curves.map((values) => scaledPath(values, width, height, longest, range).line)
}

interface Range {
  scale: (value: number) => number
  low: number
  high: number
}

function rangeOf(curves: readonly (readonly number[])[]): Range {
  const finite = curves.flatMap((values) => values.filter(Number.isFinite))
  const scale = finite.every((value) => value > 0) ? Math.log : (value: number) => value
  let low = Infinity
  let high = -Infinity
  for (const value of finite) {
    low = Math.min(low, scale(value))
    high = Math.max(high, scale(value))
  }
  return { scale, low, high }
}

function scaledPath(
  values: readonly number[],
  width: number,
  height: number,
  length: number,
  { scale, low, high }: Range,
): SparkPath {
  const innerWidth = width - 2 * INSET
  const innerHeight = height - 2 * INSET
  const round = (value: number): number => Math.round(value * 10) / 10

  let line = ''
  let isDown = false
  let end: SparkPath['end'] = null
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) {
      isDown = false
      return
    }
    const share = length === 1 ? 1 : index / (length - 1)
    // A constant lies in the middle.
    const rise = high === low ? 0.5 : (scale(value) - low) / (high - low)
    const x = round(INSET + share * innerWidth)
    const y = round(INSET + (1 - rise) * innerHeight)
    line += `${isDown ? 'L' : 'M'}${x} ${y}`
    isDown = true
    end = { x, y }
  })
  return { line, end }
}
