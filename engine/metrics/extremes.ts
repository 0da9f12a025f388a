// Lowest and highest value of any stretch of a long column, quickly: a pyramid over blocks of values that grows
// with its column. It holds positions and not values, so that a reader also learns which of the two comes first.

/** Values of one block on the lowest level; shorter stretches are scanned. */
const BLOCK = 32
/** Blocks of one level in one of the next. */
const FACTOR = 8
/** Position of a block that holds no finite value. */
const NONE = 0xffffffff

interface Level {
  lowest: Uint32Array
  highest: Uint32Array
  count: number
}

/** Where the extremes of a stretch lie; both -1 where it holds no finite value. */
export interface ExtremePositions {
  lowest: number
  highest: number
}

function withRoom(array: Uint32Array, count: number): Uint32Array {
  if (count <= array.length) return array
  // A column that grows asks again and again; most are complete at once.
  const larger = new Uint32Array(array.length === 0 ? count : Math.max(count, array.length * 2))
  larger.set(array)
  return larger
}

/** Fills a level from the blocks of the one below it. */
function joinBlocks(
  values: Float64Array,
  below: Level,
  { lowest, highest, count }: Level,
  complete: number,
): void {
  for (let block = count; block < complete; block++) {
    let lowestAt = NONE
    let highestAt = NONE
    for (let part = block * FACTOR; part < (block + 1) * FACTOR; part++) {
      const low = below.lowest[part]
      if (low === NONE) continue
      const high = below.highest[part]
      if (lowestAt === NONE || values[low] < values[lowestAt]) lowestAt = low
      if (highestAt === NONE || values[high] > values[highestAt]) highestAt = high
    }
    lowest[block] = lowestAt
    highest[block] = highestAt
  }
}

/** NaN and the infinities are never an extreme. */
export class Extremes {
  readonly #levels: Level[] = []
  #length = 0
  readonly #found: ExtremePositions = { lowest: -1, highest: -1 }

  /** Takes in the values behind those it knows; the known ones must not have changed. */
  extend(values: Float64Array): void {
    this.#length = values.length
    let size = BLOCK
    for (let index = 0; size <= this.#length; index++, size *= FACTOR) {
      const level = (this.#levels[index] ??= {
        lowest: new Uint32Array(0),
        highest: new Uint32Array(0),
        count: 0,
      })
      const complete = Math.floor(this.#length / size)
      if (level.count === complete) continue
      level.lowest = withRoom(level.lowest, complete)
      level.highest = withRoom(level.highest, complete)
      if (index === 0) this.#scanBlocks(values, level, complete)
      else joinBlocks(values, this.#levels[index - 1], level, complete)
      level.count = complete
    }
  }

  /** Fills the lowest level from the block behind those it has up to `complete`. */
  #scanBlocks(values: Float64Array, level: Level, complete: number): void {
    for (; level.count < complete; level.count++) {
      const from = level.count * BLOCK
      const { lowest, highest } = this.find(values, from, from + BLOCK)
      level.lowest[level.count] = lowest < 0 ? NONE : lowest
      level.highest[level.count] = highest < 0 ? NONE : highest
    }
  }

  /**
   * Positions of the lowest and highest finite value in [from, to); the first of equal ones.
   * The answer is one object that the next call overwrites: it is asked thousands of times a frame.
   */
  find(values: Float64Array, from: number, to: number): ExtremePositions {
    let lowest = -1
    let highest = -1
    let low = Infinity
    let high = -Infinity
    let position = from
    const isShort = to - from < BLOCK
    while (position < to) {
      const level = isShort ? -1 : this.#levelAt(position, to)
      if (level < 0) {
        const end = Math.min(to, (Math.floor(position / BLOCK) + 1) * BLOCK)
        for (; position < end; position++) {
          const value = values[position]
          // Two comparisons that NaN fails; the infinities fail the second pair.
          if (value < low && value > -Infinity) {
            low = value
            lowest = position
          }
          if (value > high && value < Infinity) {
            high = value
            highest = position
          }
        }
        continue
      }
      const size = BLOCK * FACTOR ** level
      const block = position / size
      const blockLowest = this.#levels[level].lowest[block]
      if (blockLowest !== NONE) {
        const blockHighest = this.#levels[level].highest[block]
        if (values[blockLowest] < low) {
          low = values[blockLowest]
          lowest = blockLowest
        }
        if (values[blockHighest] > high) {
          high = values[blockHighest]
          highest = blockHighest
        }
      }
      position += size
    }
    this.#found.lowest = lowest
    this.#found.highest = highest
    return this.#found
  }

  /** The highest level with a known block that starts at `position` and ends by `to`; -1 where there is none. */
  #levelAt(position: number, to: number): number {
    let best = -1
    let size = BLOCK
    for (let index = 0; index < this.#levels.length; index++, size *= FACTOR) {
      if (position % size !== 0 || position + size > to) break
      if (position / size >= this.#levels[index].count) break
      best = index
    }
    return best
  }
}
