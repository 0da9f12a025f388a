import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CallInput, RunSummary } from '../../../../../electron/contract'
import { PRESETS, presetSpec } from '../../../../../engine/presets'
import type { ExperimentSpec } from '../../../../../engine/spec/schema'
import { sampleRun } from '../../runs/sample-run'
import { startWindow, type FakeMain } from '../window'

let main: FakeMain
async function stores() {
  const { useDesign } = await import('../../../../../renderer/stores/design')
  const { useSeedRuns } = await import('../../../../../renderer/stores/seed-runs')
  const { useRuns } = await import('../../../../../renderer/stores/runs')
  const { useNavigation } = await import('../../../../../renderer/stores/navigation')
  const { useNotices } = await import('../../../../../renderer/stores/notices')
  return {
    design: useDesign(),
    seedRuns: useSeedRuns(),
    runs: useRuns(),
    navigation: useNavigation(),
    notices: useNotices(),
  }
}
const moons = presetSpec(PRESETS.find(({ id }) => id === 'moons')!)
function started({ spec, seeds }: CallInput<'runs.startSeeds'>): RunSummary[] {
  const { name } = spec as ExperimentSpec
  return seeds.map((seed, index) =>
    sampleRun({ number: 100 + index, seed, name: `${name} seed ${seed}`, status: 'queued' }),
  )
}
function inputsOf(name: string): unknown[] {
  return main.calls.filter((call) => call.name === name).map(({ input }) => input)
}

beforeEach(() => {
  vi.useFakeTimers()
  main = startWindow()
  main.answers['runs.startSeeds'] = started
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a design with several seeds', () => {
  it('runs with its own seed and those that follow, and is shown in Compare alone', async () => {
    const { design, runs, navigation } = await stores()
    runs.put([sampleRun({ number: 1 })])
    runs.select(['run-1'])
    design.load({ ...moons, training: { ...moons.training, seed: 7 } }, { kind: 'empty' })
    await design.runSeeds(3)
    expect(inputsOf('runs.startSeeds')).toMatchObject([{ seeds: [7, 8, 9] }])
    expect([...runs.selected]).toEqual(['run-100', 'run-101', 'run-102'])
    expect(navigation.view).toBe('compare')
  })

  it('runs with as many as last time, 5 at first', async () => {
    const { design, seedRuns } = await stores()
    design.load(moons, { kind: 'empty' })
    await design.runSeeds()
    await design.runSeeds(3)
    await design.runSeeds()
    const counts = (inputsOf('runs.startSeeds') as { seeds: number[] }[]).map(({ seeds }) => seeds.length)
    expect(counts).toEqual([5, 3, 3])
    expect(seedRuns.count).toBe(3)
    expect(inputsOf('settings.set')).toContainEqual({ seedCount: 3 })
  })

  it('offers the runs that were compared before, and to stop all', async () => {
    const { design, runs, notices } = await stores()
    runs.put([sampleRun({ number: 1 }), sampleRun({ number: 2 })])
    runs.select(['run-1', 'run-2'])
    design.load(moons, { kind: 'empty' })
    await design.runSeeds(2)
    const [notice] = notices.list
    expect(notice.message).toBe('Started 2 runs of Two moons')
    expect(notice.hint).toBe('With seeds 1 and 2.')
    expect(notice.actions.map(({ label }) => label)).toEqual(['Compare with the 2 runs before', 'Stop all 2'])
    notice.actions[0].run()
    expect([...runs.selected].sort()).toEqual(['run-1', 'run-100', 'run-101', 'run-2'])
    notice.actions[1].run()
    await vi.waitFor(() => expect(inputsOf('runs.stop')).toEqual([{ id: 'run-100' }, { id: 'run-101' }]))
    expect(notice.actions[1].isOffered?.()).toBe(true)
    runs.put([100, 101].map((number) => sampleRun({ number, status: 'stopped' })))
    expect(notice.actions[1].isOffered?.()).toBe(false)
  })

  it('goes by its name without the seed that an earlier start put there', async () => {
    const { design } = await stores()
    const named = { ...moons, name: 'Two moons seed 4', training: { ...moons.training, seed: 4 } }
    design.load(named, { kind: 'empty' })
    await design.runSeeds(2)
    expect(inputsOf('runs.startSeeds')).toMatchObject([{ spec: { name: 'Two moons' }, seeds: [4, 5] }])
  })

  it('does not run where every seed would give the same run', async () => {
    const { design, seedRuns } = await stores()
    const { seedObstacle } = await import('../../../../../renderer/stores/seed-runs')
    const notes = PRESETS.map(presetSpec).find(
      ({ training: { random } }) => random.kind === 'numpy-legacy' && random.start === 'after-data',
    )!
    expect(seedObstacle(notes)).toMatch(/^The seed of the training is not used/)
    expect(seedObstacle(moons)).toBeNull()
    design.load(notes, { kind: 'empty' })
    expect(design.canRun).toBe(true)
    await design.runSeeds()
    expect(inputsOf('runs.startSeeds')).toEqual([])
    expect(seedRuns.isStarting).toBe(false)
  })
})

describe('more seeds of an earlier run', () => {
  it('are asked for with what its design has run with', async () => {
    const { runs, seedRuns } = await stores()
    const rows = [
      sampleRun({ number: 1, experiment: 1, seed: 1 }),
      sampleRun({ number: 2, experiment: 1, seed: 2 }),
      sampleRun({ number: 3, experiment: 2, seed: 3 }),
    ]
    runs.put(rows)
    const spec = { ...moons, name: 'Two moons seed 2', training: { ...moons.training, seed: 2 } }
    main.answers['runs.detail'] = { spec, summary: rows[1] }
    await seedRuns.askForRun('run-2')
    expect(seedRuns.request).toMatchObject({ spec, first: 2, msOfOne: 60_000 })
    expect([...seedRuns.request!.used].sort()).toEqual([1, 2])
  })
})
