// A layer in words: its name, what stands below it, and what it computes.

import { ACTIVATION_OPTIONS } from './choices'
import { kindOf } from './draft'
import type { JsonObject } from './json-path'
import { writeNumber } from './number-text'

export function layerTitle(layer: JsonObject): string {
  if (layer.kind === 'dense') return 'Dense'
  if (layer.kind === 'grid') return 'Grid'
  if (layer.kind === 'activation') return activationText(layer, 'Activation')
  return String(layer.kind)
}

function activationText(layer: JsonObject, otherwise: string): string {
  const kind = kindOf(layer.activation)
  if (kind === 'identity') return otherwise
  return ACTIVATION_OPTIONS.find(({ value }) => value === kind)?.text ?? kind
}

/** Inside a sentence: tanh and softmax, but ReLU and GELU. */
function inSentence(title: string): string {
  return title.replace(/^[A-Z](?=[a-z])(?!eLU)/, (letter) => letter.toLowerCase())
}

/** The line below the title, in parts of which one may be marked as wrong. */
export function layerDetail(layer: JsonObject): { key: string; text: string }[] {
  if (layer.kind === 'grid') return gridDetail(layer)
  if (layer.kind !== 'dense') return [{ key: 'activation', text: 'activation, element by element' }]
  const units = writeNumber(layer.units)
  const activation = inSentence(activationText(layer, 'no activation'))
  return [
    { key: 'units', text: units.trim() === '' ? 'no units' : `${units} ${units === '1' ? 'unit' : 'units'}` },
    { key: 'activation', text: activation },
  ]
}

function gridDetail(layer: JsonObject): { key: string; text: string }[] {
  const depth = writeNumber(layer.depth)
  return [
    { key: 'depth', text: `${depth} ${depth === '1' ? 'sheet' : 'sheets'} of cells` },
    { key: 'kernelSize', text: `kernel ${writeNumber(layer.kernelSize)}` },
    { key: 'activation', text: inSentence(activationText(layer, 'no activation')) },
  ]
}

/** y = ReLU(W x + b). */
export function layerFormula(layer: JsonObject): string {
  const name = inSentence(activationText(layer, ''))
  const inner = innerFormula(layer)
  return name === '' ? `y = ${inner}.` : `y = ${name}(${inner}).`
}

function innerFormula(layer: JsonObject): string {
  if (layer.kind === 'activation') return 'x'
  if (layer.kind === 'grid') return 'Σ w x over the neighbours + b'
  return layer.biasForm === 'input-row' ? '[x 1] W' : 'W x + b'
}
