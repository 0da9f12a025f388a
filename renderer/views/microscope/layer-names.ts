// What layers and cells are called in the microscope. Layers count as in the design, cells from 1; the input is layer -1.

import type { Trace, TracedLayer } from '../../../engine/microscope/types'
import { formatCount } from '../../format'
import type { Field } from './phases'
import { texNumber } from './tex-number'

/** The input as a column of the drawing. */
export const INPUT = -1

/** "2", and of a grid of several layers "2.5": the upper index of a layer's symbols. */
export function layerMark({ index, sheet, sheets }: TracedLayer): string {
  return sheets > 1 ? `${index + 1}.${sheet + 1}` : String(index + 1)
}

/** "Input", "Layer 2", "Layer 2, sheet 5 of 64". */
export function layerName(trace: Trace, at: number): string {
  if (at === INPUT) return 'Input'
  const { index, sheet, sheets } = trace.layers[at]
  return sheets > 1 ? `Layer ${index + 1}, sheet ${sheet + 1} of ${sheets}` : `Layer ${index + 1}`
}

/** Outputs of a layer, or the inputs of the network. */
export function valuesOf(trace: Trace, at: number): Float64Array {
  return at === INPUT ? trace.example.inputs : trace.layers[at].outputValues
}

/** A number as text of five digits with a true minus: 0.59327, −1.2e−5. */
export function plainNumber(value: number, digits = 5): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '\u2212∞'
  const latex = texNumber(value, digits)
  const short = latex.includes('10^') ? Number(value.toPrecision(digits)).toExponential() : latex
  return short.replace('e+', 'e').replaceAll('-', '\u2212')
}

/** Two digits for a place of few pixels: 0.59, −2e−3, 12. */
export function compactNumber(value: number): string {
  const size = Math.abs(value)
  if (value === 0 || !Number.isFinite(value)) return plainNumber(value)
  if (size >= 0.01 && size < 1000) return String(Number(value.toPrecision(2))).replace('-', '\u2212')
  return value.toExponential(0).replace('e+', 'e').replaceAll('-', '\u2212')
}

/** "Layer 2, cell 3, activation 0.59327": what is selected, said in full. */
export function cellName(trace: Trace, at: number, cell: number, field: Field = 'activation'): string {
  const value = plainNumber(valuesOf(trace, at)[cell])
  const { inputShape, inputNames } = trace.example
  if (at !== INPUT) {
    const { errors, deltas } = trace.layers[at]
    const further = field === 'error' ? errors?.[cell] : field === 'delta' ? deltas?.[cell] : undefined
    const more = further === undefined ? '' : `, ${field} ${plainNumber(further)}`
    return `${layerName(trace, at)}, cell ${formatCount(cell + 1)}, activation ${value}${more}`
  }
  const name = inputNames[cell]
  if (name !== undefined) return `Input ${name}, value ${value}`
  const [, columns] = inputShape
  if (inputShape.length < 2) return `Input ${formatCount(cell + 1)}, value ${value}`
  const channels = inputShape[2] ?? 1
  const pixel = Math.floor(cell / channels)
  return `Input, row ${Math.floor(pixel / columns) + 1}, column ${(pixel % columns) + 1}, value ${value}`
}
