// One cell's way through the step as rows of equations: in symbols, and the same with its numbers in it. The numbers
// come from the engine; here they are only written down.

import type {
  CellTrace,
  GradientTerm,
  ParameterTrace,
  Term,
  TermList,
  Trace,
  TracedLayer,
} from '../../../engine/microscope/types'
import { formatCount } from '../../format'
import { activationParameter, ACTIVATION_TEX } from './activation-tex'
import { layerMark } from './layer-names'
import { lossNumbers, lossSlopeNumbers, lossSlopeSymbols, lossSymbols, predictionLetter } from './loss-tex'
import { PHASE_TITLES, phasesOf } from './phases'
import type { Phase } from './phases'
import {
  texAdded,
  texAddedProduct,
  texFactor,
  texLines,
  texNumber,
  texParts,
  texProduct,
  texSum,
} from './tex-number'
import { updateTex } from './update-tex'

const tex = String.raw
const n = texNumber
/** Products that an equation writes out; the others are one number. */
const WRITTEN_TERMS = 4

export interface ChainRow {
  phase: Phase
  title: string
  symbols: string
  /** Empty where the symbols say it all. */
  numbers: string
  /** Exact. */
  result: number | null
  note: string
  /** The products behind a sum, where the equation does not write out all of them. */
  terms: TermTable | null
}

export interface TermTable {
  /** Heads of the columns: cell, weight, what it is multiplied with. */
  heads: readonly [cell: string, weight: string, factor: string]
  strongest: readonly Term[]
  rest: { count: number; sum: number }
}

/** Rows of a cell, in the order of the step. @param parameter the weight or bias that is followed */
export function chainOf(trace: Trace, cell: CellTrace, parameter: ParameterTrace | null): ChainRow[] {
  const rows: ChainRow[] = []
  for (const phase of phasesOf(trace, cell.layer)) {
    const row = rowOf(phase, trace, cell, parameter)
    if (row !== null) rows.push({ phase, title: PHASE_TITLES[phase], ...row })
  }
  return rows
}

type Row = Omit<ChainRow, 'phase' | 'title'>

function rowOf(phase: Phase, trace: Trace, cell: CellTrace, parameter: ParameterTrace | null): Row | null {
  switch (phase) {
    case 'sum':
      return sumRow(trace, cell)
    case 'activation':
      return activationRow(trace, cell)
    case 'loss':
      return lossRow(trace)
    case 'error':
      return errorRow(trace, cell)
    case 'delta':
      return deltaRow(trace, cell)
    case 'gradient':
      return parameter === null ? null : gradientRow(trace, parameter)
    case 'update':
      return parameter === null ? null : updateRow(trace, parameter)
  }
}

// ---- symbols ----------------------------------------------------------------------------------------

/** The symbol of a weight or bias: w_{2,1} of a dense layer, w_5 where cells share it. */
export function parameterSymbol(
  layer: TracedLayer,
  { kind, index }: Pick<ParameterTrace, 'kind' | 'index'>,
): string {
  if (kind === 'bias') {
    return layer.isBiasRow ? `w_{${index + 1},${layer.inputs + 1}}` : `b_{${index + 1}}`
  }
  if (layer.kind === 'dense')
    return `w_{${Math.floor(index / layer.inputs) + 1},${(index % layer.inputs) + 1}}`
  const places = kernelPlaces(layer)
  if (layer.grid?.sharing === 'none') return `w_{${Math.floor(index / places) + 1},${(index % places) + 1}}`
  return `w_{${index + 1}}`
}

/** The same in plain words, for lists: "w 2,1". */
export function parameterText(layer: TracedLayer, parameter: Pick<ParameterTrace, 'kind' | 'index'>): string {
  return parameterSymbol(layer, parameter).replace('_{', ' ').replace('}', '')
}

function kernelPlaces({ grid }: TracedLayer): number {
  if (grid === null) return 1
  return grid.plane === null ? grid.kernelSize : grid.kernelSize ** 2
}

/** The weights' indices under a sum over the cells q that cell p reads, or the places k of a kernel. */
function sumOverInputs(layer: TracedLayer, j: number): string {
  switch (layer.grid?.sharing) {
    case 'source':
      return tex`\sum_{q \in N(${j})} w_q\, x_q`
    case 'kernel':
      return tex`\sum_{k} w_k\, x_{q(${j},k)}`
    case 'none':
      return tex`\sum_{k} w_{${j},k}\, x_{q(${j},k)}`
    default:
      return tex`\sum_{i=1}^{${layer.inputs}} w_{${j},i}\, x_i`
  }
}

// ---- forward ----------------------------------------------------------------------------------------

/** Products as parts of a sum: a few written out, strongest first, the rest as one number. */
function writtenTerms({ strongest, rest }: TermList): string[] {
  const total = strongest.length + rest.count
  const isWhole = total <= WRITTEN_TERMS
  // Where all are written out they stand in the order of the cells, else by their strength.
  const written = isWhole
    ? [...strongest].sort((a, b) => a.cell - b.cell)
    : strongest.slice(0, WRITTEN_TERMS - 1)
  const parts = written.map(({ weightValue, factor }) => texAddedProduct(weightValue, factor))
  if (isWhole) return parts
  const left = strongest.slice(written.length).reduce((sum, { product }) => sum + product, rest.sum)
  const others = formatCount(total - written.length).replace(',', '{,}')
  return [...parts, tex`${texAdded(left)}_{\,(${others} \text{ others})}`]
}

function tableOf(terms: TermList, heads: TermTable['heads']): TermTable | null {
  const { strongest, rest } = terms
  return strongest.length + rest.count > WRITTEN_TERMS ? { heads, strongest, rest } : null
}

function sumRow(trace: Trace, { layer: at, cell, forward, preActivation }: CellTrace): Row | null {
  if (forward === null) return null
  const layer = trace.layers[at]
  const j = cell + 1
  const { bias, terms } = forward
  const symbols = layer.isBiasRow
    ? tex`z_{${j}} = \sum_{i=1}^{${layer.inputs + 1}} w_{${j},i}\, x_i, \quad x_{${layer.inputs + 1}} = 1`
    : tex`z_{${j}} = b_{${j}} + ${sumOverInputs(layer, j)}`
  const first = layer.isBiasRow ? tex`${n(bias)} \cdot 1` : n(bias)
  const below = at === 0 ? 'input' : `layer ${layerMark(trace.layers[at - 1])}`
  return {
    symbols,
    numbers: texSum(`z_{${j}}`, [first, ...writtenTerms(terms)], preActivation),
    result: preActivation,
    note: `x: the values of the ${at === 0 ? 'input' : `cells of ${below}`}.${borderNote(layer)}`,
    terms: tableOf(terms, [at === 0 ? 'Input' : 'From cell', 'w', 'x']),
  }
}

function borderNote({ grid }: TracedLayer): string {
  if (grid === null) return ''
  const cells = grid.plane === null ? 'line' : 'plane'
  return grid.border === 'circular'
    ? ` N: the cells around it on a ${cells} that closes in itself.`
    : ` N: the cells around it on a ${cells}; nothing lies beyond its border.`
}

function activationRow(trace: Trace, { layer: at, cell, preActivation: z, output }: CellTrace): Row {
  const { activation, kind } = trace.layers[at]
  const j = String(cell + 1)
  const { value, valueNumbers } = ACTIVATION_TEX[activation.kind]
  const isIdentity = activation.kind === 'identity'
  return {
    symbols: tex`y_{${j}} = f(z_{${j}}) = ${value(j)}`,
    numbers: isIdentity
      ? tex`y_{${j}} = ${n(output)}`
      : tex`y_{${j}} = ${valueNumbers(z, activationParameter(activation))} = ${n(output)}`,
    result: output,
    note:
      kind === 'activation'
        ? `A layer of its own: z is the output of the ${at === 0 ? 'input' : `same cell of layer ${layerMark(trace.layers[at - 1])}`}.`
        : isIdentity
          ? 'No activation: the sum itself is the output.'
          : '',
    terms: null,
  }
}

function lossRow({ loss }: Trace): Row {
  const link = loss.link !== null && !loss.link.isOwn ? loss.link.kind : null
  return {
    symbols: lossSymbols(loss),
    numbers: lossNumbers(loss),
    result: loss.value,
    note:
      link === null
        ? 't: the target.'
        : `t: the target; p: the ${link} of the outputs, which this loss applies itself.`,
    terms: null,
  }
}

// ---- backward ---------------------------------------------------------------------------------------

const slopeOfLoss = (j: number): string => tex`\frac{\partial E}{\partial y_{${j}}}`

function errorRow(trace: Trace, { layer: at, cell, errorFrom, error }: CellTrace): Row | null {
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

function errorSum(behind: TracedLayer, j: number, m: string): string {
  switch (behind.grid?.sharing) {
    case 'source':
      return tex`w_{${j}}^{(${m})} \sum_{p} \delta_p^{(${m})}`
    case 'kernel':
      return tex`\sum_{p} w_{k(p,${j})}^{(${m})}\, \delta_p^{(${m})}`
    case 'none':
      return tex`\sum_{p} w_{p,k(p,${j})}^{(${m})}\, \delta_p^{(${m})}`
    default:
      return tex`\sum_{k=1}^{${behind.outputs}} w_{k,${j}}^{(${m})}\, \delta_k^{(${m})}`
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

/** One factor before a sum in parentheses. */
function sharedSum(
  left: string,
  factor: number,
  summands: readonly number[],
  isWhole: boolean,
  result: number,
): string {
  const parts = summands.map((value, at) => (at === 0 ? n(value) : texAdded(value)))
  if (!isWhole) parts.push(tex`+ \cdots`)
  const lines = texParts(tex`${left} &= ${texFactor(factor)} \cdot (`, parts)
  lines[lines.length - 1] += ')'
  return texLines([...lines, tex`&= ${n(result)}`])
}

function deltaRow(
  trace: Trace,
  { layer: at, cell, delta, error, slope, softmaxSum, preActivation, output }: CellTrace,
): Row | null {
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

function gradientRow(trace: Trace, parameter: ParameterTrace): Row {
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
): Pick<Row, 'symbols' | 'numbers' | 'note'> {
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

function updateRow(trace: Trace, parameter: ParameterTrace): Row {
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
