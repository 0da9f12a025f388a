import { describe, expect, it } from 'vitest'
import { threadsOfRun, type KernelFacts } from '../../../electron/contract'
import {
  choiceProblem,
  choicesFor,
  kernelFor,
  plannedKernel,
  recordedKernel,
} from '../../../renderer/kernels'

const ALL: KernelFacts = {
  problems: { native: null, 'wasm-fma': null, 'wasm-simd': null },
  fitting: {
    float64: ['native', 'wasm-fma', 'wasm-simd'],
    fused: ['native', 'wasm-fma'],
    portable: ['wasm-simd'],
  },
}
const NO_NATIVE: KernelFacts = { ...ALL, problems: { ...ALL.problems, native: 'No compiler.' } }
const NONE: KernelFacts = { ...ALL, problems: { native: 'a', 'wasm-fma': 'b', 'wasm-simd': 'c' } }
const float64 = { precision: 'float64', arithmetic: 'fused' } as const
const fused = { precision: 'float32', arithmetic: 'fused' } as const
const portable = { precision: 'float32', arithmetic: 'portable' } as const

describe('the kernel of a recorded run', () => {
  it.each([
    [
      'native-f32 x2',
      'Native, 2 threads',
      'Native kernel, compiled C++ with AVX2 and FMA, float32, 2 threads',
    ],
    ['wasm-fma-f32', 'WebAssembly FMA', 'WebAssembly kernel with fused multiply-add, float32, one thread'],
    ['wasm-simd-f64', 'WebAssembly', 'Portable WebAssembly kernel, float64, one thread'],
    ['wasm-simd-f32', 'WebAssembly', 'Portable WebAssembly kernel, float32 portable, one thread'],
    ['reference-f64', 'Reference', /^Reference kernel.*float64, one thread$/],
    ['reference-f32-portable', 'Reference', /float32 portable, one thread$/],
    ['typescript', 'typescript', 'typescript'],
  ])('%s is told in words', (recorded, short, full) => {
    const text = recordedKernel(recorded)
    expect(text.short).toBe(short)
    expect(text.full).toMatch(full)
  })
})

describe('the kernel of a run to come', () => {
  it('is the fastest one that is there and gives its bits', () => {
    expect(kernelFor(fused, 'automatic', ALL)).toBe('native')
    expect(kernelFor(fused, 'automatic', NO_NATIVE)).toBe('wasm-fma')
    expect(kernelFor(portable, 'automatic', ALL)).toBe('wasm-simd')
    expect(kernelFor(float64, 'automatic', NONE)).toBe('reference')
  })

  it('is the chosen one, or the automatic one where that can not compute it', () => {
    expect(kernelFor(float64, 'webassembly', ALL)).toBe('wasm-fma')
    expect(kernelFor(fused, 'reference', ALL)).toBe('reference')
    expect(kernelFor(portable, 'native', ALL)).toBe('wasm-simd')
    expect(kernelFor(fused, 'native', NO_NATIVE)).toBe('wasm-fma')
  })

  it('can be chosen among those that are there and give its bits', () => {
    expect(choicesFor(float64, ALL)).toEqual(['native', 'webassembly', 'reference'])
    expect(choicesFor(portable, ALL)).toEqual(['webassembly', 'reference'])
    expect(choicesFor(fused, NONE)).toEqual(['reference'])
  })

  it('says why a choice is of no use here', () => {
    expect(choiceProblem('native', NO_NATIVE)).toBe('No compiler.')
    expect(choiceProblem('webassembly', NO_NATIVE)).toBeNull()
    expect(choiceProblem('webassembly', NONE)).toBe('c')
    expect(choiceProblem('reference', NONE)).toBeNull()
  })

  it('takes up to its share of the cores', () => {
    expect(plannedKernel('native', 4).full).toMatch(/up to 4 threads$/)
    expect(plannedKernel('reference', 4).full).toMatch(/one thread$/)
    expect(threadsOfRun(8, 1, null)).toBe(8)
    expect(threadsOfRun(8, 3, null)).toBe(2)
    expect(threadsOfRun(2, 4, null)).toBe(1)
    expect(threadsOfRun(8, 2, 3)).toBe(3)
    expect(threadsOfRun(8, 7, 4)).toBe(1)
  })
})
