import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PRESETS, presetSpec } from '../../../../engine/presets'
import { startWindow, type FakeMain } from './window'

let main: FakeMain
async function startDesign() {
  const { useDesign } = await import('../../../../renderer/stores/design')
  return useDesign()
}
function preset(id: string) {
  const found = PRESETS.find((each) => each.id === id)
  if (found === undefined) throw new Error(`no preset ${id}`)
  return presetSpec(found)
}
const FROM_MOONS = { kind: 'preset', title: 'Two moons' } as const

beforeEach(() => {
  vi.useFakeTimers()
  main = startWindow()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a design', () => {
  it('is valid as loaded, whichever preset it comes from', async () => {
    const design = await startDesign()
    for (const each of PRESETS) {
      design.load(presetSpec(each), { kind: 'preset', title: each.title })
      expect(design.problems, each.id).toEqual([])
      expect(design.canRun, each.id).toBe(true)
    }
  })

  it('undoes and redoes every edit', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    design.set('training.epochs', 7)
    design.setKind('optimizer', 'sgd')
    design.addLayer(1, { kind: 'activation', activation: { kind: 'relu' } })
    design.undo()
    design.undo()
    expect(design.value('optimizer.kind')).toBe('adam')
    expect(design.value('training.epochs')).toBe(7)
    design.undo()
    expect(design.value('training.epochs')).toBe(40)
    expect(design.canUndo).toBe(false)
    design.redo()
    design.redo()
    design.redo()
    expect(design.layers.map(({ kind }) => kind)).toEqual(['dense', 'activation', 'dense', 'dense'])
    expect(design.canRedo).toBe(false)
  })

  it('takes what is typed into one field as one step', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    for (const text of ['', '1', '12', '128']) {
      design.set('network.layers[0].units', text === '' ? '' : Number(text), 'network.layers[0].units')
    }
    design.undo()
    expect(design.value('network.layers[0].units')).toBe(16)
  })

  it('begins another step after the field was left', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    design.set('training.epochs', 5, 'training.epochs')
    design.closeStep()
    design.set('training.epochs', 6, 'training.epochs')
    design.undo()
    expect(design.value('training.epochs')).toBe(5)
  })

  it('forgets what was undone once something else is edited', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    design.set('training.epochs', 5)
    design.undo()
    design.set('training.seed', 9)
    expect(design.canRedo).toBe(false)
  })

  it('keeps what was typed even where it is no number, and names the field', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    for (const text of ['1.2.3', 'abc', '', '1e999']) {
      design.set('optimizer.learningRate', text)
      expect(design.value('optimizer.learningRate')).toBe(text)
      expect(design.problems.map(({ path }) => path)).toEqual(['optimizer.learningRate'])
      expect(design.canRun).toBe(false)
    }
  })

  it('offers the number that a decimal comma means', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    design.set('optimizer.learningRate', '0,2')
    const [problem] = design.problems
    expect(problem.message).toMatch(/"0,2" has a decimal comma/)
    expect(problem.suggestion).toBe(0.2)
    design.applyFix(problem)
    expect(design.value('optimizer.learningRate')).toBe(0.2)
    expect(design.problems).toEqual([])
  })

  it('reads the suggestion of a whole number in the range', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    design.set('network.layers[1].units', 0)
    const [problem] = design.problems
    expect(problem).toMatchObject({ path: 'network.layers[1].units', suggestion: 1 })
    expect(problem.message).toBe('Units 0; needs an integer from 1 to 65,536.')
  })

  it('keeps what two kinds share and takes defaults for the rest', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    design.set('optimizer.learningRate', 0.5)
    design.setKind('optimizer', 'momentum')
    expect(design.value('optimizer')).toMatchObject({ kind: 'momentum', momentum: 0.9, learningRate: 0.5 })
    design.setKind('optimizer', 'adamw')
    expect(design.value('optimizer')).toMatchObject({ kind: 'adamw', beta2: 0.999, weightDecay: 0.01 })
    expect(design.problems).toEqual([])
  })

  it('changes the kind while another field of it is invalid, and keeps that text', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    design.set('optimizer.learningRate', 'fast')
    design.setKind('optimizer', 'rmsprop')
    expect(design.value('optimizer')).toMatchObject({ kind: 'rmsprop', learningRate: 'fast', decay: 0.9 })
  })

  it('names the settings that differ from where it came from', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    expect(design.edits).toEqual([])
    design.set('optimizer.learningRate', 0.3)
    design.set('network.layers[1].units', 24)
    expect(design.edits).toEqual(['layer 2 units', 'learning rate'])
    design.set('optimizer.learningRate', 0.01)
    expect(design.edits).toEqual(['layer 2 units'])
  })

  it('gives layers back their identity when a move is undone', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    const keys = [...design.layerKeys]
    design.moveLayerTo(0, 2)
    expect(design.layerKeys).toEqual([keys[1], keys[2], keys[0]])
    design.undo()
    expect(design.layerKeys).toEqual(keys)
  })

  it('never moves or removes a layer that does not exist', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    design.moveLayerTo(0, -1)
    design.moveLayerTo(2, 3)
    design.removeLayerAt(9)
    expect(design.canUndo).toBe(false)
  })

  it('goes back over a whole design that another one replaced', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    design.set('training.epochs', 3)
    design.load(preset('xor'), { kind: 'preset', title: 'XOR' })
    expect(design.earlier.map(({ draft }) => draft.name)).toEqual(['Two moons'])
    design.undo()
    expect(design.value('training.epochs')).toBe(3)
    expect(design.edits).toEqual(['epochs'])
  })

  it('starts the run with the complete spec', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    design.set('training.epochs', 2)
    await design.run()
    const started = main.calls.find(({ name }) => name === 'runs.start')
    expect(started?.input).toMatchObject({ spec: { name: 'Two moons', training: { epochs: 2 } } })
  })

  it('does not start an invalid design', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    design.set('training.epochs', 0)
    await design.run()
    expect(main.calls.some(({ name }) => name === 'runs.start')).toBe(false)
  })
})

describe('a draft between launches', () => {
  it('comes back as it was left, invalid text and origin included', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    design.set('training.epochs', 'many')
    await vi.runAllTimersAsync()
    const saved = main.calls.findLast(({ name }) => name === 'settings.set')?.input as { draft: string }

    startWindow()
    const { useSettings } = await import('../../../../renderer/stores/settings')
    useSettings().values.draft = saved.draft
    const again = await startDesign()
    expect(again.value('training.epochs')).toBe('many')
    expect(again.edits).toEqual(['epochs'])
    expect(again.state?.origin).toEqual(FROM_MOONS)
  })

  it.each(['', 'null', '{"current":{"draft":{"dataset":1}}}', '[1,2', '{"current":{}}'])(
    'starts with the presets when it can not be read: %s',
    async (draft) => {
      const { useSettings } = await import('../../../../renderer/stores/settings')
      useSettings().values.draft = draft
      expect((await startDesign()).state).toBeNull()
    },
  )
})

describe('another data set', () => {
  it('is fitted to with one click, whatever the design was', async () => {
    const { findFit } = await import('../../../../renderer/views/design/model/fit')
    const ids = PRESETS.map(({ id }) => id)
    for (const from of ids) {
      for (const to of ids) {
        const design = await startDesign()
        design.load(preset(from), FROM_MOONS)
        design.setDataset(preset(to).dataset.id)
        const { shape } = design.checked
        if (design.problems.length === 0 || shape === null) continue
        const fit = findFit(design.draft, shape, () => undefined)
        expect(fit, `${from} to ${to}: ${design.problems[0].message}`).not.toBeNull()
        if (fit === null) continue
        design.replaceDraft(fit.draft)
        expect(design.problems, `${from} to ${to}`).toEqual([])
      }
    }
  })

  it('deals a regression out at random where classes were kept in their shares', async () => {
    const design = await startDesign()
    design.load(preset('moons'), FROM_MOONS)
    expect(design.value('dataset.split.kind')).toBe('stratified')
    design.setDataset('sine')
    expect(design.value('dataset.split.kind')).toBe('random')
  })

  it('counts what the data itself has against the design among the problems', async () => {
    const design = await startDesign()
    design.load(preset('sine'), FROM_MOONS)
    design.dataProblems = [{ path: 'dataset.split.kind', message: 'No classes.', suggestion: 'random' }]
    expect(design.canRun).toBe(false)
    design.set('dataset.split.kind', 'stratified')
    design.applyFix(design.problems[0])
    expect(design.value('dataset.split.kind')).toBe('random')
  })

  it('keeps the split and drops a scaling that was made for images', async () => {
    const design = await startDesign()
    design.load(preset('mnist-mlp'), FROM_MOONS)
    design.set('dataset.normalization', { kind: 'affine', offset: 0.5, scale: 0.5 })
    design.setDataset('moons')
    expect(design.value('dataset.split.validation')).toBe(0.1)
    expect(design.value('dataset.normalization.kind')).toBe('standardize')
    expect(design.edits).toContain('data set')
  })
})
