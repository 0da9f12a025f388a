// Which fast kernels this machine and this runtime have, and which one a run gets.

import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Compute, FastKernelName, ProgramKernel } from '../../engine/kernels/program/kernel'
import type { Precision, TrainingSpec } from '../../engine/spec/schema'
import { KERNEL_CHOICES, type KernelChoice } from '../contract'
import { kernelFolder, workerPath } from './folder'
import { loadAddon, type KernelCode } from './runner'
import { openMemory } from './threads'

export { KERNEL_CHOICES, type KernelChoice }

export interface ComputeWish {
  kernel: KernelChoice
  /** Most threads of one run; null: as many as the machine has. */
  threads: number | null
}

export const ANY_COMPUTE: ComputeWish = { kernel: 'automatic', threads: null }

function wasmPanelWidth(precision: Precision, width: number): number {
  return precision === 'float64' && width <= 4 ? 4 : 8
}

function nativePanelWidth(precision: Precision, width: number): number {
  return precision === 'float64' || width <= 8 ? 8 : 16
}

function kernelOf(
  name: FastKernelName,
  code: KernelCode,
  panelWidth: ProgramKernel['panelWidth'],
  folder: string,
): ProgramKernel {
  return {
    name,
    panelWidth,
    open: (bytes, threads) => openMemory(code, bytes, threads, workerPath(folder)),
  }
}

function loadNative(folder: string): ProgramKernel | null {
  const path = join(folder, 'native.node')
  if (!existsSync(path)) return null
  try {
    if (!loadAddon(path).isSupported()) return null
  } catch {
    // Built for another system: the WebAssembly kernels are there instead.
    return null
  }
  return kernelOf('native', { kind: 'native', path }, nativePanelWidth, folder)
}

function loadWasm(folder: string, name: 'wasm-fma' | 'wasm-simd'): ProgramKernel | null {
  const path = join(folder, name === 'wasm-fma' ? 'fma.wasm' : 'simd.wasm')
  if (!existsSync(path)) return null
  const bytes = readFileSync(path)
  // Runtimes without relaxed SIMD do not know its instructions.
  if (!WebAssembly.validate(bytes)) return null
  const module = new WebAssembly.Module(bytes)
  if (name === 'wasm-fma' && !isFused(module)) return null
  return kernelOf(name, { kind: 'wasm', module }, wasmPanelWidth, folder)
}

/** "Relaxed" multiply-add may round twice where the processor has no FMA. */
function isFused(module: WebAssembly.Module): boolean {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  return (exports.isFused as () => number)() === 1
}

const loaded = new Map<FastKernelName, ProgramKernel | null>()

/** The kernel of that name, loaded at its first use; null where it is not available. */
export function fastKernel(name: FastKernelName): ProgramKernel | null {
  let kernel = loaded.get(name)
  if (kernel === undefined) {
    kernel =
      kernelFolder === null
        ? null
        : name === 'native'
          ? loadNative(kernelFolder)
          : loadWasm(kernelFolder, name)
    loaded.set(name, kernel)
  }
  return kernel
}

/** Kernels that give a run's bits, fastest first. */
export function kernelsFor({
  precision,
  arithmetic,
}: Pick<TrainingSpec, 'precision' | 'arithmetic'>): FastKernelName[] {
  if (precision === 'float64') return ['native', 'wasm-fma', 'wasm-simd']
  return arithmetic === 'portable' ? ['wasm-simd'] : ['native', 'wasm-fma']
}

/** What a run is computed with; null: the reference. */
export function chooseCompute(
  training: Pick<TrainingSpec, 'precision' | 'arithmetic'>,
  { kernel: choice, threads }: ComputeWish = ANY_COMPUTE,
): Compute | null {
  if (choice === 'reference') return null
  const most = Math.max(1, Math.min(threads ?? Infinity, availableParallelism()))
  for (const name of kernelsFor(training)) {
    if (choice === 'native' && name !== 'native') continue
    if (choice === 'webassembly' && name === 'native') continue
    const kernel = fastKernel(name)
    if (kernel !== null) return { kernel, threads: most }
  }
  return null
}
