// A small random forest for regression on a handful of columns and some hundred rows, made to tell which column
// matters. Written here and not taken from npm: it has to draw from the engine's seeded generators, to split on
// categories as they are and to measure on rows that a tree has not seen.
// Source: Breiman, Random Forests, Machine Learning 45 (2001) 5-32.

import type { RandomSource } from '../random'

/** A number a row, or, for categories, a code from 0. A missing number is -Infinity: below all others. */
export interface ForestColumn {
  isCategory: boolean
  values: Float64Array
}

/** Parallel arrays of nodes; a leaf has no column. Left: not above the threshold, or of the category. */
interface Tree {
  column: number[]
  threshold: number[]
  left: number[]
  right: number[]
  value: number[]
  /** Rows that it has not seen. */
  isOutOfBag: Uint8Array
}

export interface Forest {
  trees: readonly Tree[]
}

const TREES = 200
const SMALLEST_LEAF = 2
const DEEPEST = 24
/** Rows that a tree is grown from; more of them cost time and tell little more. */
const MOST_ROWS = 500

interface Split {
  column: number
  threshold: number
  gain: number
}

function goesLeft({ isCategory, values }: ForestColumn, row: number, threshold: number): boolean {
  return isCategory ? values[row] === threshold : values[row] <= threshold
}

/** sum^2 / n of both sides: the larger, the less is left of the squared error. */
function gainOf(leftSum: number, leftCount: number, sum: number, count: number): number {
  const rightSum = sum - leftSum
  return (leftSum * leftSum) / leftCount + (rightSum * rightSum) / (count - leftCount)
}

function isAllowed(leftCount: number, count: number): boolean {
  return leftCount >= SMALLEST_LEAF && count - leftCount >= SMALLEST_LEAF
}

/** Halfway between two neighbours, where there is such a number. */
function between(low: number, high: number): number {
  const middle = low + (high - low) / 2
  return middle < high && middle >= low ? middle : low
}

class Grower {
  readonly #columns: readonly ForestColumn[]
  readonly #target: Float64Array
  readonly #random: RandomSource
  readonly #tried: number

  constructor(columns: readonly ForestColumn[], target: Float64Array, random: RandomSource) {
    this.#columns = columns
    this.#target = target
    this.#random = random
    // A third of the columns at each split, as Breiman advises for regression.
    this.#tried = Math.max(1, Math.ceil(columns.length / 3))
  }

  grow(): Tree {
    const count = this.#target.length
    const isOutOfBag = new Uint8Array(count).fill(1)
    const rows = Array.from({ length: Math.min(count, MOST_ROWS) }, () => {
      const row = this.#random.below(count)
      isOutOfBag[row] = 0
      return row
    })
    const tree: Tree = {
      column: [],
      threshold: [],
      left: [],
      right: [],
      value: [],
      isOutOfBag,
    }
    this.#addNode(tree, rows, 0)
    return tree
  }

  #addNode(tree: Tree, rows: readonly number[], depth: number): number {
    const at = tree.column.length
    const sum = rows.reduce((total, row) => total + this.#target[row], 0)
    tree.column.push(-1)
    tree.threshold.push(0)
    tree.left.push(-1)
    tree.right.push(-1)
    tree.value.push(sum / rows.length)
    const split = depth < DEEPEST && rows.length >= 2 * SMALLEST_LEAF ? this.#findSplit(rows, sum) : null
    if (split === null) return at
    const column = this.#columns[split.column]
    tree.column[at] = split.column
    tree.threshold[at] = split.threshold
    const isLeft = (row: number) => goesLeft(column, row, split.threshold)
    tree.left[at] = this.#addNode(tree, rows.filter(isLeft), depth + 1)
    tree.right[at] = this.#addNode(
      tree,
      rows.filter((row) => !isLeft(row)),
      depth + 1,
    )
    return at
  }

  /** The best split by the columns drawn for this node; null where none lessens the error. */
  #findSplit(rows: readonly number[], sum: number): Split | null {
    const order = this.#columns.map((_, index) => index)
    this.#random.shuffle(order)
    const unsplit = (sum * sum) / rows.length
    // Sums are rounded: a gain has to be more than that.
    let best: Split = {
      column: -1,
      threshold: 0,
      gain: unsplit + 1e-12 * Math.abs(unsplit),
    }
    let tried = 0
    for (const column of order) {
      if (tried === this.#tried && best.column >= 0) break
      if (tried < this.#tried) tried++
      const found = this.#columns[column].isCategory
        ? this.#splitByCategory(column, rows, sum)
        : this.#splitByNumber(column, rows, sum)
      if (found !== null && found.gain > best.gain) best = found
    }
    return best.column < 0 ? null : best
  }

  #splitByNumber(column: number, rows: readonly number[], sum: number): Split | null {
    const { values } = this.#columns[column]
    const sorted = [...rows].sort((a, b) =>
      values[a] === values[b] ? a - b : values[a] < values[b] ? -1 : 1,
    )
    let best: Split | null = null
    let leftSum = 0
    for (let index = 0; index + 1 < sorted.length; index++) {
      leftSum += this.#target[sorted[index]]
      const value = values[sorted[index]]
      const next = values[sorted[index + 1]]
      if (value === next || !isAllowed(index + 1, sorted.length)) continue
      const gain = gainOf(leftSum, index + 1, sum, sorted.length)
      if (best === null || gain > best.gain) best = { column, threshold: between(value, next), gain }
    }
    return best
  }

  #splitByCategory(column: number, rows: readonly number[], sum: number): Split | null {
    const { values } = this.#columns[column]
    const sums = new Map<number, { sum: number; count: number }>()
    for (const row of rows) {
      const known = sums.get(values[row]) ?? { sum: 0, count: 0 }
      known.sum += this.#target[row]
      known.count++
      sums.set(values[row], known)
    }
    let best: Split | null = null
    for (const [threshold, left] of sums) {
      if (!isAllowed(left.count, rows.length)) continue
      const gain = gainOf(left.sum, left.count, sum, rows.length)
      if (best === null || gain > best.gain) best = { column, threshold, gain }
    }
    return best
  }
}

/** @param target finite, a number a row, as long as each column */
export function growForest(
  columns: readonly ForestColumn[],
  target: Float64Array,
  random: RandomSource,
): Forest {
  const grower = new Grower(columns, target, random)
  return { trees: Array.from({ length: TREES }, () => grower.grow()) }
}

/**
 * Prediction for a row by the trees that have not seen it; NaN where there is none.
 * @param replaced column whose value is that of another row, `from`
 */
export function predictOutOfBag(
  { trees }: Forest,
  columns: readonly ForestColumn[],
  row: number,
  replaced = -1,
  from = row,
): number {
  let sum = 0
  let count = 0
  for (const { column, threshold, left, right, value, isOutOfBag } of trees) {
    if (isOutOfBag[row] === 0) continue
    let node = 0
    while (column[node] >= 0) {
      const at = column[node]
      node = goesLeft(columns[at], at === replaced ? from : row, threshold[node]) ? left[node] : right[node]
    }
    sum += value[node]
    count++
  }
  return count === 0 ? NaN : sum / count
}
