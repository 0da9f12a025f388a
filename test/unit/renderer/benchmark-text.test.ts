import { describe, expect, it } from 'vitest'
import type { BenchmarkPlan } from '../../../electron/contract'
import { benchmarkText, rowsOf, speedText } from '../../../renderer/views/settings/benchmark-text'

const plan: BenchmarkPlan = {
  cpu: 'A processor',
  cores: 2,
  runtime: 'Electron 45',
  workloads: [
    { name: 'A', title: 'Playground', details: '2-8-8-1' },
    { name: 'B', title: 'Online', details: '50-5' },
  ],
  measurements: [],
}
const measured = (kernel: string, best: number) => ({ kernel, best, median: best / 2, slices: 9 })
const results = [
  { workload: 'A', kernel: 'native', threads: 2, measured: measured('native-f32', 2_000_000) },
  { workload: 'A', kernel: 'reference', threads: 1, measured: measured('reference-f32', 20_000) },
] as const

describe('the rows of a benchmark', () => {
  it('are those of each work load, beside its fastest, with the threads that were really used', () => {
    const [playground, online] = rowsOf(plan, results)
    expect(playground.rows).toEqual([
      {
        key: 'native 2',
        kernel: 'Native',
        threads: 1,
        best: 2e6,
        median: 1e6,
        share: 1,
        isFastest: true,
      },
      expect.objectContaining({ kernel: 'Reference', share: 0.01, isFastest: false }),
    ])
    expect(online.rows).toEqual([])
  })

  it('are text with machine and head', () => {
    expect(benchmarkText(plan, results, '0.1.0').split('\n')).toEqual([
      'Descent 0.1.0, A processor, 2 cores, Electron 45',
      'work load\tkernel\tthreads\tbest samples/s\tmedian samples/s',
      'A Playground\tNative\t1\t2000000\t1000000',
      'A Playground\tReference\t1\t20000\t10000',
    ])
  })
})

it.each([
  [620.4, '620'],
  [9994, '9,994'],
  [12_345, '12.3 k'],
  [128_400, '128 k'],
  [999_600, '1.00 M'],
  [16_440_000, '16.4 M'],
])('%d samples a second are %s', (speed, text) => {
  expect(speedText(speed)).toBe(text)
})
