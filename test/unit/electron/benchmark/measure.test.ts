import { expect, it, describe } from 'vitest'
import { measureInSlices, measureWorkload } from '../../../../electron/benchmark/measure'
import { createWorkload, WORKLOADS } from '../../../../electron/benchmark/workloads'
import { createSession } from '../../../../engine'

describe('work loads', () => {
  // The reference takes seconds for a step of the two larger ones.
  it.each(['A', 'B', 'E'] as const)('%s trains from one step to the next', (name) => {
    const { spec, data } = createWorkload(name)
    const session = createSession(spec, data)
    expect(session.advance()).toBe('working')
    expect(session.advance()).toBe('working')
    expect(session.progress()).toMatchObject({ step: 2, samples: 2 * spec.training.batchSize })
  })

  it('have the sizes that their names promise', () => {
    const sizes = WORKLOADS.map(({ name }) => {
      const { spec, data } = createWorkload(name)
      return createSession(spec, data).parameterCount
    })
    expect(sizes).toEqual([
      2 * 8 + 8 + 8 * 8 + 8 + 8 + 1,
      50 * 5 + 5,
      784 * 128 + 128 + 128 * 10 + 10,
      784 * 512 + 512 + 512 * 512 + 512 + 512 * 10 + 10,
      8 * 2 * 784 + 784 * 10 + 10,
    ])
  })

  it('hold the same numbers each time', () => {
    expect(createWorkload('B').data.inputs).toEqual(createWorkload('B').data.inputs)
  })
})

describe('measuring', () => {
  it('tells best and median of the reference', () => {
    const measured = measureWorkload(createWorkload('A'), null, { ms: 30, warmUpMs: 5 })
    expect(measured.kernel).toBe('reference-f32')
    expect(measured.slices).toBeGreaterThanOrEqual(3)
    expect(measured.best).toBeGreaterThanOrEqual(measured.median)
    expect(measured.median).toBeGreaterThan(0)
  })

  it('counts examples over time: a clock of one millisecond a look', () => {
    let ms = 0
    const measured = measureWorkload(createWorkload('B'), null, { ms: 10, warmUpMs: 0, now: () => ms++ })
    // Four looks a slice, one example between two of them, as long as one step is asked for at a time.
    expect(measured.best).toBeGreaterThanOrEqual(1000)
  })

  it('ends in the middle where the host no longer asks', () => {
    const measurement = measureInSlices(createWorkload('A'), null, { ms: 1e9, warmUpMs: 0 })
    measurement.next()
    expect(measurement.return(undefined as never).done).toBe(true)
  })
})
