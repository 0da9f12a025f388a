import { describe, expect, it } from 'vitest'
import { rateOf } from '../../../../engine/optimizers/schedules'
import { specWith } from '../support/specs'

/** Rates of all steps of a run of 5 epochs of 4 steps, with a learning rate of 0.8. */
function rates(schedule: unknown): number[] {
  const { optimizer } = specWith({ optimizer: { kind: 'sgd', learningRate: 0.8, schedule } })
  return Array.from({ length: 20 }, (_, step) =>
    rateOf(optimizer, { step, epoch: Math.floor(step / 4), totalSteps: 20 }),
  )
}

describe('the learning rate', () => {
  it('stays constant', () => {
    expect(new Set(rates('constant'))).toEqual(new Set([0.8]))
  })

  it('falls by the factor after every so many epochs', () => {
    const fallen = rates({ kind: 'step', everyEpochs: 2, factor: 0.5 })
    expect([fallen[0], fallen[7], fallen[8], fallen[15], fallen[16]]).toEqual([0.8, 0.8, 0.4, 0.4, 0.2])
  })

  it('rises in a line to the full rate at the last step of the warm-up', () => {
    const risen = rates({ kind: 'warm-up', warmupSteps: 4 })
    expect(risen.slice(0, 6).map((rate) => Number(rate.toFixed(12)))).toEqual([0.2, 0.4, 0.6, 0.8, 0.8, 0.8])
  })

  it('follows half a cosine from the full rate to the minimum at the last step', () => {
    const waned = rates({ kind: 'cosine', minimum: 0.1 })
    expect(waned[0]).toBe(0.8)
    expect(waned[19]).toBe(0.1)
    expect((waned[9] + waned[10]) / 2).toBeCloseTo(0.45, 12)
    for (let i = 1; i < 20; i++) expect(waned[i]).toBeLessThan(waned[i - 1])
  })

  it('warms up before the steps and before the cosine too', () => {
    const stepped = rates({ kind: 'step', everyEpochs: 1, factor: 0.1, warmupSteps: 2 })
    expect(stepped.slice(0, 3)).toEqual([0.4, 0.8, 0.8])
    const waned = rates({ kind: 'cosine', warmupSteps: 4 })
    expect(waned[3]).toBe(0.8)
    expect(waned[4]).toBe(0.8)
    expect(waned[19]).toBe(0)
  })

  it('keeps to the full rate where the cosine has no steps to run over', () => {
    const { optimizer } = specWith({ optimizer: { kind: 'sgd', learningRate: 0.8, schedule: 'cosine' } })
    expect(rateOf(optimizer, { step: 0, epoch: 0, totalSteps: 1 })).toBe(0.8)
  })
})
