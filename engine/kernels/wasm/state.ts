// What one thread knows of the program that it runs. Every thread has an instance of the module, so that these
// globals are its own.

import {
  PROGRAM_BARRIER,
  PROGRAM_FLAGS,
  PROGRAM_SCRATCH,
  PROGRAM_SCRATCH_BYTES,
  PROGRAM_THREADS,
  STEP_ROWS,
} from '../program/abi'
import { address, word } from './lanes'

/** Address of the program's header. */
export let program: usize = 0
export let thread: i32 = 0
export let threads: i32 = 1
/** This thread's scratch area: its beginning is for single functions, */
export let scratch: usize = 0
/** the rest for whole operations. */
export let work: usize = 0
export let workBytes: i32 = 0
const SCRATCH_OF_FUNCTIONS: i32 = 512
/** Address of this thread's flag. */
export let flag: usize = 0
let isFlagOld: bool = false
/** Address of the barrier. */
export let barrierAt: usize = 0
/** Address of the record of the step being run. */
export let step: usize = 0
/** Examples of the batch, and this thread's: rowBegin to rowEnd - 1. */
export let rows: i32 = 0
export let rowBegin: i32 = 0
export let rowEnd: i32 = 0
/** Of all gradients of the step, for clipping. */
export let norm: f64 = 0

/** Where the share of `thread` of so many parts begins. */
export function shareOf(count: i32, thread: i32): i32 {
  return threads === 1 ? count * thread : <i32>((<i64>count * thread) / threads)
}

export function openProgram(at: usize, index: i32): void {
  program = at
  thread = index
  threads = word(at, PROGRAM_THREADS)
  const scratchBytes = word(at, PROGRAM_SCRATCH_BYTES)
  scratch = address(at, PROGRAM_SCRATCH) + <usize>scratchBytes * <usize>index
  work = scratch + <usize>SCRATCH_OF_FUNCTIONS
  workBytes = scratchBytes - SCRATCH_OF_FUNCTIONS
  flag = address(at, PROGRAM_FLAGS) + <usize>(64 * index)
  barrierAt = address(at, PROGRAM_BARRIER)
  isFlagOld = true
  if (threads === 1) clearFlag()
}

/** Of the last call's flags others may still be reading: they are cleared behind the first barrier. */
export function clearFlag(): void {
  if (isFlagOld) store<i32>(flag, 0)
  isFlagOld = false
}

export function openStep(at: usize): void {
  step = at
  rows = load<i32>(at, STEP_ROWS)
  rowBegin = shareOf(rows, thread)
  rowEnd = shareOf(rows, thread + 1)
}

export function setNorm(value: f64): void {
  norm = value
}
