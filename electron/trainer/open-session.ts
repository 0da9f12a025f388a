// From a job to a session that is ready to train: load the data, prepare it, build the model.

import { prepareData } from '../../engine/data/prepare'
import type { PreparedData } from '../../engine/data/prepared'
import type { Dataset } from '../../engine/data/types'
import type { Compute } from '../../engine/kernels/program/kernel'
import type { DatasetSpec, ExperimentSpec, TrainingSpec } from '../../engine/spec/schema'
import { createSession, type TrainingSession } from '../../engine'
import { loadDataset, openDatasetStore } from '../data'
import { chooseCompute, type ComputeWish } from '../kernels/load'
import { version } from '../../package.json'
import type { StartedInfo, TrainingJob } from './protocol'

export interface OpenedSession {
  session: TrainingSession
  started: StartedInfo
}

export type SessionSource = (job: TrainingJob) => Promise<OpenedSession>

/** @throws DescentError when the data can not be had, or does not fit the design */
export const openSession: SessionSource = async ({ spec, datasetFolder, compute }) => {
  const dataset = await loadDataset(spec.dataset, openDatasetStore(datasetFolder))
  const session = openWith(computeFor(spec.training, compute), spec, prepare(spec.dataset, dataset))
  return { session, started: describeSession(session, dataset.hash) }
}

/** A kernel that was chosen for all runs may not have the bits of every one: then it is the automatic choice. */
function computeFor(training: TrainingSpec, wish: ComputeWish): Compute | null {
  const chosen = chooseCompute(training, wish)
  if (chosen !== null || wish.kernel === 'reference') return chosen
  return chooseCompute(training, { ...wish, kernel: 'automatic' })
}

/** Threads may fail to start on a machine that is full; the run does not need them. */
function openWith(compute: Compute | null, spec: ExperimentSpec, data: PreparedData): TrainingSession {
  if (compute === null || compute.threads === 1) return createSession(spec, data, compute)
  try {
    return createSession(spec, data, compute)
  } catch {
    // What is wrong with the spec or the data is thrown again.
    return createSession(spec, data, { ...compute, threads: 1 })
  }
}

/** Normalized copies of larger tables are not worth their memory while no run needs them. */
const KEPT_BYTES = 64 * 1024 * 1024

/** What the run before trained on; the next one in this process often asks for the same. Read only. */
let last: { dataset: Dataset; asked: string; prepared: PreparedData } | null = null

function prepare(spec: DatasetSpec, dataset: Dataset): PreparedData {
  const asked = JSON.stringify([spec.split, spec.normalization, spec.targetNormalization])
  if (last?.dataset === dataset && last.asked === asked) return last.prepared
  last = null
  const prepared = prepareData(spec, dataset)
  const isSmall = prepared.inputs === dataset.inputs || prepared.inputs.byteLength <= KEPT_BYTES
  if (isSmall) last = { dataset, asked, prepared }
  return prepared
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
