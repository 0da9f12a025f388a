// The rows of a cell on the way forward: its sum, its activation, and the loss.

import type { CellTrace, Trace, TracedLayer } from '../../../engine/microscope/types'
import { activationParameter, ACTIVATION_TEX } from './activation-tex'
import type { RowContent } from './chain'
import { layerMark } from './layer-names'
import { lossNumbers, lossSymbols } from './loss-tex'
import { tableOf, writtenTerms } from './sum-tex'
import { sumOverInputs } from './symbols'
import { texNumber, texSum } from './tex-number'

const tex = String.raw
const n = texNumber

export function sumRow(
  trace: Trace,
  { layer: at, cell, forward, preActivation }: CellTrace,
): RowContent | null {
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

export function activationRow(
  trace: Trace,
  { layer: at, cell, preActivation: z, output }: CellTrace,
): RowContent {
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

export function lossRow({ loss }: Trace): RowContent {
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
