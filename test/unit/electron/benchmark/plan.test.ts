import { expect, it } from 'vitest'
import { planBenchmark } from '../../../../electron/benchmark/plan'
import type { KernelFacts } from '../../../../electron/contract'

const facts: KernelFacts = {
  problems: { native: null, 'wasm-fma': 'not here', 'wasm-simd': null },
  fitting: {
    float64: ['native', 'wasm-fma', 'wasm-simd'],
    fused: ['native', 'wasm-fma'],
    portable: ['wasm-simd'],
  },
}
const textsOf = (cores: number) =>
  planBenchmark(facts, cores).map(({ workload, kernel, threads }) => `${workload} ${kernel} ${threads}`)

it('measures every kernel that is there, long steps on all cores as well, and no hour of the reference', () => {
  expect(textsOf(4)).toEqual([
    ...['A native 1', 'A wasm-simd 1', 'A reference 1'],
    ...['B native 1', 'B wasm-simd 1', 'B reference 1'],
    ...['C native 1', 'C native 4', 'C wasm-simd 1', 'C wasm-simd 4', 'C reference 1'],
    ...['D native 1', 'D native 4', 'D wasm-simd 1', 'D wasm-simd 4'],
    ...['E native 1', 'E native 4', 'E wasm-simd 1', 'E wasm-simd 4', 'E reference 1'],
  ])
})

it('measures one thread where there is one core', () => {
  expect(planBenchmark(facts, 1).every(({ threads }) => threads === 1)).toBe(true)
})
