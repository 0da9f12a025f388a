// Designs to start from. Each names a figure that it reaches, and a test trains it to that figure.

import type { z } from 'zod'
import { experimentSpecSchema, SPEC_VERSION } from '../spec/schema'
import type { ExperimentSpec } from '../spec/schema'
import { SOURCE_PRESETS } from './source-presets'
import type { SourceSystem } from './sources/types'
import type { PresetVariant } from './variants'

/** A spec as a person may write it: short names, defaults left out. */
export type ExperimentSpecInput = z.input<typeof experimentSpecSchema>

export interface PresetTarget {
  metric: 'train/accuracy' | 'val/accuracy' | 'train/loss' | 'val/loss'
  comparison: '>=' | '<='
  /** What the last epoch must reach. */
  value: number
  /** Epochs after which it is measured: those of the spec. */
  epochs: number
  /** About how long that takes on a small laptop, in seconds. */
  seconds: number
}

export interface Preset {
  id: string
  title: string
  /** One line: the question that the experiment answers. */
  question: string
  /** The layers in one line, e.g. "2 → 16 → 16 → 1 tanh". */
  architecture: string
  /** Input of experimentSpecSchema; `presetSpec` parses it. */
  spec: ExperimentSpecInput
  target: PresetTarget
  group: 'source' | 'question'
  /** Of group 'source': the system it makes real. Its document is `sourceDocumentOf(id)`. */
  system?: SourceSystem
  /** Comparisons that a person can start with one click. */
  variants?: readonly PresetVariant[]
}

/** The complete spec of a preset, every default filled in. */
export function presetSpec(preset: Preset): ExperimentSpec {
  return experimentSpecSchema.parse(preset.spec)
}

const version = SPEC_VERSION
const standardize = { kind: 'standardize' } as const
const tanh = (units: number) => ({ kind: 'dense', units, activation: 'tanh' }) as const
/** Steep units at all places: of one input in [-1, 1], units that begin nearly linear would make a wave only slowly. */
const steepTanh = (units: number) =>
  ({
    ...tanh(units),
    weights: { kind: 'normal', standardDeviation: 4 },
    biases: { kind: 'normal', standardDeviation: 2 },
  }) as const
const logistic = (units: number) => ({ kind: 'dense', units, activation: 'logistic' }) as const
const softmax = (units: number) => ({ kind: 'dense', units, activation: 'softmax' }) as const
const linear = (units: number) => ({ kind: 'dense', units }) as const
const adam = (learningRate: number) => ({ kind: 'adam', learningRate }) as const
/** Down to 0 at the last step: the last epoch is then as good as the best, whatever the seed. */
const fadingAdam = (learningRate: number) => ({ ...adam(learningRate), schedule: 'cosine' }) as const

export const PRESETS: readonly Preset[] = [
  ...SOURCE_PRESETS,
  {
    id: 'xor',
    title: 'XOR',
    question: 'Can four units learn what no single layer can?',
    architecture: '2 → 4 → 1 tanh',
    spec: {
      version,
      name: 'XOR',
      dataset: { id: 'xor', split: { kind: 'ordered', validation: 0 } },
      network: { layers: [tanh(4), logistic(1)] },
      loss: 'binary-cross-entropy',
      optimizer: adam(0.05),
      training: { epochs: 300, batchSize: 4, seed: 1 },
    },
    target: { metric: 'train/accuracy', comparison: '>=', value: 1, epochs: 300, seconds: 1 },
    group: 'question',
  },
  {
    id: 'moons',
    title: 'Two moons',
    question: 'How does a boundary bend between two half circles?',
    architecture: '2 → 16 → 16 → 1 tanh',
    spec: {
      version,
      name: 'Two moons',
      dataset: { id: 'moons', parameters: { samples: 1000, noise: 0.15 }, split: 'stratified' },
      network: { layers: [tanh(16), tanh(16), logistic(1)] },
      loss: 'binary-cross-entropy',
      optimizer: fadingAdam(0.01),
      training: { epochs: 40, batchSize: 32, seed: 1 },
    },
    target: { metric: 'val/accuracy', comparison: '>=', value: 0.96, epochs: 40, seconds: 1 },
    group: 'question',
  },
  {
    id: 'spirals',
    title: 'Two spirals',
    question: 'How many units does it take to unwind two spirals?',
    architecture: '2 → 32 → 32 → 1 tanh',
    spec: {
      version,
      name: 'Two spirals',
      dataset: {
        id: 'spirals',
        parameters: { samples: 1000 },
        split: 'stratified',
        normalization: standardize,
      },
      network: { layers: [tanh(32), tanh(32), logistic(1)] },
      loss: 'binary-cross-entropy',
      optimizer: fadingAdam(0.02),
      training: { epochs: 100, batchSize: 16, seed: 1 },
    },
    target: { metric: 'val/accuracy', comparison: '>=', value: 0.98, epochs: 100, seconds: 5 },
    group: 'question',
  },
  {
    id: 'circles',
    title: 'Rings',
    question: 'Can a handful of units draw a closed line?',
    architecture: '2 → 8 → 1 tanh',
    spec: {
      version,
      name: 'Rings',
      dataset: { id: 'circles', parameters: { samples: 1000, noise: 0.08 }, split: 'stratified' },
      network: { layers: [tanh(8), logistic(1)] },
      loss: 'binary-cross-entropy',
      optimizer: fadingAdam(0.02),
      training: { epochs: 60, batchSize: 32, seed: 1 },
    },
    target: { metric: 'val/accuracy', comparison: '>=', value: 0.98, epochs: 60, seconds: 1 },
    group: 'question',
  },
  {
    id: 'blobs',
    title: 'Blobs',
    question: 'Where do straight lines suffice to tell five classes apart?',
    architecture: '2 → 5 softmax',
    spec: {
      version,
      name: 'Blobs',
      dataset: { id: 'blobs', parameters: { samples: 600, classes: 5 }, split: 'stratified' },
      network: { layers: [softmax(5)] },
      loss: 'categorical-cross-entropy',
      optimizer: adam(0.05),
      training: { epochs: 30, batchSize: 32, seed: 1 },
    },
    target: { metric: 'val/accuracy', comparison: '>=', value: 0.97, epochs: 30, seconds: 1 },
    group: 'question',
  },
  {
    id: 'sine',
    title: 'Noisy sine',
    question: 'Does the fit follow the wave or the noise?',
    architecture: '1 → 32 → 1 tanh, regression',
    spec: {
      version,
      name: 'Noisy sine',
      dataset: { id: 'sine', parameters: { samples: 500, noise: 0.1 } },
      network: { layers: [steepTanh(32), linear(1)] },
      loss: 'mse',
      optimizer: fadingAdam(0.02),
      training: { epochs: 150, batchSize: 32, seed: 1 },
    },
    target: { metric: 'val/loss', comparison: '<=', value: 0.015, epochs: 150, seconds: 1 },
    group: 'question',
  },
  {
    id: 'iris',
    title: 'Iris flowers',
    question: 'Do four lengths tell three species apart?',
    architecture: '4 → 8 → 3 tanh',
    spec: {
      version,
      name: 'Iris flowers',
      dataset: { id: 'iris', split: 'stratified', normalization: standardize },
      network: { layers: [tanh(8), softmax(3)] },
      loss: 'categorical-cross-entropy',
      optimizer: adam(0.02),
      training: { epochs: 60, batchSize: 16, seed: 1 },
    },
    target: { metric: 'val/accuracy', comparison: '>=', value: 0.93, epochs: 60, seconds: 1 },
    group: 'question',
  },
  {
    id: 'teacher',
    title: 'Teacher and student',
    question: 'Can a layer copy another from its answers alone?',
    architecture: '50 → 5 logistic, regression',
    spec: {
      version,
      name: 'Teacher and student',
      dataset: { id: 'teacher-student', parameters: { samples: 1000, inputs: 50, outputs: 5 } },
      network: { layers: [logistic(5)] },
      loss: 'mse',
      optimizer: fadingAdam(0.02),
      training: { epochs: 60, batchSize: 32, seed: 1 },
    },
    target: { metric: 'val/loss', comparison: '<=', value: 1e-20, epochs: 60, seconds: 1 },
    group: 'question',
  },
  {
    id: 'mnist-mlp',
    title: 'MNIST MLP',
    question: 'How well does one hidden layer read handwritten digits?',
    architecture: '784 → 128 ReLU → 10',
    spec: {
      version,
      name: 'MNIST MLP',
      dataset: { id: 'mnist', split: { kind: 'random', validation: 0.1, seed: 0 } },
      network: {
        layers: [{ kind: 'dense', units: 128, activation: 'relu', weights: 'he' }, softmax(10)],
      },
      loss: 'categorical-cross-entropy',
      optimizer: adam(0.001),
      training: { epochs: 5, batchSize: 64, seed: 1, precision: 'float32' },
    },
    target: { metric: 'val/accuracy', comparison: '>=', value: 0.965, epochs: 5, seconds: 60 },
    group: 'question',
  },
]
