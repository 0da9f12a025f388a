// A layer in words: its name, what stands below it, and what it computes.

import { ACTIVATION_OPTIONS } from './choices'
import { kindOf } from './draft'
import type { JsonObject } from './json-path'
import { writeNumber } from './number-text'

export function layerTitle(layer: JsonObject): string {
  if (layer.kind === 'dense') return 'Dense'
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
  if (layer.kind !== 'dense') return [{ key: 'activation', text: 'activation, element by element' }]
  const units = writeNumber(layer.units)
  const activation = inSentence(activationText(layer, 'no activation'))
  return [
    { key: 'units', text: units.trim() === '' ? 'no units' : `${units} ${units === '1' ? 'unit' : 'units'}` },
    { key: 'activation', text: activation },
  ]
}

/** y = ReLU(W x + b). */
export function layerFormula(layer: JsonObject): string {
  const name = inSentence(activationText(layer, ''))
  const inner = layer.kind === 'dense' ? 'W x + b' : 'x'
  return name === '' ? `y = ${inner}.` : `y = ${name}(${inner}).`
}
