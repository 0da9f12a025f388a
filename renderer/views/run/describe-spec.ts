// A run's design as a short list of names and values, in the words of the design view.

import { shapeOf } from '../../../engine/data/datasets'
import { inputWidth } from '../../../engine/data/shape'
import type { ImportedInfo } from '../../../engine/data/imported'
import type {
  ActivationSpec,
  DatasetSpec,
  ExperimentSpec,
  LayerSpec,
  TrainingSpec,
} from '../../../engine/spec/schema'
import type { RunSummary } from '../../../electron/contract'
import { formatCount, formatSetting } from '../../format'
import { recordedKernel } from '../../kernels'
import type { DescriptionRow } from '../../ui/DescriptionList.vue'
import { LOSS_OPTIONS, OPTIMIZER_OPTIONS, SCHEDULE_OPTIONS, type Choice } from '../design/model/choices'
import { wordsOf } from '../design/model/labels'

function textOf(options: readonly Choice[], kind: string): string {
  return options.find((option) => option.value === kind)?.text ?? wordsOf(kind)
}

/** 2 → 16 → 16 → 1; `inputs` null where the data set is not known here. */
export function layerWidths(spec: ExperimentSpec, inputs: number | null): string {
  const parts = spec.network.layers.flatMap((layer) => {
    if (layer.kind === 'dense') return [formatSetting(layer.units)]
    return layer.kind === 'grid' ? [`grid × ${formatSetting(layer.depth)}`] : []
  })
  return [inputs === null ? 'inputs' : formatSetting(inputs), ...parts].join(' → ')
}

/** Numbers of one input; null where what was imported is not there. */
export function inputsOf(dataset: DatasetSpec, imported: ImportedInfo | undefined): number | null {
  try {
    return inputWidth(shapeOf(dataset, imported))
  } catch {
    // It was removed: its shape is no longer known, which costs one number in a list and nothing else.
    return null
  }
}

function activationOf(layer: LayerSpec): ActivationSpec['kind'] | null {
  if (layer.kind === 'activation') return layer.activation.kind
  return layer.activation.kind === 'identity' ? null : layer.activation.kind
}

/** tanh, logistic out; the hidden layers' activations once each, then the output's. */
export function activationWords({ network: { layers } }: ExperimentSpec): string {
  const kinds = layers.map(activationOf).filter((kind) => kind !== null)
  if (kinds.length === 0) return 'none'
  const last = layers.at(-1)!
  const out = activationOf(last)
  const hidden = [...new Set((out === null ? kinds : kinds.slice(0, -1)).map((kind) => wordsOf(kind)))]
  const output = out === null ? 'linear out' : `${wordsOf(out)} out`
  return [...hidden, output].join(', ')
}

/** What of a run's examples, noise and draws is not as usual, one row each. */
function drawRows({ sampling, inputNoise, random }: ExperimentSpec['training']): DescriptionRow[] {
  const rows: DescriptionRow[] = []
  if (sampling.kind === 'with-replacement') {
    const value = `drawn anew, ${formatCount(sampling.stepsPerEpoch)} steps an epoch`
    rows.push({ key: 'sampling', name: 'Examples', value })
  }
  if (inputNoise > 0) rows.push({ key: 'noise', name: 'Input noise', value: formatSetting(inputNoise) })
  if (random.kind !== 'streams') {
    const value = random.kind === 'numpy-legacy' ? 'NumPy seed' : 'NumPy Generator'
    rows.push({ key: 'random', name: 'Random numbers', value })
  }
  return rows
}

/** moons 1,000, noise 0.2 */
export function datasetWords(dataset: DatasetSpec, imported: ImportedInfo | undefined): string {
  if (dataset.id === 'csv') return imported?.name ?? 'imported table'
  if (dataset.id === 'idx') {
    const name = imported?.name ?? 'imported images'
    const { trainingExamples } = dataset.parameters
    return trainingExamples === null ? name : `${name} ${formatCount(trainingExamples)}`
  }
  const parts: string[] = []
  const { samples, trainingExamples, noise } = dataset.parameters as Record<string, unknown>
  const count = samples ?? trainingExamples
  parts.push(typeof count === 'number' ? `${wordsOf(dataset.id)} ${formatCount(count)}` : wordsOf(dataset.id))
  if (typeof noise === 'number' && noise > 0) parts.push(`noise ${formatSetting(noise)}`)
  return parts.join(', ')
}

export function shortHash(hash: string): string {
  return `${hash.slice(0, 6)}…${hash.slice(-4)}`
}

/** float32 portable; its default and float64, which has one arithmetic, go without a word. */
function precisionWords({ precision, arithmetic }: TrainingSpec): string {
  return precision === 'float32' && arithmetic === 'portable' ? `${precision} ${arithmetic}` : precision
}

export function hyperparameterRows(
  spec: ExperimentSpec,
  run: RunSummary,
  imported: ImportedInfo | undefined,
): DescriptionRow[] {
  const { optimizer, training, loss } = spec
  const schedule = optimizer.schedule.kind
  const kernel = run.kernel === null ? null : recordedKernel(run.kernel)
  const rows: DescriptionRow[] = [
    { key: 'layers', name: 'Layers', value: layerWidths(spec, inputsOf(spec.dataset, imported)) },
    { key: 'activation', name: 'Activation', value: activationWords(spec) },
    { key: 'loss', name: 'Loss', value: textOf(LOSS_OPTIONS, loss.kind).toLowerCase() },
    { key: 'optimizer', name: 'Optimizer', value: textOf(OPTIMIZER_OPTIONS, optimizer.kind) },
    {
      key: 'rate',
      name: 'Learning rate',
      value:
        formatSetting(optimizer.learningRate) +
        (schedule === 'constant' ? '' : `, ${textOf(SCHEDULE_OPTIONS, schedule).toLowerCase()}`),
    },
  ]
  if (optimizer.kind === 'sgd' && optimizer.direction === 'ascent') {
    rows.push({ key: 'direction', name: 'Direction', value: 'ascent: the gradient is added' })
  }
  if (optimizer.weightDecay > 0) {
    rows.push({ key: 'decay', name: 'Weight decay', value: formatSetting(optimizer.weightDecay) })
  }
  if (optimizer.gradientClip) {
    const { kind, threshold } = optimizer.gradientClip
    rows.push({ key: 'clip', name: 'Gradient clipping', value: `${kind} ${formatSetting(threshold)}` })
  }
  rows.push(
    { key: 'batch', name: 'Batch size', value: formatCount(training.batchSize) },
    { key: 'epochs', name: 'Epochs', value: formatCount(training.epochs) },
    ...drawRows(training),
    { key: 'seed', name: 'Seed', value: String(training.seed) },
    {
      key: 'parameters',
      name: 'Parameters',
      value: run.parameters === null ? null : formatCount(run.parameters),
    },
    {
      key: 'precision',
      name: 'Precision',
      value: precisionWords(training),
    },
    {
      key: 'kernel',
      name: 'Kernel',
      value: kernel?.short ?? null,
      title: kernel?.full,
    },
    { key: 'data', name: 'Data', value: datasetWords(spec.dataset, imported) },
    {
      key: 'data-hash',
      name: 'Data hash',
      value: run.dataHash === null ? null : shortHash(run.dataHash),
      title: run.dataHash ?? undefined,
      mono: true,
    },
  )
  if (run.weightsHash !== null) {
    rows.push({
      key: 'weights-hash',
      name: 'Weights hash',
      value: shortHash(run.weightsHash),
      title: run.weightsHash,
      mono: true,
    })
  }
  return rows
}
