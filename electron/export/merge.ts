// Columns with x of their own as the lines of one table: one line a place of x that any of them has.

import { numberText } from '../run-log/metric-value'
import { LINE_END } from './cells'

export interface XColumn {
  title: string
  /** Ascending. */
  x: Float64Array
  /** Parallel to x. */
  values: Float64Array
  /** A value that is not a number stands for nothing and gets an empty cell. */
  isNanNothing?: boolean
}

/** Lines without the header. A column without a value at an x has an empty cell. */
export function* mergedLines(
  columns: readonly XColumn[],
  xText: (x: number) => string = numberText,
): Generator<string> {
  const next = new Uint32Array(columns.length)
  // Columns of a run share their x: look for the next one once for all of them.
  const distinct = [...new Map(columns.map((column, index) => [column.x, index])).values()]
  for (;;) {
    let at = Infinity
    for (const index of distinct) {
      const { x } = columns[index]
      if (next[index] < x.length && x[next[index]] < at) at = x[next[index]]
    }
    if (at === Infinity) return
    let line = xText(at)
    for (let index = 0; index < columns.length; index++) {
      const { x, values, isNanNothing } = columns[index]
      line += ','
      if (x[next[index]] !== at) continue
      const value = values[next[index]++]
      if (!isNanNothing || !Number.isNaN(value)) line += numberText(value)
    }
    yield line + LINE_END
  }
}
