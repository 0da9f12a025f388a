// Plans what stands where in a program's memory, and writes its records. Addresses are byte offsets.

import type { FloatArray } from '../../network/arrays'
import type { Precision } from '../../spec/schema'
import { OPERATION_BYTES, OPERATION_KIND, OPERATION_NUMBERS } from './abi'
import { MAPPED_PAGE_BYTES } from './kernel'

/** Below it kernels keep data of their own. */
const FIRST_ADDRESS = 65536
/** A cache line; every array starts at one. */
const LINE = 64

export class ArenaPlan {
  private end = FIRST_ADDRESS

  /** Address of so many bytes that nobody else gets. */
  reserve(bytes: number): number {
    const address = this.end
    this.end += Math.ceil(bytes / LINE) * LINE
    return address
  }

  /** The same in whole pages that hold nothing else. */
  reservePages(bytes: number): number {
    this.end = Math.ceil(this.end / MAPPED_PAGE_BYTES) * MAPPED_PAGE_BYTES
    return this.reserve(Math.ceil(bytes / MAPPED_PAGE_BYTES) * MAPPED_PAGE_BYTES)
  }

  get bytes(): number {
    return this.end
  }
}

/** A row-major array of examples in the arena. */
export interface Matrix {
  address: number
  width: number
  /** Elements from one row to the next. */
  stride: number
}

/** Typed access to an arena. */
export class ArenaView {
  readonly words: Int32Array
  readonly numbers: Float64Array

  constructor(
    readonly buffer: ArrayBufferLike,
    private readonly precision: Precision,
  ) {
    this.words = new Int32Array(buffer)
    this.numbers = new Float64Array(buffer, 0, Math.floor(buffer.byteLength / 8))
  }

  /** A view of `length` elements of the program's type. */
  elements(address: number, length: number): FloatArray {
    return this.precision === 'float32'
      ? new Float32Array(this.buffer, address, length)
      : new Float64Array(this.buffer, address, length)
  }

  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.buffer, address, length)
  }

  integers(address: number, values: ArrayLike<number>): void {
    this.words.set(values, address / 4)
  }
}

/** One operation that is not written yet: values of its int32 words and float64 numbers by their index. */
export interface Operation {
  kind: number
  words: Readonly<Record<number, number>>
  numbers?: Readonly<Record<number, number>>
}

export function writeOperations(view: ArenaView, address: number, operations: readonly Operation[]): void {
  operations.forEach(({ kind, words, numbers = {} }, index) => {
    const at = address + index * OPERATION_BYTES
    view.words[at / 4 + OPERATION_KIND] = kind
    for (const [word, value] of Object.entries(words)) view.words[at / 4 + Number(word)] = value
    for (const [number, value] of Object.entries(numbers)) {
      view.numbers[(at + OPERATION_NUMBERS) / 8 + Number(number)] = value
    }
  })
}
