// A check of gradients from a spec to a report: loads the data, chooses the batch, and computes at a pace that leaves
// its process time to hear. The application asks it of the analysis process, the command line runs it itself.

import { prepareData } from '../../engine/data/prepare'
import type { ExperimentSpec } from '../../engine/spec/schema'
import type { Parameters } from '../../engine/training/session-types'
import { chooseBatch, type BatchChoice } from '../../engine/verification/choose-batch'
import { checkGradients, type GradientReport } from '../../engine/verification/gradient-check'
import { loadDataset, openDatasetStore } from '../data'
import { paced, type AnswerControl } from '../data-process/paced'

export interface GradientQuestion {
  spec: ExperimentSpec
  datasetFolder: string
  /** null: the starting parameters of the spec's seed. */
  parameters: Parameters | null
  batch: BatchChoice
  tolerance?: number
}

/** @throws DescentError what loading, preparing and checking throw, and 'canceled' */
export async function answerCheckGradients(
  { spec, datasetFolder, parameters, batch, tolerance }: GradientQuestion,
  control: AnswerControl,
): Promise<GradientReport> {
  const dataset = await loadDataset(spec.dataset, openDatasetStore(datasetFolder), { signal: control.signal })
  const data = prepareData(spec.dataset, dataset)
  const steps = checkGradients({
    spec,
    data,
    parameters,
    batch: chooseBatch(data.split, batch),
    tolerance,
    sampleSeed: spec.training.seed,
  })
  return paced(steps, control)
}
