// The code of a kernel bound to one memory, in the thread that trains and in its helpers alike.

import { createRequire } from 'node:module'

/** Runs a program of the memory it is bound to; see engine/kernels/program/abi.ts. */
export type Run = (program: number, first: number, count: number, thread: number) => number

export type KernelCode = { kind: 'wasm'; module: WebAssembly.Module } | { kind: 'native'; path: string }

interface NativeAddon {
  isSupported(): boolean
  run(arena: Uint8Array, program: number, first: number, count: number, thread: number): number
  /** See addon.cc; not there in one that was compiled before it was. */
  mapFile?(target: Uint8Array, file: number, offset: number): boolean
}

/** @throws where the file is missing or was built for something else */
export function loadAddon(path: string): NativeAddon {
  return createRequire(import.meta.url)(path) as NativeAddon
}

export function bindRun(code: KernelCode, memory: WebAssembly.Memory): Run {
  if (code.kind === 'wasm') {
    const { exports } = new WebAssembly.Instance(code.module, { env: { memory } })
    return exports.run as unknown as Run
  }
  const addon = loadAddon(code.path)
  const arena = new Uint8Array(memory.buffer)
  return (program, first, count, thread) => addon.run(arena, program, first, count, thread)
}
