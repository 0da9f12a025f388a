// Made-up but plausible runs, written through the run log itself, so that tables, charts and benchmarks have something
// to show without hours of training. The same place in the list always makes the same run, but for its times.

import type { RunLog } from '../../electron/run-log/types'
import { parseSpec } from '../../engine/spec/parse'
import type { ExperimentSpec } from '../../engine/spec/schema'
import type { EpochRecord, StepChunk, StepMetric } from '../../engine/training/types'

/** Mulberry32: small, seeded, and independent of the engine under test. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Family {
  name: string
  dataset: unknown
  outputs: { units: number; activation: string }
  loss: unknown
  widths: readonly number[][]
  epochs: number
  batchSize: number
  stepsPerEpoch: number
  /** Losses of a good run: at the start and after long training. */
  from: number
  to: number
  isClassification: boolean
}

const FAMILIES: readonly Family[] = [
  {
    name: 'mnist-mlp',
    dataset: { id: 'mnist' },
    outputs: { units: 10, activation: 'softmax' },
    loss: 'categorical-cross-entropy',
    widths: [[64], [128], [256, 128]],
    epochs: 12,
    batchSize: 64,
    stepsPerEpoch: 40,
    from: 2.3,
    to: 0.09,
    isClassification: true,
  },
  {
    name: 'moons',
    dataset: { id: 'moons', parameters: { samples: 1000, noise: 0.2 } },
    outputs: { units: 1, activation: 'logistic' },
    loss: 'binary-cross-entropy',
    widths: [[16], [16, 16], [32, 32]],
    epochs: 40,
    batchSize: 32,
    stepsPerEpoch: 25,
    from: 0.69,
    to: 0.06,
    isClassification: true,
  },
  {
    name: 'sine',
    dataset: { id: 'sine', parameters: { samples: 500, noise: 0.1 } },
    outputs: { units: 1, activation: 'identity' },
    loss: 'mse',
    widths: [[32], [32, 32]],
    epochs: 60,
    batchSize: 16,
    stepsPerEpoch: 25,
    from: 0.6,
    to: 0.0006,
    isClassification: false,
  },
]
const OPTIMIZERS = [
  { kind: 'adam', rates: [0.01, 0.003, 0.001] },
  { kind: 'sgd', rates: [0.5, 0.07, 0.01] },
  { kind: 'rmsprop', rates: [0.003, 0.001] },
] as const
const TAGS = ['seeds', 'sweep-1', 'sweep-2', 'wide', 'best', 'baseline', 'source']
const SEEDS_PER_DESIGN = 5

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)]
}

export interface MadeUp {
  /** Runs that will be made in all: their times end now. */
  count: number
  /** Logged points of a run that trains to its end; as many as its family has where it is left out. */
  points?: number
  /** Trained to its end and not diverged, stopped or interrupted. */
  isWhole?: boolean
}

function specOf(index: number): { spec: ExperimentSpec; family: Family; random: () => number } {
  const design = Math.floor(index / SEEDS_PER_DESIGN)
  const ofDesign = randomFrom(design + 1)
  const family = pick(FAMILIES, ofDesign)
  const optimizer = pick(OPTIMIZERS, ofDesign)
  const learningRate = pick(optimizer.rates, ofDesign)
  const widths = pick(family.widths, ofDesign)
  const seed = (index % SEEDS_PER_DESIGN) + 1
  const layers = widths.map((units) => ({ kind: 'dense', units, activation: 'relu' }))
  const spec = parseSpec({
    version: 1,
    name: `${family.name} ${widths.join('-')} lr ${learningRate} seed ${seed}`,
    dataset: family.dataset,
    network: { layers: [...layers, { kind: 'dense', ...family.outputs }] },
    loss: family.loss,
    optimizer: { kind: optimizer.kind, learningRate },
    training: { epochs: family.epochs, batchSize: family.batchSize, seed },
  })
  return { spec, family, random: randomFrom(1_000_003 * (index + 1)) }
}

// The log stamps rows with the clock; made-up runs need a past.
const realNow = Date.now()
let clock = realNow
Date.now = () => clock

/** Appended in pieces no larger than a trainer's. */
const POINTS_OF_CHUNK = 100_000

/** Answers with the run's id and how many points it has. */
export function makeRun(
  log: RunLog,
  index: number,
  { count, points, isWhole = false }: MadeUp,
): { id: string; points: number } {
  const { spec, family: usual, random } = specOf(index)
  const family =
    points === undefined ? usual : { ...usual, stepsPerEpoch: Math.max(1, Math.round(points / usual.epochs)) }
  // Newest last: the last run was started just now, earlier ones every three minutes before.
  clock = realNow - (count - index) * 180_000
  const { id } = log.createRun(spec, 'app')
  const totalSteps = family.epochs * family.stepsPerEpoch
  log.markStarted(id, {
    kernel: spec.training.precision === 'float64' ? 'reference' : 'wasm-simd',
    engineVersion: '0.1.0',
    dataHash: (index % 7).toString(16).repeat(64),
    parameters: 500 + Math.floor(random() * 60_000),
    totalSteps,
    stepsPerEpoch: family.stepsPerEpoch,
  })
  const fate = isWhole ? 1 : random()
  const done =
    fate < 0.05 ? Math.ceil(family.epochs * 0.1) : fate < 0.12 ? Math.ceil(family.epochs / 2) : family.epochs
  const isDiverging = fate < 0.05
  const activeMs = Math.round(done * (300 + random() * 2000))
  const epochs = epochRecords(family, done, isDiverging, random).map((record) => ({
    ...record,
    elapsedMs: (activeMs * record.epoch) / done,
  }))
  const steps = done * family.stepsPerEpoch
  for (let from = 0, sequence = 0; from < steps; from += POINTS_OF_CHUNK, sequence++) {
    const to = Math.min(steps, from + POINTS_OF_CHUNK)
    const isLast = to === steps
    log.appendBatch(id, {
      sequence,
      chunk: stepChunk(family, epochs, activeMs / steps, random, from, to),
      epochs: epochs.filter(({ step }) => step > from && step <= to),
      progress: {
        step: to,
        totalSteps,
        epoch: isLast ? done : to / family.stepsPerEpoch,
        totalEpochs: family.epochs,
        samples: to * family.batchSize,
      },
      activeMs: isLast ? activeMs : (activeMs * to) / steps,
      samplesPerSecond: 20_000,
      remainingMs: 0,
    })
  }
  clock += activeMs
  end(log, id, fate, done, family, epochs, index)

  const tags = TAGS.filter(() => random() < 0.18)
  if (tags.length > 0) log.setTags([id], tags, [])
  if (random() < 0.03) log.setNote(id, 'Looks like the rate is too high for this width; try 0.003 next.')
  return { id, points: steps }
}

function end(
  log: RunLog,
  id: string,
  fate: number,
  done: number,
  family: Family,
  epochs: readonly EpochRecord[],
  index: number,
): void {
  const step = done * family.stepsPerEpoch
  const hash = (index % 16).toString(16).repeat(64)
  if (fate < 0.05) {
    const reason = `The loss became NaN at step ${step}. Try a lower learning rate or gradient clipping.`
    log.markDone(id, { kind: 'diverged', step, epoch: done, reason }, {}, hash)
  } else if (fate < 0.09) log.markDone(id, { kind: 'stopped' }, {}, hash)
  else if (fate < 0.12) log.markEnded(id, 'interrupted', 'Descent was closed while this run trained.')
  else {
    const last = epochs[epochs.length - 1].metrics
    const final: Record<string, number> = { 'test/loss': last['val/loss'] * 1.02 }
    if (family.isClassification) final['test/accuracy'] = last['val/accuracy'] - 0.002
    log.markDone(id, { kind: 'finished' }, final, hash)
  }
}

function epochRecords(
  family: Family,
  done: number,
  isDiverging: boolean,
  random: () => number,
): EpochRecord[] {
  const floor = family.to * (0.8 + random() * 1.5)
  const pace = (2 + random() * 5) / family.epochs
  return Array.from({ length: done }, (_, index) => {
    const epoch = index + 1
    const clean = floor + (family.from - floor) * Math.exp(-pace * epoch)
    const validation = isDiverging
      ? epoch === done
        ? NaN
        : family.from * 1.6 ** epoch
      : clean * (1.02 + 0.12 * (random() - 0.5))
    const metrics: Record<string, number> = {
      'train/loss': isDiverging ? validation : clean * 0.95,
      'val/loss': validation,
    }
    if (family.isClassification) {
      const accuracy = isDiverging ? 0.1 : Math.max(0.1, 1 - clean / (family.from * 1.6))
      metrics['train/accuracy'] = Math.min(1, accuracy + 0.004)
      metrics['val/accuracy'] = Math.round(accuracy * 10_000) / 10_000
    }
    return { epoch, step: epoch * family.stepsPerEpoch, elapsedMs: 0, metrics }
  })
}

/** The points of the steps after `from` up to `to`. */
function stepChunk(
  family: Family,
  epochs: readonly EpochRecord[],
  msPerStep: number,
  random: () => number,
  from: number,
  to: number,
): StepChunk {
  const count = to - from
  const loss = new Float64Array(count)
  const norm = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const position = (from + i) / family.stepsPerEpoch
    const epoch = Math.floor(position)
    const after = epochs[Math.min(epochs.length - 1, epoch)].metrics['train/loss']
    const before = epoch < 1 ? family.from : epochs[epoch - 1].metrics['train/loss']
    const clean = before + (after - before) * (position - epoch)
    loss[i] = clean * (0.7 + 0.6 * random())
    norm[i] = clean * (0.5 + random())
  }
  const columns: Record<StepMetric, Float64Array> = {
    'batch/loss': loss,
    'batch/loss.min': loss,
    'batch/loss.max': loss,
    'batch/gradient-norm': norm,
    'batch/learning-rate': new Float64Array(count).fill(0.01),
  }
  const elapsedMs = Float64Array.from({ length: count }, (_, i) => (from + i + 1) * msPerStep)
  return { firstStep: from + 1, stride: 1, count, elapsedMs, columns }
}
