// The document of a design: when it is there, what it says about edits, and what its variants start.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RunSummary } from '../../../../electron/contract'
import { PRESETS, presetSpec, variantMembers, type Preset } from '../../../../engine/presets'
import { readSaved, writeSaved } from '../../../../renderer/views/design/model/saved-drafts'
import { startWindow, type FakeMain } from './window'

let main: FakeMain
beforeEach(() => {
  vi.useFakeTimers()
  main = startWindow()
  let number = 0
  main.answers['runs.start'] = (input: { spec: { name: string } }): Partial<RunSummary> => {
    number++
    return { id: `run-${number}`, number, name: input.spec.name, status: 'queued' }
  }
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function presetOf(id: string): Preset {
  const found = PRESETS.find((each) => each.id === id)
  if (found === undefined) throw new Error(`no preset ${id}`)
  return found
}
async function open(id: string) {
  const { useDesign } = await import('../../../../renderer/stores/design')
  const { useSourceDocument } = await import('../../../../renderer/views/design/document/useSourceDocument')
  const design = useDesign()
  const preset = presetOf(id)
  design.load(presetSpec(preset), { kind: 'preset', title: preset.title, id })
  return { design, source: useSourceDocument() }
}
const startedSpecs = () =>
  main.calls
    .filter(({ name }) => name === 'runs.start')
    .map(({ input }) => (input as { spec: Record<string, unknown> }).spec)

/** A preset with variants of every kind, whatever the product's own have. */
const FAKE: Preset = {
  ...presetOf('xor'),
  title: 'Fake',
  variants: [
    {
      id: 'pair',
      title: 'Two rates',
      question: 'Which?',
      members: [
        { name: 'as it is', set: {} },
        { name: 'faster', set: { 'optimizer.learningRate': 0.5, 'training.seed': 7 } },
      ],
    },
    {
      id: 'refused',
      title: 'A loss that does not fit',
      question: 'Why not?',
      members: [
        { name: 'as it is', set: {} },
        { name: 'tanh', set: { 'network.layers[1].activation': 'tanh' } },
        { name: 'misspelled', set: { 'optimizer.learningrate': 1 } },
        { name: 'impossible', set: { 'training.epochs': 0 } },
      ],
    },
  ],
}
const [PAIR, REFUSED] = FAKE.variants!

describe('the document of a design', () => {
  it('is there for a source preset and for no other', async () => {
    expect((await open('s1')).source.document.value?.system).toBe('S1')
    expect((await open('xor')).source.document.value).toBeNull()
  })

  it('differs in nothing at first, then in what was edited, with both values', async () => {
    const { design, source } = await open('s1')
    expect(source.differences.value).toEqual([])
    design.set('name', 'mine')
    expect(source.differences.value).toEqual([])
    design.set('optimizer.learningRate', 0.01)
    expect(source.differences.value).toEqual([
      { key: 'optimizer.learningRate', name: 'learning rate', before: '0.001', after: '0.01' },
    ])
  })

  it('has equations for each layer until the layers are others', async () => {
    const { design, source } = await open('s2-xor')
    for (let index = 0; index < 4; index++) expect(source.equationsAt(index).length).toBeGreaterThan(0)
    design.removeLayerAt(1)
    expect(source.hasItsLayers.value).toBe(false)
    expect(source.equationsAt(0)).toEqual([])
    expect(source.differences.value.map(({ name }) => name)).toEqual(['layer 2 removed'])
  })

  it('is found again after a restart, and drafts without an id are still read', async () => {
    const { design } = await open('s1')
    const current = { ...design.state!, editedAt: 1 }
    expect(readSaved(writeSaved({ current, earlier: [] })).current?.origin).toEqual({
      kind: 'preset',
      title: presetOf('s1').title,
      id: 's1',
    })
    const old = { ...current, origin: { kind: 'preset', title: 'XOR' } as const }
    expect(readSaved(writeSaved({ current: old, earlier: [] })).current?.origin).toEqual(old.origin)
  })
})

describe('a variant', () => {
  async function run(variant: typeof PAIR) {
    const { useVariants } = await import('../../../../renderer/views/design/document/variants')
    const { useRuns } = await import('../../../../renderer/stores/runs')
    const { useNavigation } = await import('../../../../renderer/stores/navigation')
    const { useNotices } = await import('../../../../renderer/stores/notices')
    await useVariants().runVariant(FAKE, variant)
    return { runs: useRuns(), navigation: useNavigation(), notices: useNotices() }
  }

  it('starts every member with its settings and name, selects them and opens Compare', async () => {
    const { runs, navigation, notices } = await run(PAIR)
    const spec = presetSpec(FAKE)
    expect(startedSpecs()).toEqual([
      { ...spec, name: 'Fake - as it is' },
      {
        ...spec,
        name: 'Fake - faster',
        optimizer: { ...spec.optimizer, learningRate: 0.5 },
        training: { ...spec.training, seed: 7 },
      },
    ])
    expect([...runs.selected]).toEqual(['run-1', 'run-2'])
    expect(navigation.view).toBe('compare')
    expect(notices.list.map(({ message }) => message)).toEqual([`Started 2 runs of ${PAIR.title}`])
    expect(notices.list[0].actions.map(({ label }) => label)).toEqual(['Stop all 2'])
  })

  it('says of each refused member why, and starts the others', async () => {
    const { runs, notices } = await run(REFUSED)
    expect(startedSpecs().map(({ name }) => name)).toEqual(['Fake - as it is'])
    expect([...runs.selected]).toEqual(['run-1'])
    expect(notices.list.map(({ message }) => message)).toEqual([
      'Not started: tanh',
      'Not started: misspelled',
      'Not started: impossible',
      `Started 1 run of ${REFUSED.title}`,
    ])
    expect(notices.list[0].hint).toMatch(/logarithm/)
    expect(notices.list[1].hint).toMatch(/learningRate/)
    expect(notices.list[2].hint).toMatch(/epochs/i)
  })

  it('stays where it is when nothing could be started', async () => {
    main.answers['runs.start'] = () => {
      throw new Error('the trainer is gone')
    }
    const { navigation, notices } = await run(PAIR)
    expect(navigation.view).toBe('design')
    expect(notices.list.map(({ message }) => message)).toEqual(['the trainer is gone'])
  })
})

describe('the variants of the source presets', () => {
  const all = PRESETS.flatMap((preset) =>
    (preset.variants ?? []).map((variant) => ({ title: `${preset.id} ${variant.id}`, preset, variant })),
  )

  it.each(all)(
    'are all allowed but for the one that shows a refusal: $title',
    async ({ preset, variant }) => {
      const { checkVariant } = await import('../../../../renderer/views/design/document/variants')
      const refused = checkVariant(preset, variant, () => undefined).filter(({ spec }) => spec === null)
      const expected = variant.id === 'cross-entropy' ? ['binary cross-entropy on tanh'] : []
      expect(refused.map(({ title }) => title)).toEqual(expected)
      const names = variantMembers(preset, variant).map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
    },
  )
})
