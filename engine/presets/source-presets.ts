// The five source systems as presets: each as its document or its author's code has it, to the digit where figures
// were published (descent verify), and with the comparisons that the document invites.

import { SPEC_VERSION } from '../spec/schema'
import type { ExperimentSpecInput, Preset } from './presets'
import type { PresetVariant } from './variants'

const version = SPEC_VERSION
const allForTraining = { kind: 'ordered', validation: 0 } as const
const dense = (units: number, activation: 'logistic' | 'tanh' | 'sine' | 'softmax' | 'identity') =>
  ({ kind: 'dense', units, activation }) as const
/** W by standard normal numbers, and the biases after them or as given. */
const normal = { weights: 'normal' } as const
const inputRow = (units: number) => {
  const half = { kind: 'uniform', minimum: -0.5, maximum: 0.5 } as const
  return { ...dense(units, 'tanh'), biasForm: 'input-row', weights: half, biases: half } as const
}
/** Dense and activation apart, as the layer library has them; both drawn by default_rng(123).standard_normal. */
const libraryLayers = (units: number, activation: 'logistic' | 'tanh') =>
  [
    { kind: 'dense', units, weights: 'normal', biases: 'normal' },
    { kind: 'activation', activation },
  ] as const
const oneByOne = { batchSize: 1, shuffle: false } as const
const numpy = { random: 'numpy-legacy', seed: 0 } as const
const afterData = { random: { kind: 'numpy-legacy', start: 'after-data' }, seed: 0 } as const
const libraryRandom = { random: { kind: 'numpy-generator', restartEachLayer: true }, seed: 123 } as const
const values = (numbers: readonly number[]) => ({ kind: 'values', values: [...numbers] }) as const

/** Digits scaled to -1 to 1, as the author scales Fashion-MNIST. */
const scaledDigits = {
  id: 'mnist',
  parameters: { trainingExamples: 10_000, testExamples: 2000 },
  split: { kind: 'ordered', validation: 0.1 },
  normalization: { kind: 'affine', offset: 0.5, scale: 0.5 },
} as const

const gridByItsAuthor: ExperimentSpecInput = {
  version,
  name: 'NeuralGrid',
  dataset: scaledDigits,
  network: {
    layers: [dense(64, 'identity'), { kind: 'grid', depth: 64 }, dense(10, 'softmax')],
  },
  loss: 'categorical-cross-entropy',
  optimizer: { kind: 'adam', learningRate: 0.0002 },
  training: { epochs: 10, batchSize: 64, seed: 1, precision: 'float32' },
}

const SHARING = {
  id: 'sharing',
  title: 'Who shares a weight',
  question: 'A weight a source cell, a weight a place in the kernel, or one for each connection?',
  members: [
    { name: 'by source cell', set: {} },
    { name: 'by kernel place', set: { 'network.layers[1].sharing': 'kernel' } },
    { name: 'not shared', set: { 'network.layers[1].sharing': 'none' } },
  ],
} as const satisfies PresetVariant

export const SOURCE_PRESETS: readonly Preset[] = [
  {
    id: 's0-author',
    system: 'S0',
    title: 'S0 NeuralGrid',
    question: 'What passes through 64 layers whose cells see only their neighbours?',
    architecture: '784 → 64 cells × 64 layers sine → 10',
    spec: gridByItsAuthor,
    target: { metric: 'train/accuracy', comparison: '>=', value: 0.8, epochs: 10, seconds: 60 },
    group: 'source',
    variants: [
      SHARING,
      {
        id: 'border',
        title: 'What lies beyond the border',
        question: 'Do the cells at the edge miss the neighbours they lack?',
        members: [
          { name: 'zeros', set: {} },
          { name: 'the other side', set: { 'network.layers[1].border': 'circular' } },
        ],
      },
    ],
  },
  {
    id: 's0-document',
    system: 'S0',
    title: 'S0 as the document has it',
    question: 'Does the grid learn with sines everywhere and half the squared error?',
    architecture: '784 → 64 cells × 8 layers sine → 10',
    spec: {
      ...gridByItsAuthor,
      name: "NeuralGrid, the document's form",
      network: {
        layers: [dense(64, 'sine'), { kind: 'grid', depth: 8 }, dense(10, 'sine')],
      },
      loss: 'half-sse',
      optimizer: { kind: 'sgd', learningRate: 0.02 },
      training: { epochs: 8, batchSize: 8, seed: 1, precision: 'float32' },
    },
    target: { metric: 'train/accuracy', comparison: '>=', value: 0.9, epochs: 8, seconds: 30 },
    group: 'source',
    variants: [SHARING],
  },
  {
    id: 's1',
    system: 'S1',
    title: 'S1 simple-net',
    question: 'Can nine cells remember eighteen patterns, the bias being one more input?',
    architecture: '9 → 9 → 9 tanh, autoencoder',
    spec: {
      version,
      name: 'simple-net',
      dataset: { id: 'patterns', split: allForTraining },
      network: { layers: [inputRow(9), inputRow(9)] },
      loss: 'sse',
      optimizer: { kind: 'sgd', learningRate: 0.001 },
      training: {
        epochs: 300,
        batchSize: 1,
        ...numpy,
        sampling: { kind: 'with-replacement', stepsPerEpoch: 1000 },
        metrics: ['quartic-error'],
        logEvery: 100,
      },
    },
    target: { metric: 'train/loss', comparison: '<=', value: 0.001, epochs: 300, seconds: 3 },
    group: 'source',
    variants: [
      {
        id: 'rate',
        title: 'A larger learning rate',
        question: 'How much sooner is it there with ten times the step?',
        members: [
          { name: '0.001', set: {} },
          { name: '0.01', set: { 'optimizer.learningRate': 0.01 } },
        ],
      },
      {
        id: 'order',
        title: 'At random or in order',
        question: 'Does drawing with replacement lose against every pattern in turn?',
        members: [
          { name: 'drawn with replacement', set: {} },
          {
            name: 'each in turn',
            set: { 'training.sampling': 'epoch', 'training.shuffle': false, 'training.epochs': 16_667 },
          },
        ],
      },
    ],
  },
  {
    id: 's2-xor',
    system: 'S2',
    title: 'S2 AI-Library, XOR',
    question: 'Do three cells learn exclusive or, one example at a time?',
    architecture: '2 → 3 → 1 tanh',
    spec: {
      version,
      name: 'AI-Library, XOR',
      dataset: { id: 'xor', split: allForTraining },
      network: { layers: [...libraryLayers(3, 'tanh'), ...libraryLayers(1, 'tanh')] },
      loss: 'mse',
      optimizer: { kind: 'sgd', learningRate: 0.1 },
      training: { epochs: 10_000, ...oneByOne, ...libraryRandom, logEvery: 4 },
    },
    target: { metric: 'train/loss', comparison: '<=', value: 1e-4, epochs: 10_000, seconds: 1 },
    group: 'source',
    variants: [
      {
        id: 'cross-entropy',
        title: 'Binary cross-entropy on tanh',
        metric: 'train/accuracy',
        question: 'Why can this loss not stand behind a tanh?',
        members: [
          { name: 'mean squared error', set: {} },
          { name: 'binary cross-entropy on tanh', set: { loss: 'binary-cross-entropy' } },
          {
            name: 'binary cross-entropy on logistic',
            set: { loss: 'binary-cross-entropy', 'network.layers[3].activation': 'logistic' },
          },
        ],
      },
    ],
  },
  {
    id: 's2-mnist',
    system: 'S2',
    title: 'S2 AI-Library, digits',
    question: 'How far do 35 logistic cells get on 5,000 digits, one at a time?',
    architecture: '784 → 35 logistic → 10 tanh',
    spec: {
      version,
      name: 'AI-Library, digits',
      dataset: {
        id: 'mnist',
        parameters: { trainingExamples: 5000, testExamples: 1000 },
        split: allForTraining,
      },
      network: { layers: [...libraryLayers(35, 'logistic'), ...libraryLayers(10, 'tanh')] },
      loss: 'mse',
      optimizer: { kind: 'sgd', learningRate: 0.5 },
      training: { epochs: 10, ...oneByOne, ...libraryRandom, logEvery: 10 },
    },
    target: { metric: 'train/loss', comparison: '<=', value: 0.0322, epochs: 10, seconds: 20 },
    group: 'source',
    variants: [
      {
        id: 'init',
        title: 'Smaller starting weights',
        question: 'What do standard normal weights cost in front of 784 inputs?',
        members: [
          { name: 'standard normal', set: {} },
          {
            name: 'Xavier',
            set: { 'network.layers[0].weights': 'xavier', 'network.layers[2].weights': 'xavier' },
          },
        ],
      },
    ],
  },
  {
    id: 's3-hand',
    system: 'S3',
    title: 'S3 by hand, 2-2-2',
    question: 'Which number does each line of the derivation give?',
    architecture: '2 → 2 → 2 logistic',
    spec: {
      version,
      name: 'By hand, 2-2-2',
      dataset: {
        id: 'given',
        parameters: { inputs: [[0.05, 0.1]], targets: [[0.01, 0.99]] },
        split: allForTraining,
      },
      network: {
        layers: [
          { ...dense(2, 'logistic'), weights: values([0.15, 0.2, 0.25, 0.3]), biases: values([0.35, 0.35]) },
          { ...dense(2, 'logistic'), weights: values([0.4, 0.45, 0.5, 0.55]), biases: values([0.6, 0.6]) },
        ],
      },
      loss: 'half-sse',
      optimizer: { kind: 'sgd', learningRate: 0.5 },
      training: { epochs: 1000, ...oneByOne, seed: 0 },
    },
    target: { metric: 'train/loss', comparison: '<=', value: 0.001, epochs: 1000, seconds: 1 },
    group: 'source',
    variants: [climbing()],
  },
  {
    id: 's3-disc',
    system: 'S3',
    title: 'S3 the disc',
    question: 'When does a small net find that the inside is a disc?',
    architecture: '2 → 4 → 4 → 4 → 1 logistic',
    spec: {
      version,
      name: 'The disc',
      dataset: { id: 'disc', split: allForTraining },
      network: {
        layers: [4, 4, 4, 1].map((units) => ({
          ...dense(units, 'logistic'),
          ...normal,
          biases: 'ones' as const,
        })),
      },
      loss: 'half-sse',
      optimizer: { kind: 'sgd', learningRate: 0.01 },
      training: {
        epochs: 12_000,
        batchSize: 1,
        ...afterData,
        inputNoise: 0.01,
        metrics: ['sse'],
        logEvery: 100,
      },
    },
    target: { metric: 'train/loss', comparison: '<=', value: 0.008, epochs: 12_000, seconds: 10 },
    group: 'source',
    variants: [climbing()],
  },
  {
    id: 's4',
    system: 'S4',
    title: 'S4 linearized weights',
    question: 'How much does the loss of the last example flatter?',
    architecture: '50 → 5 logistic, regression',
    spec: {
      version,
      name: 'Linearized weights',
      dataset: { id: 'numpy-teacher', split: allForTraining },
      network: { layers: [{ ...dense(5, 'logistic'), ...normal, biases: 'normal' }] },
      loss: 'sse',
      optimizer: { kind: 'sgd', learningRate: 0.1 },
      training: {
        epochs: 10,
        ...oneByOne,
        ...afterData,
        metrics: ['mse', 'mse.last', 'teacher-distance'],
      },
    },
    target: { metric: 'train/loss', comparison: '<=', value: 0.0012, epochs: 10, seconds: 1 },
    group: 'source',
    variants: [
      {
        id: 'mean',
        title: 'With and without 1/L',
        metric: 'train/mse',
        question: 'What does the factor that the code leaves out of the gradient change?',
        members: [
          { name: 'without 1/L, as the code', set: {} },
          { name: 'with 1/L, as the equation', set: { loss: 'mse' } },
          { name: 'with 1/L and 5 times the rate', set: { loss: 'mse', 'optimizer.learningRate': 0.5 } },
        ],
      },
    ],
  },
]

/** The printed update adds the gradient: its run climbs where the other descends. */
function climbing() {
  return {
    id: 'sign',
    title: 'The printed sign',
    question: 'What happens when the gradient is added, as printed?',
    members: [
      { name: 'w − η∂E/∂w', set: {} },
      { name: 'w + η∂E/∂w, as printed', set: { 'optimizer.direction': 'ascent' } },
    ],
  } as const
}
