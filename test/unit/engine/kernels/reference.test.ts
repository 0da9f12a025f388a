import { describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { KERNELS } from '../../../../engine/kernels'
import type { FloatArray } from '../../../../engine/network/arrays'
import { arithmeticOf } from '../../../../engine/math'
import type { MultiplyAdd } from '../../../../engine/math/multiply-add'
import { allocate } from '../../../../engine/network/arrays'
import { createRandom } from '../../../../engine/random'

/** rows, inputs, outputs: tiles of 2 x 4 and 3 x 4, left-over rows and columns, single examples, single cells. */
const SHAPES = [
  [1, 1, 1],
  [1, 50, 5],
  [2, 3, 1],
  [3, 4, 4],
  [4, 5, 3],
  [5, 7, 9],
  [7, 13, 11],
  [64, 17, 10],
] as const

/** The rule itself, one element at a time. */
function chain(
  start: number,
  length: number,
  product: (k: number) => [number, number],
  multiplyAdd: MultiplyAdd,
): number {
  let sum = start
  for (let k = 0; k < length; k++) {
    const [a, b] = product(k)
    sum = multiplyAdd(a, b, sum)
  }
  return sum
}

describe.each(Object.values(KERNELS))('$name', (kernel) => {
  const isSingle = kernel.precision === 'float32'
  const { multiplyAdd } = arithmeticOf(
    kernel.precision,
    'arithmetic' in kernel ? kernel.arithmetic : undefined,
  )
  // The reference kernels of two precisions have no common parameter type; one is chosen at a time.
  const { denseForward, denseBackward } = kernel as (typeof KERNELS)['reference-f64']
  const make = (length: number, stream: string) => {
    const random = createRandom(1, stream)
    const array = allocate(kernel.precision, length)
    for (let i = 0; i < length; i++) array[i] = random.normal()
    return array as Float64Array
  }

  it.each(SHAPES)(
    'computes forward, %i rows of %i to %i, as one chain an output',
    (rows, inputs, outputs) => {
      const [x, w, b] = [make(rows * inputs, 'x'), make(outputs * inputs, 'w'), make(outputs, 'b')]
      const y = make(rows * outputs, 'old values')
      denseForward(y, x, w, b, rows, inputs, outputs)
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < outputs; j++) {
          const expected = chain(b[j], inputs, (i) => [x[r * inputs + i], w[j * inputs + i]], multiplyAdd)
          expect(y[r * outputs + j]).toBe(expected)
        }
      }
    },
  )

  it.each(SHAPES)(
    'computes backward, %i rows of %i to %i, as one chain a gradient',
    (rows, inputs, outputs) => {
      const [x, w, dy] = [make(rows * inputs, 'x'), make(outputs * inputs, 'w'), make(rows * outputs, 'dy')]
      const [dx, dw, db] = [make(rows * inputs, 'old'), make(outputs * inputs, 'old'), make(outputs, 'old')]
      denseBackward(dx, dw, db, dy, x, w, rows, inputs, outputs)
      for (let j = 0; j < outputs; j++) {
        expect(db[j]).toBe(chain(0, rows, (r) => [dy[r * outputs + j], 1], multiplyAdd))
        for (let i = 0; i < inputs; i++) {
          const expected = chain(0, rows, (r) => [dy[r * outputs + j], x[r * inputs + i]], multiplyAdd)
          expect(dw[j * inputs + i]).toBe(expected)
        }
      }
      for (let r = 0; r < rows; r++) {
        for (let i = 0; i < inputs; i++) {
          const expected = chain(0, outputs, (j) => [dy[r * outputs + j], w[j * inputs + i]], multiplyAdd)
          expect(dx[r * inputs + i]).toBe(expected)
        }
      }
    },
  )

  it('leaves the gradient of the inputs out where nobody wants it', () => {
    const [x, w, dy] = [make(6, 'x'), make(6, 'w'), make(4, 'dy')]
    const gradients: FloatArray[] = [make(6, 'old'), make(2, 'old')]
    denseBackward(null, gradients[0] as Float64Array, gradients[1] as Float64Array, dy, x, w, 2, 3, 2)
    expect(gradients[1][0]).toBe(chain(0, 2, (r) => [dy[r * 2], 1], multiplyAdd))
  })

  it('uses no more than the rows it is given', () => {
    const x = make(10 * 3, 'x')
    const y = new (isSingle ? Float32Array : Float64Array)(10 * 2).fill(7) as Float64Array
    denseForward(y, x, make(6, 'w'), make(2, 'b'), 4, 3, 2)
    expect([...y.subarray(8)]).toEqual(new Array(12).fill(7))
  })
})

describe('the two float32 kernels', () => {
  const textOf = (name: string) =>
    readFileSync(new URL(`../../../../engine/kernels/${name}.ts`, import.meta.url), 'utf8').replace(
      /^(\/\/.*\n)+/,
      '',
    )

  it('are one text but for their multiply-add and their name', () => {
    const portable = textOf('reference-f32')
      .replace('fusedMultiplyAdd', 'roundedMultiplyAdd')
      .replace('referenceF32', 'referenceF32Portable')
      .replace("'reference-f32'", "'reference-f32-portable'")
      .replace("'fused'", "'portable'")
    expect(textOf('reference-f32-portable')).toBe(portable)
  })
})
