// A column of numbers that grows: one buffer with spare room, seen through a view. Never reactive.

export class GrowingColumn {
  #buffer: Float64Array<ArrayBufferLike>
  #length: number

  constructor(values: Float64Array = new Float64Array(0)) {
    this.#buffer = values
    this.#length = values.length
  }

  get length(): number {
    return this.#length
  }
  /** Of memory, with the spare room. */
  get bytes(): number {
    return this.#buffer.byteLength
  }
  /** The values so far. Later values never change these, but a later view may lie in another buffer. */
  get values(): Float64Array {
    return this.#buffer.subarray(0, this.#length)
  }
  /** The newest value; NaN while there is none. */
  get last(): number {
    return this.#length > 0 ? this.#buffer[this.#length - 1] : NaN
  }

  push(value: number): void {
    this.#reserve(this.#length + 1)
    this.#buffer[this.#length++] = value
  }
  append(values: Float64Array): void {
    this.#reserve(this.#length + values.length)
    this.#buffer.set(values, this.#length)
    this.#length += values.length
  }
  /** Room for so many values more, to be written by the caller. */
  extend(count: number): Float64Array {
    this.#reserve(this.#length + count)
    this.#length += count
    return this.#buffer.subarray(this.#length - count, this.#length)
  }
  #reserve(length: number): void {
    if (length <= this.#buffer.length) return
    const larger = new Float64Array(Math.max(256, length, Math.ceil(this.#buffer.length * 1.5)))
    larger.set(this.#buffer.subarray(0, this.#length))
    this.#buffer = larger
  }
}
