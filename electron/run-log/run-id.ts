// Short names for runs that sort by time of creation, unique within a log.

/** Crockford's base 32 in lower case: no i, l, o or u, so that an id can be read aloud. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
const TIME_DIGITS = 9
const RANDOM_DIGITS = 2

function toBase32(value: number, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = DIGITS[rest % 32] + text
  return text
}

function timeOf(id: string): number {
  return [...id.slice(1, 1 + TIME_DIGITS)].reduce((time, digit) => time * 32 + DIGITS.indexOf(digit), 0)
}

/**
 * 'r', milliseconds since 1970 (nine digits, enough until the year 3084), two random digits.
 * @param newest The id given out last, if any: the new one sorts after it even where the clock was set back.
 */
export function createRunId(now: number, newest: string | null, random: () => number = Math.random): string {
  const time = newest === null ? now : Math.max(now, timeOf(newest) + 1)
  return (
    'r' + toBase32(time, TIME_DIGITS) + toBase32(Math.floor(random() * 32 ** RANDOM_DIGITS), RANDOM_DIGITS)
  )
}
