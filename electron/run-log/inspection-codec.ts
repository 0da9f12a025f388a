// Pictures of a model as they are stored: a JSON header with the small values, and one BLOB with the arrays.
// In the header an array stands as {"array": "float32", "offset": bytes, "count": elements}, all little-endian,
// so that NumPy reads it with frombuffer; a number that JSON lacks stands as {"number": "NaN"}.

import { numberText } from './metric-value'
import { toBytes } from './run-row'

const ARRAY_TYPES = {
  float64: Float64Array,
  float32: Float32Array,
  uint32: Uint32Array,
  uint8: Uint8Array,
} as const
type ArrayType = keyof typeof ARRAY_TYPES
type NumberArray = Float64Array | Float32Array | Uint32Array | Uint8Array

interface ArrayReference {
  array: ArrayType
  offset: number
  count: number
}

export interface EncodedPicture {
  header: string
  data: Uint8Array
}

function arrayTypeOf(value: unknown): ArrayType | null {
  for (const type of Object.keys(ARRAY_TYPES) as ArrayType[])
    if (value instanceof ARRAY_TYPES[type]) return type
  return null
}

export function encodePicture(picture: object): EncodedPicture {
  const arrays: NumberArray[] = []
  let size = 0
  const header = JSON.stringify(picture, (_key, value: unknown) => {
    const array = arrayTypeOf(value)
    if (array !== null) {
      const values = value as NumberArray
      const reference: ArrayReference = { array, offset: size, count: values.length }
      arrays.push(values)
      // Each array starts on eight bytes, so that a reader may map it in place.
      size += Math.ceil(values.byteLength / 8) * 8
      return reference
    }
    if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
      return { number: numberText(value) }
    }
    return value
  })
  const data = new Uint8Array(size)
  let offset = 0
  for (const values of arrays) {
    data.set(toBytes(values), offset)
    offset += Math.ceil(values.byteLength / 8) * 8
  }
  return { header, data }
}

export function decodePicture({ header, data }: EncodedPicture): unknown {
  return JSON.parse(header, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value
    if ('number' in value && typeof value.number === 'string') return Number(value.number)
    if ('array' in value && typeof value.array === 'string') {
      const { array, offset, count } = value as ArrayReference
      const values = new ARRAY_TYPES[array](count)
      toBytes(values).set(data.subarray(offset, offset + values.byteLength))
      return values
    }
    return value
  })
}
