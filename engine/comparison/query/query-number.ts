// Numbers as they are written in a query: 0.01, 1e-3, 95%, 10k, 1.5M.

const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|k|M)?$/i
/** A million only as a capital: a small m is a thousandth to many. */
const FACTORS: Readonly<Record<string, number>> = { '%': 0.01, k: 1000, K: 1000, M: 1e6 }

/** The number that the text says, or null. */
export function parseQueryNumber(text: string): number | null {
  const found = NUMBER.exec(text.trim().replaceAll('\u2212', '-'))
  if (!found) return null
  const [, digits, suffix] = found
  if (suffix === 'm') return null
  // Divided, not multiplied by 0.01: 7% has to be the number that 0.07 is.
  const value = suffix === '%' ? Number(digits) / 100 : Number(digits) * (suffix ? FACTORS[suffix] : 1)
  return Number.isFinite(value) ? value : null
}
