// Makes the end of a network suit its data set: after a change of data set one click and nobody is stuck.

import type { DataShape } from '../../../../engine/data/types'
import { checkDesign, type ImportedOf } from './check'
import { kindOf, layerPath, layersOf } from './draft'
import { getIn, setIn, type Json, type JsonObject } from './json-path'
import { changeKind } from './kinds'

export interface Fit {
  draft: JsonObject
  /** What the click does, e.g. "10 units, softmax, cross-entropy". */
  text: string
}

/** Output units, activation and loss that are right for a task without further thought. */
export function headFor(shape: DataShape): {
  units: number
  activation: string
  loss: JsonObject
  text: string
} {
  if (shape.task === 'regression') {
    return { units: shape.outputs, activation: 'identity', loss: { kind: 'mse' }, text: 'no activation, MSE' }
  }
  return shape.classNames.length === 2
    ? {
        units: 1,
        activation: 'logistic',
        loss: { kind: 'binary-cross-entropy', fromLogits: false },
        text: 'logistic, binary cross-entropy',
      }
    : {
        units: shape.classNames.length,
        activation: 'softmax',
        loss: { kind: 'categorical-cross-entropy', fromLogits: false },
        text: 'softmax, cross-entropy',
      }
}

function isAboutNetwork({ path }: { path: string }): boolean {
  return path.startsWith('network') || path.startsWith('loss')
}

/** Starting numbers that are given suit one size of a layer; here they are drawn as usual instead. */
function withDrawnStart(draft: JsonObject): JsonObject {
  return layersOf(draft).reduce((before, layer, index) => {
    const path = layerPath(index)
    const drawn =
      kindOf(layer.weights) === 'values' ? changeKind(before, `${path}.weights`, 'xavier') : before
    return kindOf(layer.biases) === 'values' ? changeKind(drawn, `${path}.biases`, 'zeros') : drawn
  }, draft)
}

/** The smallest change of the network's end that solves its problems; null where there are none or none helps. */
export function findFit(draft: JsonObject, shape: DataShape, importedOf: ImportedOf): Fit | null {
  const layers = layersOf(draft)
  const last = layers.findLastIndex((layer) => layer.kind === 'dense')
  const head = headFor(shape)
  const count = `${head.units} ${head.units === 1 ? 'unit' : 'units'}`
  const solves = (next: JsonObject): boolean => !checkDesign(next, importedOf).problems.some(isAboutNetwork)

  if (last === -1) {
    const layer = { kind: 'dense', units: head.units, activation: { kind: head.activation } }
    const appended = setIn(draft, 'network.layers', [...layers, layer as Json]) as JsonObject
    const next = { ...appended, loss: head.loss }
    return solves(next) ? { draft: next, text: `add ${count}, ${head.text}` } : null
  }
  const withUnits = setIn(draft, `${layerPath(last)}.units`, head.units) as JsonObject
  if (solves(withUnits)) return { draft: withUnits, text: count }
  const activated = setIn(withUnits, `${layerPath(last)}.activation`, { kind: head.activation })
  // Activations behind the output layer would be applied to what is an output already.
  const cut = setIn(activated, 'network.layers', layersOf(activated as JsonObject).slice(0, last + 1))
  const whole = { ...(cut as JsonObject), loss: head.loss }
  const next = [whole, withDrawnStart(whole)].find(solves)
  if (next === undefined) return null
  const isSameLoss = kindOf(getIn(draft, 'loss')) === head.loss.kind
  return {
    draft: next,
    text: isSameLoss ? `${count}, ${head.text.split(', ')[0]}` : `${count}, ${head.text}`,
  }
}
