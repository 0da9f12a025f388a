// What the benchmark measured, as rows to look at and as text to take away.

import type { BenchmarkPlan, WorkloadName } from '../../../electron/contract'
import type { BenchmarkResult } from '../../stores/benchmark'
import { KERNEL_NAMES, recordedKernel } from '../../kernels'

export interface BenchmarkRow {
  key: string
  kernel: string
  threads: number
  best: number
  median: number
  /** Of the fastest of its work load, 0 to 1. */
  share: number
  isFastest: boolean
}
export interface WorkloadRows {
  name: WorkloadName
  title: string
  details: string
  rows: readonly BenchmarkRow[]
}

/** In the order of the plan; work loads of which nothing is measured yet have no rows. */
export function rowsOf(plan: BenchmarkPlan, results: readonly BenchmarkResult[]): WorkloadRows[] {
  return plan.workloads.map((workload) => {
    const own = results.filter((result) => result.workload === workload.name)
    const fastest = Math.max(...own.map(({ measured }) => measured.best))
    return {
      ...workload,
      rows: own.map(({ kernel, threads, measured }) => ({
        key: `${kernel} ${threads}`,
        kernel: KERNEL_NAMES[kernel],
        // A step that is too short to be shared takes one, whatever it was offered.
        threads: recordedKernel(measured.kernel).threads,
        best: measured.best,
        median: measured.median,
        share: measured.best / fastest,
        isFastest: own.length > 1 && measured.best === fastest,
      })),
    }
  })
}

/** 16.4 M, 128 k, 620: three digits tell all that a measurement can. */
export function speedText(samplesPerSecond: number): string {
  const [divisor, unit] =
    samplesPerSecond >= 999_500 ? [1e6, ' M'] : samplesPerSecond >= 9995 ? [1e3, ' k'] : [1, '']
  const value = samplesPerSecond / divisor
  if (divisor === 1) return Math.round(value).toLocaleString('en-US')
  return `${value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0)}${unit}`
}

/** For an issue or a spreadsheet. */
export function benchmarkText(
  plan: BenchmarkPlan,
  results: readonly BenchmarkResult[],
  version: string,
): string {
  const lines = rowsOf(plan, results).flatMap(({ name, title, rows }) =>
    rows.map(({ kernel, threads, best, median }) =>
      [`${name} ${title}`, kernel, threads, Math.round(best), Math.round(median)].join('\t'),
    ),
  )
  return [
    `Descent ${version}, ${plan.cpu}, ${plan.cores} cores, ${plan.runtime}`,
    ['work load', 'kernel', 'threads', 'best samples/s', 'median samples/s'].join('\t'),
    ...lines,
  ].join('\n')
}
