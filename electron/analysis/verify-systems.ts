// Verification of the five source systems: reads the data that it needs, and computes at a pace that leaves its
// process time to hear. The application asks it of the analysis process, the command line runs it itself.

import { generateDataset } from '../../engine/data/datasets'
import type { Dataset } from '../../engine/data/types'
import { DescentError } from '../../engine/errors'
import type { SourceSystem } from '../../engine/presets'
import type { DatasetSpec, TrainingSpec } from '../../engine/spec/schema'
import { filesToVerify, verify, type Verification } from '../../engine/verification/verify'
import type { Means } from '../../engine/verification/checks'
import type { Compute } from '../../engine/kernels/program/kernel'
import { missingReason } from '../kernels/availability'
import { chooseCompute, type KernelChoice } from '../kernels/load'
import { loadDataset, openDatasetStore } from '../data'
import { paced, type AnswerControl } from '../data-process/paced'

export interface VerifyQuestion {
  systems: readonly SourceSystem[]
  /** Leaves the long parts out. */
  isQuick: boolean
  datasetFolder: string
  /** What trains; automatic by default. */
  kernel?: KernelChoice
}

/** @throws DescentError what loading throws, and 'canceled' */
export async function answerVerify(
  { systems, isQuick, datasetFolder, kernel = 'automatic' }: VerifyQuestion,
  control: AnswerControl,
): Promise<Verification> {
  const store = openDatasetStore(datasetFolder)
  const read = new Map<string, Dataset>()
  for (const spec of filesToVerify(systems, isQuick)) {
    read.set(JSON.stringify(spec), await loadDataset(spec, store, { signal: control.signal }))
  }
  const load = (spec: DatasetSpec): Dataset => {
    const dataset = read.get(JSON.stringify(spec)) ?? generateDataset(spec)
    if (dataset === null) throw new DescentError('internal', `The data set ${spec.id} was not read before.`)
    return dataset
  }
  const compute: Means['compute'] = (training) => computeWith(kernel, training)
  return paced(verify(systems, isQuick, { load, compute }), {
    signal: control.signal,
    onProgress: ({ done, total, text }) =>
      control.onProgress({ done: Math.round((100 * done) / total), total: 100, text }),
  })
}

/** @throws DescentError where the kernel that was asked for is not here: another one would prove nothing about it */
function computeWith(kernel: KernelChoice, training: TrainingSpec): Compute | null {
  const chosen = chooseCompute(training, { kernel, threads: null })
  if (chosen !== null || kernel === 'automatic' || kernel === 'reference') return chosen
  const reason = missingReason(training, kernel)
  throw new DescentError(
    'bad-input',
    `The kernel "${kernel}" is not available: ${reason}`,
    'Leave the kernel out.',
  )
}
