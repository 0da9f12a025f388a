// Where an axis has ticks and what stands at them. Pure: from a range to values and texts.

const MINUS = '\u2212'

export interface Tick {
  value: number
  /** '' for a minor tick. */
  label: string
}

export function trueMinus(text: string): string {
  return text.replaceAll('-', MINUS)
}

/** The largest of 1, 2, 2.5 and 5 times a power of ten that leaves at least `count` steps, or nearly so. */
export function niceStep(span: number, count: number): number {
  const rough = span / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const share = rough / power
  const factor = share <= 1 ? 1 : share <= 2 ? 2 : share <= 2.5 ? 2.5 : share <= 5 ? 5 : 10
  return factor * power
}

export function decimalsOf(step: number): number {
  for (let decimals = 0; decimals < 12; decimals++) {
    const scaled = step * 10 ** decimals
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * Math.max(1, scaled)) return decimals
  }
  return 12
}

/** Shortest text of a value that is a multiple of `step`: 2,500; 0.15; 1e−7. */
export function tickLabel(value: number, step: number): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size < 1e-4 || size >= 1e7)
    return trueMinus(String(Number(value.toPrecision(6)).toExponential()).replace('e+', 'e'))
  return trueMinus(formatOf(decimalsOf(step)).format(value))
}

const formats: Intl.NumberFormat[] = []

/** Making a format costs a hundred times what using one does. */
function formatOf(decimals: number): Intl.NumberFormat {
  return (formats[decimals] ??= new Intl.NumberFormat('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }))
}

/** Multiples of a nice step within the range. `wholeNumbers`: steps and epochs have no halves. */
export function linearTicks(minimum: number, maximum: number, count: number, wholeNumbers = false): Tick[] {
  if (!Number.isFinite(maximum - minimum)) return []
  if (!(maximum > minimum)) return [{ value: minimum, label: tickLabel(minimum, Math.abs(minimum) || 1) }]
  let step = niceStep(maximum - minimum, count)
  if (wholeNumbers) step = Math.max(1, Math.round(step))
  const ticks: Tick[] = []
  const first = Math.ceil(minimum / step - 1e-9)
  const last = Math.floor(maximum / step + 1e-9)
  for (let index = first; index <= last; index++) {
    // Multiplied and not added up, so that 0.3 is not 0.30000000000000004 times anything.
    const value = Number((index * step).toPrecision(15))
    ticks.push({ value, label: tickLabel(value, step) })
  }
  return ticks
}

const DENSE = [1, 1.5, 2, 3, 5, 7]
const MIDDLE = [1, 2, 5]

/**
 * Labels at 1-1.5-2-3-5-7 of each decade where there is room, else at 1-2-5, else at the decades, else at every
 * second, third, ... decade. `count`: how many labels fit. Minor ticks at the other whole multiples.
 */
export function logTicks(minimum: number, maximum: number, count: number): Tick[] {
  const low = Math.log10(minimum)
  const high = Math.log10(maximum)
  if (!Number.isFinite(high - low)) return []
  const span = high - low
  // Less than a fifth of a decade: multiples say more than powers.
  if (span < 0.2) return linearTicks(minimum, maximum, Math.min(count, 6))
  const perDecade = count / span
  // 7 to 10 and 1 to 1.5 are the narrowest steps, about a seventh of a decade.
  const factors = perDecade >= 7 ? DENSE : perDecade >= 3.4 ? MIDDLE : [1]
  const every = Math.max(1, Math.ceil(1 / perDecade))
  const ticks: Tick[] = []
  for (let decade = Math.floor(low); decade <= Math.ceil(high); decade++) {
    const power = 10 ** decade
    const isLabelled = decade % every === 0
    for (const factor of new Set([...(isLabelled ? factors : []), 1, 2, 3, 4, 5, 6, 7, 8, 9])) {
      const value = Number((factor * power).toPrecision(12))
      if (value < minimum * (1 - 1e-9) || value > maximum * (1 + 1e-9)) continue
      const hasLabel = isLabelled && factors.includes(factor)
      if (!hasLabel && span > 8) continue
      ticks.push({ value, label: hasLabel ? logLabel(value) : '' })
    }
  }
  ticks.sort((a, b) => a.value - b.value)
  // Less than a decade may hold two or three of them: even steps then say more.
  const labels = ticks.filter((tick) => tick.label).length
  return labels >= 4 || span >= 1.2 ? ticks : linearTicks(minimum, maximum, Math.min(count, 6))
}

const logFormat = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })

function logLabel(value: number): string {
  if (value < 1e-3 || value >= 1e6) return trueMinus(value.toExponential().replace('e+', 'e'))
  return logFormat.format(value)
}
