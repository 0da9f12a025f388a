// The kinds that a setting can have, as the form names them, with their formula for a tooltip.

import { ACTIVATIONS } from '../../../../engine/network/activations'
import { INITIALIZERS } from '../../../../engine/network/initializers'
import { LOSSES } from '../../../../engine/network/losses'
import { OPTIMIZERS } from '../../../../engine/optimizers/optimizers'
import { SCHEDULES } from '../../../../engine/optimizers/schedules'

export interface Choice {
  value: string
  text: string
  formula?: string
  /** Shown small in the list, where the text is an abbreviation. */
  detail?: string
}

export const SPLIT_OPTIONS: readonly Choice[] = [
  { value: 'random', text: 'Random' },
  { value: 'stratified', text: 'Stratified' },
  { value: 'ordered', text: 'By order' },
  { value: 'k-fold', text: 'k-fold' },
]

export const NORMALIZATION_OPTIONS: readonly Choice[] = [
  { value: 'none', text: 'None', formula: 'x as it is' },
  {
    value: 'standardize',
    text: 'Standardize',
    formula: '(x − mean) / standard deviation of the training part',
  },
  { value: 'min-max', text: 'Min-max', formula: '(x − min) / (max − min) of the training part' },
  { value: 'affine', text: 'Given', formula: '(x − offset) / scale' },
]

export const CLIP_OPTIONS: readonly Choice[] = [
  { value: 'off', text: 'Off' },
  { value: 'norm', text: 'By norm', formula: 'g · min(1, threshold / ‖g‖)' },
  { value: 'value', text: 'By value', formula: 'each component between −threshold and threshold' },
]

export const PRECISION_OPTIONS: readonly Choice[] = [
  { value: 'float64', text: 'float64', formula: '15 to 16 digits' },
  {
    value: 'float32',
    text: 'float32',
    formula: '7 digits, twice as many numbers in the processor at a time',
  },
]

/** Of float32. */
export const ARITHMETIC_OPTIONS: readonly Choice[] = [
  { value: 'fused', text: 'Fused', formula: 'a · b + c rounded once, fastest where the processor can (FMA)' },
  {
    value: 'portable',
    text: 'Portable',
    formula: 'a · b rounded, then + c, as every machine can without loss of speed',
  },
]

export const REDUCTION_OPTIONS: readonly Choice[] = [
  { value: 'mean', text: 'Mean', formula: 'gradient of the mean loss over the batch' },
  { value: 'sum', text: 'Sum', formula: 'gradient of the summed loss over the batch' },
]

export const BIAS_FORM_OPTIONS: readonly Choice[] = [
  { value: 'vector', text: 'Vector', formula: 'y = f(W x + b)' },
  {
    value: 'input-row',
    text: 'Input row',
    formula: 'y = f([x 1] W), the biases being the last row of W: the same numbers, drawn row by row',
  },
]

export const BORDER_OPTIONS: readonly Choice[] = [
  { value: 'zero', text: 'Zeros', formula: 'cells beyond the border count as 0' },
  {
    value: 'circular',
    text: 'Circular',
    formula: 'the cell beyond the border is the first of the other side',
  },
]

export const SHARING_OPTIONS: readonly Choice[] = [
  { value: 'source', text: 'Source cell', formula: 'one weight a cell, used by all cells that read it' },
  { value: 'kernel', text: 'Kernel', formula: 'one weight a place of the kernel, used by all cells' },
  { value: 'none', text: 'Not shared', formula: 'one weight for each connection' },
]

export const DIRECTION_OPTIONS: readonly Choice[] = [
  { value: 'descent', text: 'Descent', formula: 'w − η ∂L/∂w' },
  { value: 'ascent', text: 'Ascent', formula: 'w + η ∂L/∂w: the loss climbs' },
]

export const SAMPLING_OPTIONS: readonly Choice[] = [
  { value: 'epoch', text: 'Each once', formula: 'an epoch is every training example once' },
  {
    value: 'with-replacement',
    text: 'Drawn anew',
    formula: 'each example is drawn from all of them; an epoch is so many steps',
  },
]

export const RANDOM_OPTIONS: readonly Choice[] = [
  { value: 'streams', text: 'Descent', formula: 'xoshiro128**, a stream of its own for each purpose' },
  {
    value: 'numpy-legacy',
    text: 'NumPy seed',
    formula: 'numpy.random.seed: all draws from one stream, as in a notebook',
  },
  { value: 'numpy-generator', text: 'NumPy Generator', formula: 'numpy.random.default_rng' },
]

export const RANDOM_START_OPTIONS: readonly Choice[] = [
  { value: 'seed', text: 'At the seed' },
  { value: 'after-data', text: 'After the data', formula: 'where the draws of the data set ended' },
]

type Documented = { doc: { title: string; formula: string; source: string } }

/** Options of one of the engine's tables: most used first, the rest as the table has them. */
function optionsOf(
  table: Readonly<Record<string, Documented>>,
  first: readonly string[],
  shorter: Readonly<Record<string, string>> = {},
): readonly Choice[] {
  const kinds = [...new Set([...first, ...Object.keys(table)])].filter((kind) => kind in table)
  return kinds.map((kind) => {
    const { title, formula, source } = table[kind].doc
    const hint = source === '' ? formula : `${formula}\n${source}`
    const isShort = kind in shorter && shorter[kind].length < 6 && kind !== 'identity'
    return { value: kind, text: shorter[kind] ?? title, formula: hint, detail: isShort ? title : undefined }
  })
}

export const ACTIVATION_OPTIONS = optionsOf(
  ACTIVATIONS,
  ['identity', 'relu', 'tanh', 'logistic', 'softmax'],
  {
    identity: 'None',
  },
)
export const INITIALIZER_OPTIONS = optionsOf(INITIALIZERS, ['xavier', 'he', 'uniform', 'normal', 'constant'])
export const LOSS_OPTIONS = optionsOf(
  LOSSES,
  ['categorical-cross-entropy', 'binary-cross-entropy', 'mse', 'mae', 'huber'],
  { 'categorical-cross-entropy': 'Cross-entropy', mse: 'MSE', mae: 'MAE', sse: 'SSE', 'half-sse': '½ SSE' },
)

export const OPTIMIZER_OPTIONS = optionsOf(OPTIMIZERS, ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam'])
export const SCHEDULE_OPTIONS = optionsOf(SCHEDULES, ['constant', 'step', 'cosine', 'warm-up'])

/** What a kind is called in the form. */
export function textOfKind(kind: string): string {
  const all = [...ACTIVATION_OPTIONS, ...INITIALIZER_OPTIONS, ...LOSS_OPTIONS, ...NORMALIZATION_OPTIONS]
  return all.find(({ value }) => value === kind)?.text ?? kind
}
