// The WebAssembly kernels: run() takes a thread through the steps of a training program (../program/abi.ts).
// Compiled twice by scripts/lib/wasm-kernels.mjs, with fused multiply-add and without.

import {
  ACTIVATION_BACKWARD,
  ACTIVATION_FORWARD,
  BARRIER,
  CHECK_PARAMETERS,
  DENSE_BACKWARD_INPUT,
  DENSE_BACKWARD_WEIGHTS,
  DENSE_FORWARD,
  FLOAT32,
  GATHER,
  GRID_BACKWARD_INPUT,
  GRID_BACKWARD_WEIGHTS,
  GRID_FORWARD,
  LOSS,
  LOSS_SUM,
  NORM,
  OPERATION_BYTES,
  OPERATION_KIND,
  PROGRAM_ELEMENT,
  PROGRAM_FLAGS,
  PROGRAM_OPERATIONS,
  PROGRAM_OPERATION_COUNT,
  PROGRAM_STATUS,
  PROGRAM_STEPS,
  SOFTMAX_BACKWARD,
  SOFTMAX_FORWARD,
  STATUS_DONE,
  STATUS_GRADIENT,
  STATUS_LOSS,
  STATUS_PARAMETERS,
  STEP_BYTES,
  TRANSPOSE,
  UPDATE,
} from '../program/abi'
import { activationBackward, activationForward } from './activations'
import { barrier } from './barrier'
import { denseBackwardInput, denseForward } from './dense'
import { denseBackwardWeights } from './dense-weights'
import { gather } from './gather'
import { gridBackwardInput, gridBackwardWeights, gridForward } from './grid'
import { address, word } from './lanes'
import { loss, lossSum } from './losses'
import { softmaxBackward, softmaxForward } from './softmax'
import { clearFlag, openProgram, openStep, program, thread, threads } from './state'
import { transpose } from './transpose'
import { gradientNorm, update } from './update'

export { packRows } from './product'
export { tile1F32, tile1F64, tile2F32, tile2F64, tile4F32, tile4F64, tile5F32 } from './tiles'

/** Whether all threads' parameters are finite. */
function areParametersFinite(): bool {
  const flags = address(program, PROGRAM_FLAGS)
  for (let i = 0; i < threads; i++) {
    if (load<i32>(flags + <usize>(i << 6)) !== 0) return false
  }
  return true
}

/** The operations of one step. @returns a STATUS_ value */
function runStep<T>(first: usize, end: usize): i32 {
  for (let op = first; op < end; op += OPERATION_BYTES) {
    switch (word(op, OPERATION_KIND)) {
      case GATHER:
        gather<T>(op)
        break
      case DENSE_FORWARD:
        denseForward<T>(op)
        break
      case ACTIVATION_FORWARD:
        activationForward<T>(op)
        break
      case SOFTMAX_FORWARD:
        softmaxForward<T>(op)
        break
      case GRID_FORWARD:
        gridForward<T>(op)
        break
      case LOSS:
        loss<T>(op)
        break
      case ACTIVATION_BACKWARD:
        activationBackward<T>(op)
        break
      case SOFTMAX_BACKWARD:
        softmaxBackward<T>(op)
        break
      case DENSE_BACKWARD_INPUT:
        denseBackwardInput<T>(op)
        break
      case DENSE_BACKWARD_WEIGHTS:
        denseBackwardWeights<T>(op)
        break
      case GRID_BACKWARD_INPUT:
        gridBackwardInput<T>(op)
        break
      case GRID_BACKWARD_WEIGHTS:
        gridBackwardWeights<T>(op)
        break
      case BARRIER:
        barrier()
        clearFlag()
        break
      case LOSS_SUM:
        if (!lossSum(op)) return STATUS_LOSS
        break
      case NORM:
        if (!gradientNorm<T>(op)) return STATUS_GRADIENT
        break
      case UPDATE:
        update<T>(op)
        break
      case TRANSPOSE:
        transpose<T>(op)
        break
      case CHECK_PARAMETERS:
        if (!areParametersFinite()) return STATUS_PARAMETERS
        break
      default:
        unreachable()
    }
  }
  return STATUS_DONE
}

/** Runs the program's operations for `count` step records. @returns how many of them it ran */
export function run(at: i32, first: i32, count: i32, index: i32): i32 {
  openProgram(at, index)
  const isSingle = word(program, PROGRAM_ELEMENT) === FLOAT32
  const operations = address(program, PROGRAM_OPERATIONS)
  const end = operations + <usize>(word(program, PROGRAM_OPERATION_COUNT) * OPERATION_BYTES)
  let record = address(program, PROGRAM_STEPS) + <usize>(first * STEP_BYTES)
  let status = STATUS_DONE
  let done = 0
  while (done < count && status === STATUS_DONE) {
    openStep(record)
    status = isSingle ? runStep<f32>(operations, end) : runStep<f64>(operations, end)
    record += STEP_BYTES
    done++
  }
  if (thread === 0) store<i32>(program + (PROGRAM_STATUS << 2), status)
  return done
}

/** 1 where this machine's multiply-add rounds once: (1 + e)(1 - e) - 1 is -e^2 then, and 0 with a rounding before. */
export function isFused(): i32 {
  if (!FMA) return 0
  // Read from memory, so that no compiler computes it.
  const one = f32x4.splat(<f32>atomic.load<i32>(0) * 0 + 1)
  const e = f32x4.splat(0.0001220703125)
  const sum = f32x4.relaxed_madd(f32x4.add(one, e), f32x4.sub(one, e), f32x4.neg(one))
  return f32x4.extract_lane(sum, 0) !== 0 ? 1 : 0
}
