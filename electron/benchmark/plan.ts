// What the benchmark measures on a machine: each work load by each kernel that is there, alone and, where its steps
// are long enough to be shared, on all cores.

import type { KernelFacts, KernelName, Measurement } from '../contract'
import { WORKLOADS } from './workloads'

/** Shorter steps take one thread whatever they are offered. */
const SHARED_OPERATIONS = 10_000_000
/** The reference does about a hundred million operations a second; a step of more would take seconds. */
const REFERENCE_OPERATIONS = 100_000_000

export function planBenchmark({ problems, fitting }: KernelFacts, cores: number): Measurement[] {
  const there: KernelName[] = fitting.float64.filter((name) => problems[name] === null)
  return WORKLOADS.flatMap(({ name: workload, operationsAStep }) => {
    const measurements: Measurement[] = []
    for (const kernel of [...there, 'reference' as const]) {
      if (kernel === 'reference' && operationsAStep > REFERENCE_OPERATIONS) continue
      measurements.push({ workload, kernel, threads: 1 })
      const isShared = kernel !== 'reference' && operationsAStep >= SHARED_OPERATIONS && cores > 1
      if (isShared) measurements.push({ workload, kernel, threads: cores })
    }
    return measurements
  })
}
