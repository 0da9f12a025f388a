// The members of a group at places they share: their own points where they have them, straight lines between two
// neighbours where they do not, and nothing before the first point, behind the last or across a value that is none.

export interface MemberCurve {
  /** Ascending; equal neighbours count as one place with their mean. */
  x: Float64Array
  /** Smoothed already; NaN and the infinities are no values. */
  y: Float64Array
}

/** More places than this, and than half as many again as the longest member has points: an even grid instead. */
const MOST_UNITED = 100_000

function merged(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length)
  let i = 0
  let j = 0
  let count = 0
  while (i < a.length || j < b.length) {
    const next = j >= b.length || (i < a.length && a[i] <= b[j]) ? a[i++] : b[j++]
    if (count === 0 || next !== out[count - 1]) out[count++] = next
  }
  return out.subarray(0, count)
}

function isPrefix(short: Float64Array, long: Float64Array): boolean {
  if (short === long) return true
  for (let index = 0; index < short.length; index++) if (short[index] !== long[index]) return false
  return true
}

function evenGrid(members: readonly MemberCurve[], points: number): Float64Array {
  const first = Math.min(...members.map(({ x }) => x[0]))
  const last = Math.max(...members.map(({ x }) => x[x.length - 1]))
  const grid = new Float64Array(points)
  for (let index = 0; index < points; index++) {
    grid[index] = index === points - 1 ? last : first + ((last - first) * index) / (points - 1)
  }
  return grid
}

function isStrictlyAscending(x: Float64Array): boolean {
  for (let index = 1; index < x.length; index++) if (!(x[index] > x[index - 1])) return false
  return true
}

export interface SharedPlaces {
  x: Float64Array
  isGrid: boolean
  /** Point i of every member lies at place i: as runs are that logged the same steps, whenever each of them ended. */
  isAligned: boolean
}

/**
 * Where the mean of a group is computed: at every x that any member has, so that no member's spike falls between two
 * places; where that were too many, on an even grid of as many places as the longest member has points.
 * @param members none of them empty
 */
export function sharedPlaces(members: readonly MemberCurve[]): SharedPlaces {
  const lists: Float64Array[] = []
  for (const { x } of [...members].sort((a, b) => b.x.length - a.x.length)) {
    if (!lists.some((list) => isPrefix(x, list))) lists.push(x)
  }
  if (lists.length === 1) {
    const [x] = lists
    const isAligned = isStrictlyAscending(x)
    return { x: isAligned ? x : merged(x, new Float64Array(0)), isGrid: false, isAligned }
  }
  // Pair after pair, so that many members cost a logarithm more and not a factor.
  let round = lists
  while (round.length > 1) {
    const next: Float64Array[] = []
    for (let index = 0; index < round.length; index += 2) {
      next.push(index + 1 < round.length ? merged(round[index], round[index + 1]) : round[index])
    }
    round = next
  }
  const longest = members.reduce((most, { x }) => Math.max(most, x.length), 0)
  if (round[0].length <= Math.max(MOST_UNITED, 1.5 * longest))
    return { x: round[0], isGrid: false, isAligned: false }
  return { x: evenGrid(members, Math.max(2, longest)), isGrid: true, isAligned: false }
}

/** Writes the values that members have at a place into `values`, one after the other, and answers how many there are. */
export type Gather = (place: number) => number

/** For members whose points lie at the places themselves. */
export function gatherAligned(members: readonly MemberCurve[], values: Float64Array): Gather {
  const columns = members.map(({ y }) => y)
  return (place) => {
    let count = 0
    for (const column of columns) {
      if (place >= column.length) continue
      const value = column[place]
      // Only what is finite gives 0.
      if (value - value === 0) values[count++] = value
    }
    return count
  }
}

/** For members with points elsewhere than at the places `x`, which are to be asked for in their order. */
export function gatherBetween(
  members: readonly MemberCurve[],
  x: Float64Array,
  values: Float64Array,
): Gather {
  const cursors = members.map((member) => new MemberCursor(member))
  return (place) => {
    let count = 0
    for (const cursor of cursors) {
      const value = cursor.valueAt(x[place])
      if (value === value) values[count++] = value
    }
    return count
  }
}

/** Reads one member at places that never go back. */
class MemberCursor {
  readonly #x: Float64Array
  readonly #y: Float64Array
  /** The last point before the place asked for. */
  #before = -1

  constructor({ x, y }: MemberCurve) {
    this.#x = x
    this.#y = y
  }

  /** The member's value at `place`; NaN where it has none. */
  valueAt(place: number): number {
    const x = this.#x
    const y = this.#y
    const end = x.length - 1
    let before = this.#before
    while (before < end && x[before + 1] < place) before++
    this.#before = before
    const next = before + 1
    if (next > end) return NaN
    if (x[next] === place) {
      if (next < end && x[next + 1] === place) return this.#meanAt(place, next)
      return Number.isFinite(y[next]) ? y[next] : NaN
    }
    if (before < 0) return NaN
    const low = y[before]
    const high = y[next]
    if (!Number.isFinite(low) || !Number.isFinite(high)) return NaN
    const share = (place - x[before]) / (x[next] - x[before])
    return low + (high - low) * share
  }

  /** Several points at one place, as on an axis of time that is coarser than the steps. */
  #meanAt(place: number, from: number): number {
    let sum = 0
    let count = 0
    for (let index = from; index < this.#x.length && this.#x[index] === place; index++) {
      const value = this.#y[index]
      if (!Number.isFinite(value)) continue
      sum += value
      count++
    }
    return count === 0 ? NaN : sum / count
  }
}
