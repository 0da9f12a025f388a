// Order of the rows of the table of what differs.

export type SortValue = string | number | boolean | null | undefined

export interface Sorting {
  key: string
  isDescending: boolean
}

/** 0: a number or text; 1: NaN and infinities; 2: missing. Later classes come last in either direction. */
function classOf(value: SortValue): number {
  if (value === null || value === undefined || value === '') return 2
  return typeof value === 'number' && !Number.isFinite(value) ? 1 : 0
}

export function compareValues(a: SortValue, b: SortValue, isDescending: boolean): number {
  const classes = classOf(a) - classOf(b)
  if (classes !== 0 || classOf(a) !== 0) return classes
  const order =
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : String(a).localeCompare(String(b), 'en', { numeric: true })
  return isDescending ? -order : order
}
