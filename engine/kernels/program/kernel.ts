// What a fast kernel offers the session: memory for a training program, and running it. Implemented by the host
// (electron/kernels), because the engine itself knows neither files nor threads.

import type { Precision } from '../../spec/schema'

/** A multiple of the pages of memory of every system. */
export const MAPPED_PAGE_BYTES = 65_536

export const FAST_KERNELS = ['native', 'wasm-fma', 'wasm-simd'] as const
export type FastKernelName = (typeof FAST_KERNELS)[number]

export interface ProgramKernel {
  readonly name: FastKernelName
  /** Columns of one panel of a dense layer's weights, where the layer is `width` wide. */
  panelWidth(precision: Precision, width: number): number
  /**
   * Zeroed memory, and `threads` threads that run programs in it.
   * @param bytes of the whole arena, the first 64 KiB of which belong to the kernel
   */
  open(bytes: number, threads: number): ProgramMemory
}

export interface ProgramMemory {
  readonly buffer: ArrayBufferLike
  readonly threads: number
  /**
   * Makes the memory hold `bytes` from that address on, without copying them, where the host can. Nothing else may
   * stand in the pages of MAPPED_PAGE_BYTES that they begin, and the address begins one of them.
   * @returns false where they have to be copied
   */
  share(address: number, bytes: Uint8Array): boolean
  /**
   * Runs the program at that address for the step records first to first + count - 1.
   * @returns how many it ran; fewer where it stopped (PROGRAM_STATUS says why)
   */
  run(program: number, first: number, count: number): number
  /** Ends its threads. */
  close(): void
}

/** What a session is to compute with. */
export interface Compute {
  readonly kernel: ProgramKernel
  /** Most threads it may use; it takes one where a step is too short for more. */
  readonly threads: number
  /** A thread more is worth its waiting from about so many operations a step; some millions by default. */
  readonly operationsAThread?: number
}
