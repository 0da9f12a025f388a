// Gradients of a loss are divided by a number that may be more than float32 can count to: outputs times examples.

import { setFlagsFromString } from 'node:v8'
import { describe, expect, it } from 'vitest'
import * as abi from '../../../engine/kernels/program/abi'
import { ArenaPlan, ArenaView, writeOperations } from '../../../engine/kernels/program/arena'
import { FAST_KERNELS } from '../../../engine/kernels/program/kernel'
import { LOSSES } from '../../../engine/network/losses'
import { createRandom } from '../../../engine/random'
import { fastKernel } from '../../../electron/kernels/load'

// In Node.js 20 the instructions of the faster WebAssembly kernel are behind a flag.
setFlagsFromString('--experimental-wasm-relaxed-simd')

const ROWS = 3
const WIDTH = 21
const STRIDE = 32
/** WIDTH times this is odd and has 26 bits. */
const EXAMPLES = 1_900_001
const KINDS = {
  'half-sse': abi.LOSS_HALF_SSE,
  sse: abi.LOSS_SSE,
  mse: abi.LOSS_MSE,
  mae: abi.LOSS_MAE,
  'binary-cross-entropy': abi.LOSS_BINARY_CROSS_ENTROPY,
} as const

const random = createRandom(3, 'losses')
const numbers = (): Float32Array => Float32Array.from({ length: ROWS * WIDTH }, () => random.uniform())
const [outputs, targets] = [numbers(), numbers()]

describe.each(FAST_KERNELS)('%s', (name) => {
  const kernel = fastKernel(name)

  it.runIf(kernel !== null).each(Object.keys(KINDS) as (keyof typeof KINDS)[])(
    'divides the gradient of %s by many million',
    (loss) => {
      if (kernel === null) return
      const plan = new ArenaPlan()
      const place = (bytes: number): number => plan.reserve(bytes)
      const [program, step, operation] = [abi.PROGRAM_BYTES, abi.STEP_BYTES, abi.OPERATION_BYTES].map(place)
      const [barrier, flags, rowLoss, rowCorrect] = [128, 64, 64, 64].map(place)
      const [y, t, g] = [0, 1, 2].map(() => place(4 * ROWS * STRIDE))
      const scratchBytes = 512 * 1024
      const scratch = place(scratchBytes)
      const memory = kernel.open(plan.bytes, 1)
      const view = new ArenaView(memory.buffer, 'float32')
      const header = view.words.subarray(program / 4)
      header[abi.PROGRAM_OPERATIONS] = operation
      header[abi.PROGRAM_OPERATION_COUNT] = 1
      header[abi.PROGRAM_ELEMENT] = abi.FLOAT32
      header[abi.PROGRAM_THREADS] = 1
      header[abi.PROGRAM_STEPS] = step
      header[abi.PROGRAM_BARRIER] = barrier
      header[abi.PROGRAM_FLAGS] = flags
      header[abi.PROGRAM_SCRATCH] = scratch
      header[abi.PROGRAM_SCRATCH_BYTES] = scratchBytes
      view.words[(step + abi.STEP_ROWS) / 4] = ROWS
      view.numbers[(step + abi.STEP_DIVISOR) / 8] = EXAMPLES
      const words = {
        [abi.LOSS_KIND]: KINDS[loss],
        [abi.LOSS_Z]: y,
        [abi.LOSS_LDZ]: STRIDE,
        [abi.LOSS_Y]: y,
        [abi.LOSS_LDY]: STRIDE,
        [abi.LOSS_T]: t,
        [abi.LOSS_LDT]: STRIDE,
        [abi.LOSS_G]: g,
        [abi.LOSS_LDG]: STRIDE,
        [abi.LOSS_WIDTH]: WIDTH,
        [abi.LOSS_ROW_LOSS]: rowLoss,
        [abi.LOSS_ROW_CORRECT]: rowCorrect,
      }
      writeOperations(view, operation, [{ kind: abi.LOSS, words }])
      for (let row = 0; row < ROWS; row++) {
        const part = [row * WIDTH, (row + 1) * WIDTH] as const
        view.elements(y, ROWS * STRIDE).set(outputs.subarray(...part), row * STRIDE)
        view.elements(t, ROWS * STRIDE).set(targets.subarray(...part), row * STRIDE)
      }
      memory.run(program, 0, 1)
      memory.close()

      const expected = new Float32Array(ROWS * WIDTH)
      LOSSES[loss].gradient(expected, outputs, targets, ROWS, WIDTH, 0, EXAMPLES, Math.fround)
      const found = Array.from({ length: ROWS }, (_, row) => [...view.elements(g + 4 * row * STRIDE, STRIDE)])
      expect(found.flatMap((numbers) => numbers.slice(0, WIDTH))).toEqual([...expected])
      // What stands behind a row is no part of the batch.
      expect(found.flatMap((numbers) => numbers.slice(WIDTH)).every((x) => x === 0)).toBe(true)
    },
  )
})
