// One measurement of the benchmark, in a process of its own: nothing else may run beside what is measured.

import { DescentError } from '../../engine/errors'
import type { Compute } from '../../engine/kernels/program/kernel'
import type { KernelName, Measured } from '../contract'
import { paced, type AnswerControl } from '../data-process/paced'
import type { QuestionProgress } from '../data-process/protocol'
import { fastKernel } from '../kernels/load'
import { measureInSlices } from './measure'
import { createWorkload, type Workload, type WorkloadName } from './workloads'

export interface BenchmarkQuestion {
  workload: WorkloadName
  kernel: KernelName
  threads: number
  /** Measured so long. */
  ms: number
}

/** The kernels of one work load are measured one after another. */
let last: Workload | null = null

/** @throws DescentError where the kernel is not there, and 'canceled' */
export function answerBenchmark(
  { workload: name, kernel, threads, ms }: BenchmarkQuestion,
  control: AnswerControl,
): Promise<Measured> {
  const arithmetic = kernel === 'wasm-simd' ? 'portable' : 'fused'
  if (last?.name !== name || last.spec.training.arithmetic !== arithmetic) {
    last = createWorkload(name, arithmetic)
  }
  return paced(measuring(last, computeOf(kernel, threads), ms), control)
}

function computeOf(name: KernelName, threads: number): Compute | null {
  if (name === 'reference') return null
  const kernel = fastKernel(name)
  if (kernel !== null) return { kernel, threads }
  throw new DescentError('not-found', `There is no kernel ${name} here.`, 'Measure the others.')
}

function* measuring(
  workload: Workload,
  compute: Compute | null,
  ms: number,
): Generator<QuestionProgress, Measured> {
  // The reference has nothing to warm up for that would show beside its own slowness.
  const options = compute === null ? { ms, warmUpMs: 0, fewestSlices: 1 } : { ms }
  const slices = measureInSlices(workload, compute, options)
  try {
    for (;;) {
      const { done, value } = slices.next()
      if (done) return value
      yield { done: 0, total: 1 }
    }
  } finally {
    slices.return(undefined as never)
  }
}
