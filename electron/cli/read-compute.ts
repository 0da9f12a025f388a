// --kernel and --threads: what a run is to be computed with.

import { availableParallelism } from 'node:os'
import { DescentError } from '../../engine/errors'
import type { TrainingSpec } from '../../engine/spec/schema'
import { missingReason } from '../kernels/availability'
import { chooseCompute, type ComputeWish, type KernelChoice } from '../kernels/load'

export interface ComputeOptions {
  kernel?: KernelChoice
  threads?: string
}

/** @throws DescentError('bad-input') where there is no such kernel for this run, or no such number of threads */
export function readCompute(
  training: Pick<TrainingSpec, 'precision' | 'arithmetic'>,
  { kernel = 'automatic', threads }: ComputeOptions,
): ComputeWish {
  const wish: ComputeWish = { kernel, threads: threads === undefined ? null : readThreads(threads) }
  if (kernel === 'automatic' || kernel === 'reference' || chooseCompute(training, wish) !== null) return wish
  throw new DescentError(
    'bad-input',
    `--kernel ${kernel}: ${missingReason(training, kernel)}`,
    'Leave --kernel out: then the run gets the fastest kernel that there is for it.',
  )
}

function readThreads(text: string): number {
  const cores = availableParallelism()
  const threads = Number(text.trim() || NaN)
  if (Number.isInteger(threads) && threads >= 1 && threads <= cores) return threads
  throw new DescentError(
    'bad-input',
    `--threads: ${JSON.stringify(text)}; needs a whole number from 1 to ${cores}, the cores of this machine.`,
    'Leave --threads out: then a run takes as many as its steps are long enough for.',
  )
}
