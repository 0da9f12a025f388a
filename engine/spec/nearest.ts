// "Did you mean": the known word nearest to a misspelled one.

/** Levenshtein distance with neighbouring letters changing places as one edit, letter case ignored. */
export function editDistance(a: string, b: string): number {
  const from = a.toLowerCase()
  const to = b.toLowerCase()
  let before: number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, j) => j)
  for (let i = 1; i <= from.length; i++) {
    const current = [i]
    for (let j = 1; j <= to.length; j++) {
      const substitution = previous[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1)
      current[j] = Math.min(previous[j] + 1, current[j - 1] + 1, substitution)
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        current[j] = Math.min(current[j], before[j - 2] + 1)
      }
    }
    before = previous
    previous = current
  }
  return previous[to.length]
}

/** The nearest of the words; null where none is near enough to be meant. */
export function nearest(word: string, words: readonly string[]): string | null {
  if (word.length > 100) return null
  let best: string | null = null
  let bestDistance = Infinity
  for (const candidate of words) {
    const lower = candidate.toLowerCase()
    const isPart =
      word.length >= 3 && (lower.includes(word.toLowerCase()) || word.toLowerCase().includes(lower))
    const distance = isPart ? 1.5 : editDistance(word, candidate)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best !== null && bestDistance <= Math.max(1.5, Math.floor(Math.max(word.length, best.length) / 3))
    ? best
    : null
}
