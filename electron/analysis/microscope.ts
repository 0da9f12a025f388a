// The microscope's side in the analysis process: one session is kept between questions, so that the next example or
// the next step is there at once. Another spec, or another process after an idle time, starts from the beginning.

import { prepareData } from '../../engine/data/prepare'
import type { PreparedData } from '../../engine/data/prepared'
import { DescentError } from '../../engine/errors'
import { Microscope, modelState, type ModelState } from '../../engine/microscope/microscope'
import { Replay } from '../../engine/microscope/replay'
import type {
  CellTrace,
  ExamplePlace,
  ParameterKind,
  ParameterTrace,
  Trace,
} from '../../engine/microscope/types'
import { optimizerFor } from '../../engine/optimizers/optimizers'
import { specJson } from '../../engine/spec/paths'
import type { ExperimentSpec } from '../../engine/spec/schema'
import { loadDataset, openDatasetStore } from '../data'
import { paced, type AnswerControl } from '../data-process/paced'
import type { Checkpoint } from '../trainer/protocol'

export interface MicroscopeQuestion {
  spec: ExperimentSpec
  datasetFolder: string
  /** Of the data that the run was trained on; null where nothing was trained yet. */
  dataHash: string | null
  /** Optimizer steps done before the one that is looked at. */
  step: number
  place: ExamplePlace
  /** Stored parameters of that very step, which save the training up to it where the optimizer keeps no memory. */
  stored: Pick<Checkpoint, 'step' | 'weights' | 'biases'> | null
}

export interface MicroscopeAnswer {
  /** Names this step of this example in questions about its cells. */
  id: number
  trace: Trace
}

interface Bench {
  /** The spec and the folder of its data. */
  key: string
  replay: Replay
  microscope: Microscope
  /** Of the step and example that are under the microscope now; null between two. */
  id: number | null
}

let bench: Bench | null = null
let lastId = 0
/** One session can not be moved by two questions at once. */
let turn: Promise<unknown> = Promise.resolve()

/** @throws DescentError what loading, preparing and tracing throw, 'bad-data' when the data changed, and 'canceled' */
export function answerOpenMicroscope(
  question: MicroscopeQuestion,
  control: AnswerControl,
): Promise<MicroscopeAnswer> {
  const answer = turn.then(() => open(question, control))
  turn = answer.catch(() => {})
  return answer
}

async function open(question: MicroscopeQuestion, control: AnswerControl): Promise<MicroscopeAnswer> {
  if (control.signal.aborted) throw new DescentError('canceled', 'It was canceled.')
  const { spec, step, place } = question
  const key = `${question.datasetFolder}\n${specJson(spec)}`
  if (bench?.key !== key) bench = { key, ...(await prepare(question, control)), id: null }
  const current = bench
  current.id = null
  const state = storedState(question) ?? (await replayed(current.replay, step, control))
  const trace = current.microscope.trace(state, place)
  current.id = ++lastId
  return { id: current.id, trace }
}

async function prepare(
  { spec, datasetFolder, dataHash }: MicroscopeQuestion,
  { signal }: AnswerControl,
): Promise<Pick<Bench, 'replay' | 'microscope'>> {
  // The old one goes first: two data sets need not be in memory at once.
  bench = null
  const dataset = await loadDataset(spec.dataset, openDatasetStore(datasetFolder), { signal })
  if (dataHash !== null && dataset.hash !== dataHash) {
    throw new DescentError(
      'bad-data',
      'The data set is not the one that this run was trained on: its hash differs.',
      'Bring the data back as it was, or run the design again with the data as it is.',
    )
  }
  const data: PreparedData = prepareData(spec.dataset, dataset)
  const replay = new Replay(spec, data)
  return { replay, microscope: new Microscope(spec, data, replay.session) }
}

function storedState({ spec, step, stored }: MicroscopeQuestion): ModelState | null {
  if (stored?.step !== step || optimizerFor(spec.optimizer).momentCount > 0) return null
  return { weights: stored.weights, biases: stored.biases, moments: [], step, end: null }
}

async function replayed(replay: Replay, step: number, control: AnswerControl): Promise<ModelState> {
  const { signal } = control
  const state = await paced(replay.moveTo(step), {
    signal,
    onProgress: ({ done, total }) =>
      control.onProgress({ done, total, text: 'Training again up to the step' }),
  })
  return modelState(state)
}

export interface CellQuestion {
  id: number
  /** Index in Trace.layers. */
  layer: number
  cell: number
}

/** @throws DescentError('conflict') when another step or example is under the microscope by now, ('bad-input') */
export async function answerTraceCell({ id, layer, cell }: CellQuestion): Promise<CellTrace> {
  return microscopeOf(id).cell(layer, cell)
}

export interface ParameterQuestion {
  id: number
  layer: number
  kind: ParameterKind
  index: number
}

/** @throws DescentError as answerTraceCell */
export async function answerTraceParameter({
  id,
  layer,
  kind,
  index,
}: ParameterQuestion): Promise<ParameterTrace> {
  return microscopeOf(id).parameter(layer, kind, index)
}

function microscopeOf(id: number): Microscope {
  if (bench !== null && bench.id === id) return bench.microscope
  throw new DescentError(
    'conflict',
    'This step is no longer under the microscope.',
    'Open it again: choose its step and example.',
  )
}
