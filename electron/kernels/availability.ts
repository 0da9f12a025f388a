// Which kernels are here, and in words why one is not.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FAST_KERNELS, type FastKernelName } from '../../engine/kernels/program/kernel'
import type { TrainingSpec } from '../../engine/spec/schema'
import type { KernelFacts } from '../contract'
import { kernelFolder } from './folder'
import { fastKernel, kernelsFor } from './load'

/** Of what a compiler had to say, in characters. */
const LONGEST_REASON = 300

type Arithmetic = Pick<TrainingSpec, 'precision' | 'arithmetic'>

let facts: KernelFacts | null = null

/** Loads the kernels at its first use. */
export function kernelFacts(): KernelFacts {
  facts ??= {
    problems: Object.fromEntries(
      FAST_KERNELS.map((name) => [name, problemOf(name)]),
    ) as KernelFacts['problems'],
    fitting: {
      float64: kernelsFor({ precision: 'float64', arithmetic: 'fused' }),
      fused: kernelsFor({ precision: 'float32', arithmetic: 'fused' }),
      portable: kernelsFor({ precision: 'float32', arithmetic: 'portable' }),
    },
  }
  return facts
}

function problemOf(name: FastKernelName): string | null {
  if (fastKernel(name) !== null) return null
  if (kernelFolder === null) return 'The kernels are not built: run npm start once.'
  if (name === 'wasm-fma') return 'This runtime or processor has no fused multiply-add for WebAssembly.'
  if (name === 'wasm-simd') return 'This runtime has no WebAssembly SIMD.'
  if (process.arch !== 'x64' || process.platform === 'win32') {
    return `It is not made for ${process.platform} ${process.arch}.`
  }
  return existsSync(join(kernelFolder, 'native.node'))
    ? 'This processor has no AVX2 and FMA.'
    : compileProblem(kernelFolder)
}

/** Why the set-up left no native kernel in the folder: in its own words where it wrote them (scripts/lib/native-kernel.mjs). */
export function compileProblem(folder: string): string {
  const path = join(folder, 'native-problem.txt')
  if (!existsSync(path)) {
    return 'It was not compiled when Descent was set up, most often because there was no C++ compiler.'
  }
  const reason = readFileSync(path, 'utf8').replace(/\s+/g, ' ').trim()
  const shown = reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}...` : reason
  return `It was not compiled when Descent was set up: ${shown.replace(/\.$/, '')}.`
}

/** Why a run can not be computed by the kernel that was chosen for it. */
export function missingReason(training: Arithmetic, choice: 'native' | 'webassembly'): string {
  const names = kernelsFor(training).filter((name) => (name === 'native') === (choice === 'native'))
  if (names.length === 0) return 'It can not give the bits of portable float32 arithmetic.'
  const problem = problemOf(names[0])
  return problem ?? 'It can not compute this run.'
}
