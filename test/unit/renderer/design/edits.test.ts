import { describe, expect, it } from 'vitest'
import { PRESETS, presetSpec } from '../../../../engine/presets'
import { editsSince } from '../../../../renderer/views/design/model/edits'
import { setIn, type JsonObject } from '../../../../renderer/views/design/model/json-path'
import { labelOfPath } from '../../../../renderer/views/design/model/labels'

const base = JSON.parse(JSON.stringify(presetSpec(PRESETS[1]))) as JsonObject
const layers = (base.network as { layers: JsonObject[] }).layers
const withLayers = (next: readonly JsonObject[]): JsonObject =>
  setIn(base, 'network.layers', next) as JsonObject

describe('edits since a design was loaded', () => {
  it('does not count the name', () => {
    expect(editsSince(base, { ...base, name: 'another' })).toEqual([])
  })
  it('names an added and a removed layer by its place', () => {
    expect(editsSince(base, withLayers(layers.toSpliced(1, 0, { kind: 'dense', units: 3 })))).toEqual([
      'layer 2 added',
    ])
    expect(editsSince(base, withLayers(layers.slice(0, -1)))).toEqual(['layer 3 removed'])
  })
  it('says that layers changed places instead of listing what differs in each', () => {
    expect(editsSince(base, withLayers([layers[2], layers[0], layers[1]]))).toEqual(['order of layers'])
  })
  it('counts another kind as one edit', () => {
    const changed = setIn(base, 'optimizer', { ...(base.optimizer as JsonObject), kind: 'adamw' })
    expect(editsSince(base, changed as JsonObject)).toEqual(['optimizer'])
  })
  it('counts another data set as one edit', () => {
    const changed = setIn(base, 'dataset', {
      ...(base.dataset as JsonObject),
      id: 'xor',
      parameters: { samples: 4 },
    })
    expect(editsSince(base, changed as JsonObject)).toEqual(['data set'])
  })
})

describe('names of settings', () => {
  it.each([
    ['network.layers[3].units', 'layer 4 units'],
    ['network.layers[0].activation.kind', 'layer 1 activation'],
    ['network.layers[0].weights.standardDeviation', 'layer 1 initial weights standard deviation'],
    ['network.layers[2]', 'layer 3'],
    ['optimizer.learningRate', 'learning rate'],
    ['optimizer.beta1', 'beta 1'],
    ['dataset.split.validation', 'validation share'],
    ['loss.kind', 'loss'],
  ])('calls %s "%s"', (path, label) => {
    expect(labelOfPath(path)).toBe(label)
  })
})
