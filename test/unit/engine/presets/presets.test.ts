import { describe, expect, it } from 'vitest'
import { createSession, describeDesign } from '../../../../engine'
import { shapeOf } from '../../../../engine/data/datasets'
import { inputWidth } from '../../../../engine/data/shape'
import { prepareData } from '../../../../engine/data/prepare'
import { PRESETS, presetSpec } from '../../../../engine/presets'
import type { Preset } from '../../../../engine/presets'
import { loadDataset, openDatasetStore } from '../../../../electron/data'

/** Trained elsewhere: mnist-mlp by the integration tests, the digits and the disc of the source systems by verify. */
const LONG = ['mnist-mlp', 's0-author', 's0-document', 's2-mnist', 's3-disc']
/** A source system has the one seed of its document. */
const seedsOf = (preset: Preset) => (preset.group === 'source' ? [preset.spec.training.seed ?? 1] : [1, 2, 3])

async function lastMetrics(preset: Preset, seed: number): Promise<Record<string, number>> {
  const spec = presetSpec(preset)
  spec.training.seed = seed
  const dataset = await loadDataset(spec.dataset, openDatasetStore('no-imported-tables'))
  const session = createSession(spec, prepareData(spec.dataset, dataset))
  let state = session.advance()
  while (state === 'working') state = session.advance()
  expect(state).toEqual({ kind: 'finished' })
  const last = session.drain().epochs.at(-1)
  expect(last?.epoch).toBe(preset.target.epochs)
  return last?.metrics ?? {}
}

describe('the presets', () => {
  it('have different ids and titles', () => {
    expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length)
    expect(new Set(PRESETS.map(({ title }) => title)).size).toBe(PRESETS.length)
  })
})

describe.each(PRESETS.map((preset) => [preset.title, preset] as const))('%s', (_title, preset) => {
  const spec = presetSpec(preset)

  it('is a valid design, measured after its last epoch', () => {
    if (preset.group === 'question') expect(spec.training.seed).toBe(1)
    expect(describeDesign(spec, shapeOf(spec.dataset)).problems).toEqual([])
    expect(preset.target.epochs).toBe(spec.training.epochs)
  })

  it('says its layers as they are', () => {
    const shape = shapeOf(spec.dataset)
    const units = spec.network.layers.flatMap((layer) =>
      layer.kind === 'dense' ? [layer.units] : layer.kind === 'grid' ? [layer.depth] : [],
    )
    const said = [...preset.architecture.matchAll(/\d+/g)].map(([digits]) => Number(digits))
    expect(said).toEqual([inputWidth(shape), ...units])
    expect(units.at(-1)).toBe(shape.outputs)
  })

  it.skipIf(LONG.includes(preset.id)).each(seedsOf(preset))(
    'reaches its stated figure with seed %i',
    async (seed) => {
      const { metric, comparison, value } = preset.target
      const reached = (await lastMetrics(preset, seed))[metric]
      if (comparison === '>=') expect(reached).toBeGreaterThanOrEqual(value)
      else expect(reached).toBeLessThanOrEqual(value)
    },
    20_000,
  )
})
