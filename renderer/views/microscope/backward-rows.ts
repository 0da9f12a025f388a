// The rows of a cell on the way back: its error, its delta, and gradient and update of one of its parameters.

import type {
  CellTrace,
  GradientTerm,
  ParameterTrace,
  TermList,
  Trace,
  TracedLayer,
} from '../../../engine/microscope/types'
import { activationParameter, ACTIVATION_TEX } from './activation-tex'
import type { RowContent } from './chain'
import { layerMark } from './layer-names'
import { lossSlopeNumbers, lossSlopeSymbols, predictionLetter } from './loss-tex'
import { sharedSum, tableOf, WRITTEN_TERMS, writtenTerms } from './sum-tex'
import { errorSum, parameterSymbol } from './symbols'
import { texAdded, texLines, texNumber, texProduct, texSum } from './tex-number'
import { updateTex } from './update-tex'

const tex = String.raw
const n = texNumber

const slopeOfLoss = (j: number): string => tex`\frac{\partial E}{\partial y_{${j}}}`

export function errorRow(trace: Trace, { layer: at, cell, errorFrom, error }: CellTrace): RowContent | null {
  if (error === null) return null
  const j = cell + 1
  const left = slopeOfLoss(j)
  if (errorFrom.kind === 'loss') {
    return {
      symbols: tex`${left} = ${lossSlopeSymbols(trace.loss, j)}`,
      numbers: tex`${left} = ${lossSlopeNumbers(trace.loss, j)} = ${n(error)}`,
      result: error,
      note:
        predictionLetter(trace.loss) === 'p'
          ? 'Loss and link are compiled together: their derivative is the difference itself.'
          : '',
      terms: null,
    }
  }
  const behind = trace.layers[at + 1]
  const m = layerMark(behind)
  if (errorFrom.kind === 'passed') {
    return {
      symbols: tex`${left} = \delta_{${j}}^{(${m})}`,
      numbers: tex`${left} = ${n(error)}`,
      result: error,
      note: `Layer ${m} is an activation: its delta is this cell's error.`,
      terms: null,
    }
  }
  if (errorFrom.kind === 'none') return null
  const { terms, isShared } = errorFrom
  return {
    symbols: tex`${left} = ${errorSum(behind, j, m)}`,
    numbers: isShared ? sharedErrors(left, terms, error) : texSum(left, writtenTerms(terms), error),
    result: error,
    note: `From the cells of layer ${m} that read this one, by their deltas.`,
    terms: tableOf(terms, ['To cell', 'w', 'δ']),
  }
}

/** One weight for all readers: it stands before the sum of their deltas. */
function sharedErrors(left: string, { strongest, rest }: TermList, error: number): string {
  if (strongest.length === 0) return tex`${left} = ${n(error)}`
  const written = [...strongest].sort((a, b) => a.cell - b.cell).slice(0, WRITTEN_TERMS)
  const isWhole = strongest.length + rest.count === written.length
  const [{ weightValue }] = strongest
  return sharedSum(
    left,
    weightValue,
    written.map(({ factor }) => factor),
    isWhole,
    error,
  )
}

export function deltaRow(
  trace: Trace,
  { layer: at, cell, delta, error, slope, softmaxSum, preActivation, output }: CellTrace,
): RowContent | null {
  if (delta === null) return null
  const { activation } = trace.layers[at]
  const j = cell + 1
  const left = tex`\delta_{${j}}`
  const start = tex`${left} = \frac{\partial E}{\partial z_{${j}}}`
  const base = { result: delta, terms: null }
  if (error === null) {
    const name = activation.kind === 'softmax' ? 'softmax' : 'logistic'
    return {
      ...base,
      symbols: tex`${start} = ${lossSlopeSymbols(trace.loss, j)}`,
      numbers: tex`${left} = ${lossSlopeNumbers(trace.loss, j)} = ${n(delta)}`,
      note: `The loss is compiled with the ${name}: the derivative of both together is the difference itself, so ∂E/∂y is not computed.`,
    }
  }
  if (softmaxSum !== null) {
    return {
      ...base,
      symbols: tex`${start} = y_{${j}} \Bigl( ${slopeOfLoss(j)} - \sum_k \tfrac{\partial E}{\partial y_k}\, y_k \Bigr)`,
      numbers: tex`${left} = ${n(output)} \cdot (${n(error)} ${texAdded(-softmaxSum)}) = ${n(delta)}`,
      note: 'All outputs of a softmax depend on each sum, hence the sum over k.',
    }
  }
  const { slope: slopeSymbols, slopeNumbers } = ACTIVATION_TEX[activation.kind]
  const value = slope ?? NaN
  const inNumbers = slopeNumbers(preActivation, output, activationParameter(activation))
  const derivative =
    inNumbers === null ? tex`f'(z_{${j}}) &= ${n(value)}` : tex`f'(z_{${j}}) &= ${inNumbers} = ${n(value)}`
  return {
    ...base,
    symbols: tex`${start} = ${slopeOfLoss(j)}\, f'(z_{${j}}), \quad f'(z_{${j}}) = ${slopeSymbols(String(j))}`,
    numbers: texLines([
      ...(activation.kind === 'identity' ? [] : [derivative]),
      tex`${left} &= ${texProduct(error, value)} = ${n(delta)}`,
    ]),
    note: '',
  }
}

export function gradientRow(trace: Trace, parameter: ParameterTrace): RowContent {
  const layer = trace.layers[parameter.layer]
  const symbol = parameterSymbol(layer, parameter)
  const left = tex`\frac{\partial E}{\partial ${symbol}}`
  const { gradient, kind, index, terms } = parameter
  const base = { result: gradient, terms: null }
  if (layer.deltas === null) return { ...base, symbols: `${left} = 0`, numbers: '', note: '' }
  if (kind === 'bias') {
    const one = layer.isBiasRow ? tex` \cdot 1` : ''
    return {
      ...base,
      symbols: tex`${left} = \delta_{${index + 1}}${layer.isBiasRow ? tex`\, x_{${layer.inputs + 1}}` : ''}`,
      numbers: tex`${left} = ${n(layer.deltas[index])}${one} = ${n(gradient)}`,
      note: '',
    }
  }
  return { ...base, ...weightGradient(layer, left, symbol, terms, gradient, index) }
}

function weightGradient(
  layer: TracedLayer,
  left: string,
  symbol: string,
  { strongest, rest }: ParameterTrace['terms'],
  gradient: number,
  index: number,
): Pick<RowContent, 'symbols' | 'numbers' | 'note'> {
  const sharing = layer.grid?.sharing
  const [first] = strongest
  if (sharing === 'source' && first !== undefined) {
    const written = [...strongest].sort((a, b) => a.reader - b.reader).slice(0, WRITTEN_TERMS)
    const isWhole = strongest.length + rest.count === written.length
    const deltas = written.map(({ delta }) => delta)
    return {
      symbols: tex`${left} = x_{${index + 1}} \sum_{p \ni ${index + 1}} \delta_p`,
      numbers: sharedSum(left, first.input, deltas, isWhole, gradient),
      note: 'One weight for all cells p that read this one: their deltas add up.',
    }
  }
  if (sharing === 'kernel') {
    return {
      symbols: tex`${left} = \sum_{p} \delta_p\, x_{q(p,${index + 1})}`,
      numbers: texSum(left, gradientTerms(strongest, rest), gradient),
      note: 'One weight for this place in the kernel of every cell p.',
    }
  }
  if (first === undefined)
    return { symbols: `${left} = 0`, numbers: '', note: 'It joins no cells: they lie beyond the border.' }
  return {
    symbols: tex`${left} = \delta_{${first.reader + 1}}\, x_{${first.source + 1}}`,
    numbers: tex`${left} = ${texProduct(first.delta, first.input)} = ${n(gradient)}`,
    note: '',
  }
}

function gradientTerms(strongest: readonly GradientTerm[], rest: { count: number; sum: number }): string[] {
  return writtenTerms({
    strongest: strongest.map(({ delta, input, product, reader }) => ({
      weight: 0,
      cell: reader,
      weightValue: delta,
      factor: input,
      product,
    })),
    rest,
  })
}

export function updateRow(trace: Trace, parameter: ParameterTrace): RowContent {
  const base = { result: parameter.updated, terms: null }
  if (parameter.updated === null) {
    const note = `The memory of the optimizer at this step is not known.`
    return { ...base, symbols: '', numbers: '', note }
  }
  const symbol = parameterSymbol(trace.layers[parameter.layer], parameter)
  const { end } = trace.place
  return {
    ...base,
    ...updateTex(trace.optimizer, parameter, trace.place, symbol),
    note: `With the learning rate of ${end === null ? 'this step' : 'a further step'}, if this example alone were the batch.`,
  }
}
