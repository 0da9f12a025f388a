// Numbers, products and sums as LaTeX, rounded for reading; the exact value stands beside the equation.

/** Significant digits in an equation: enough to follow the arithmetic, few enough to read it. */
const DIGITS = 5

/** 0.593270, -1.2 \times 10^{-5}, \infty: as short as its digits allow. */
export function texNumber(value: number, digits = DIGITS): string {
  if (Number.isNaN(value)) return String.raw`\mathrm{NaN}`
  if (!Number.isFinite(value)) return value > 0 ? String.raw`\infty` : String.raw`-\infty`
  const [mantissa, exponent] = Number(value.toPrecision(digits)).toExponential().split('e')
  const power = Number(exponent)
  if (value === 0 || (power >= -4 && power < 7)) return String(Number(value.toPrecision(digits)))
  const factor = mantissa === '1' ? '' : mantissa === '-1' ? '-' : String.raw`${mantissa} \times `
  return `${factor}10^{${power}}`
}

/** In parentheses where a sign or a power of ten could be misread behind an operator. */
export function texFactor(value: number, digits = DIGITS): string {
  const text = texNumber(value, digits)
  return /^-|10\^/.test(text) ? `(${text})` : text
}

export function texProduct(left: number, right: number): string {
  return String.raw`${texNumber(left)} \cdot ${texFactor(right)}`
}

/** " + 0.3" or " - 0.3". */
export function texAdded(value: number): string {
  const text = texNumber(value)
  return text.startsWith('-') ? `- ${text.slice(1)}` : `+ ${text}`
}

/** A product with its sign in front, to stand behind others in a sum. */
export function texAddedProduct(left: number, right: number): string {
  return String.raw`${texAdded(left)} \cdot ${texFactor(right)}`
}

/** Lines below each other, set at their "&". */
export function texLines(lines: readonly string[]): string {
  if (lines.length === 1) return lines[0].replace('&', '')
  return String.raw`\begin{aligned} ${lines.join(String.raw` \\ `)} \end{aligned}`
}

/** Signs that fit beside each other in a narrow panel, about. */
const LONGEST_LINE = 42

/** How many signs a formula shows, about: operators have room around them, other commands and braces are not seen. */
function visibleLength(latex: string): number {
  return latex.replace(/\\cdot|\\times|[+-] /g, '###').replace(/\\[a-z]+|[{}&^_\s]/gi, '').length
}

/** Parts of a sum, as many a line as fit. @param left what it is the sum for, e.g. "z_1" */
export function texSum(left: string, parts: readonly string[], result: number): string {
  return texLines([...texParts(`${left} &= `, parts), `&= ${texNumber(result)}`])
}

/** The first part without its plus behind `start`, the others behind it or on lines below. */
export function texParts(start: string, parts: readonly string[]): string[] {
  const lines = [`${start}${(parts[0] ?? '0').replace(/^\+ /, '')}`]
  for (const part of parts.slice(1)) {
    const last = lines[lines.length - 1]
    const longer = `${last} ${part}`
    if (visibleLength(longer) <= LONGEST_LINE) lines[lines.length - 1] = longer
    else lines.push(String.raw`&\quad ${part}`)
  }
  return lines
}

/** A long line in two, the result below. */
export function texBroken(line: string): string[] {
  const at = line.lastIndexOf(' = ')
  if (visibleLength(line) <= LONGEST_LINE + 2 || at < 0) return [line]
  return [line.slice(0, at), `&= ${line.slice(at + 3)}`]
}
