// Numbers that SQLite's REAL does not keep: NaN is bound as NULL, and negative zero comes back as zero.
// A relational metric value is therefore two columns, kind and value; JSON holds the same names as text.

export const VALUE_KINDS = ['finite', 'nan', 'inf', '-inf', '-0'] as const
export type ValueKind = (typeof VALUE_KINDS)[number]

export interface StoredValue {
  kind: ValueKind
  /** The number for 'finite', 0 for '-0', null otherwise. */
  value: number | null
}

export function toStored(value: number): StoredValue {
  if (Number.isNaN(value)) return { kind: 'nan', value: null }
  if (value === Infinity) return { kind: 'inf', value: null }
  if (value === -Infinity) return { kind: '-inf', value: null }
  if (Object.is(value, -0)) return { kind: '-0', value: 0 }
  return { kind: 'finite', value }
}

/** Whether REAL keeps it as it is. */
export function isPlainNumber(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0)
}

export function fromStored({ kind, value }: StoredValue): number {
  switch (kind) {
    case 'nan':
      return NaN
    case 'inf':
      return Infinity
    case '-inf':
      return -Infinity
    case '-0':
      return -0
    case 'finite':
      return value as number
    default:
      // The table allows no other when it is written.
      throw new RangeError(`unknown kind of number ${JSON.stringify(kind satisfies never)}`)
  }
}

/** A number as JSON can carry it: text for what JSON has no number for. */
export type JsonNumber = number | 'NaN' | 'Infinity' | '-Infinity' | '-0'

export function toJsonNumber(value: number): JsonNumber {
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? value : (String(value) as 'NaN' | 'Infinity' | '-Infinity')
}

export function fromJsonNumber(value: JsonNumber): number {
  return typeof value === 'number' ? value : Number(value)
}

/** Shortest text that reads back as the same bits, with the sign of zero. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}
