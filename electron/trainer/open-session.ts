// From a job to a session that is ready to train: load the data, prepare it, build the model.

import { prepareData } from '../../engine/data/prepare'
import { createSession, type TrainingSession } from '../../engine'
import { loadDataset, openDatasetStore } from '../data'
import { version } from '../../package.json'
import type { StartedInfo, TrainingJob } from './protocol'

export interface OpenedSession {
  session: TrainingSession
  started: StartedInfo
}

export type SessionSource = (job: TrainingJob) => Promise<OpenedSession>

/** @throws DescentError when the data can not be had, or does not fit the design */
export const openSession: SessionSource = async ({ spec, datasetFolder }) => {
  const dataset = await loadDataset(spec.dataset, openDatasetStore(datasetFolder))
  const session = createSession(spec, prepareData(spec.dataset, dataset))
  return { session, started: describeSession(session, dataset.hash) }
}

export function describeSession(session: TrainingSession, dataHash: string): StartedInfo {
  return {
    kernel: session.kernel,
    engineVersion: version,
    dataHash,
    parameters: session.parameterCount,
    totalSteps: session.totalSteps,
    stepsPerEpoch: session.stepsPerEpoch,
  }
}
