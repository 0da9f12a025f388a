// Regular expressions that a person types, kept from taking for ever: short patterns, short texts, and no
// repetition of what repeats or chooses in itself, which is where backtracking grows exponentially.

const LONGEST_PATTERN = 200
const LONGEST_TEXT = 200
const MOST_REPETITIONS = 4

const TOKEN = /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\(\?(?:[:=!]|<[=!])|\{\d+(?:,\d*)?\}|[\s\S]/g

/** Why the pattern could take very long; null where it can not. */
function slowness(pattern: string): string | null {
  /** For each open bracket: whether a repetition or a choice is in it. */
  const open: boolean[] = []
  let closed = false
  let repetitions = 0
  for (const [token] of pattern.matchAll(TOKEN)) {
    const isRepetition = token === '*' || token === '+' || /^\{\d+(,\d*)?\}$/.test(token)
    if (isRepetition) {
      if (closed) return 'it repeats a bracket that repeats or chooses in itself'
      if (++repetitions > MOST_REPETITIONS) return `it repeats more than ${MOST_REPETITIONS} times`
      open.fill(true)
    }
    if (/^\\[1-9k]$/.test(token)) return 'it refers back to a bracket'
    if (token === '|' || token === '?') open.fill(true)
    if (token.startsWith('(')) open.push(false)
    closed = token === ')' ? (open.pop() ?? false) : false
  }
  return null
}

/** A test for texts, letter case ignored, or the sentence that says what is wrong with the pattern. */
export function patternTest(pattern: string): ((text: string) => boolean) | string {
  if (pattern.length > LONGEST_PATTERN) {
    return `The pattern has ${pattern.length} characters; it can have ${LONGEST_PATTERN}.`
  }
  const slow = slowness(pattern)
  if (slow !== null) return `The pattern could take very long: ${slow}. Make it simpler.`
  try {
    const expression = new RegExp(pattern, 'i')
    return (text) => expression.test(text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text)
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.split(': ').at(-1) : ''
    return `"${pattern}" is no regular expression: ${reason}.`
  }
}
