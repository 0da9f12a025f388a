import { describe, expect, it } from 'vitest'
import { importanceOf } from '../../../../engine/comparison/importance'
import type { ComparedRun } from '../../../../engine/comparison/types'
import { createRandom } from '../../../../engine/random'
import { sampleRun } from './sample-runs'

/** Runs of random settings whose loss is planted: the learning rate matters most, then the optimizer, units not. */
function plantedRuns(count: number, noise = 0.02): ComparedRun[] {
  const random = createRandom(1, 'planted runs')
  return Array.from({ length: count }, (_, index) => {
    const rate = 10 ** -(1 + 3 * random.uniform())
    const optimizer = ['adam', 'sgd', 'rmsprop'][random.below(3)]
    const units = 2 ** (3 + random.below(5))
    const best = 1 + 0.5 * Math.log10(rate) ** 2 + (optimizer === 'sgd' ? 1.2 : 0) + noise * random.normal()
    return sampleRun({
      number: index + 1,
      hyperparameters: {
        name: `run ${index}`,
        'optimizer.kind': optimizer,
        'optimizer.learningRate': rate,
        'network.layers.0.units': units,
        'training.epochs': 10,
        'training.seed': index,
        ...(optimizer === 'adam' ? { 'optimizer.beta1': 0.9, 'optimizer.beta2': 0.999 } : {}),
      },
      metrics: { 'val/loss': { last: best, best, bestEpoch: 1 } },
    })
  })
}

describe('importance', () => {
  it('recovers the order that was planted, and leaves noise near 0', () => {
    const { rows, runs, explained, warning } = importanceOf(plantedRuns(150), 'best:val/loss', { seed: 1 })
    expect(rows.map(({ path }) => path).slice(0, 2)).toEqual(['optimizer.learningRate', 'optimizer.kind'])
    expect(rows[0].importance).toBeGreaterThan(2 * rows[1].importance)
    const units = rows.find(({ path }) => path === 'network.layers.0.units')!
    expect(Math.abs(units.importance)).toBeLessThan(0.05)
    expect(units.label).toBe('layer 1 units')
    expect(runs).toBe(150)
    expect(explained).toBeGreaterThan(0.8)
    expect(warning).toBeNull()
    expect(rows[0].correlation!).toBeLessThan(-0.5)
    expect(rows[1].correlation).toBeNull()
  })

  it('says nothing of parameters that do not vary, of the seed and of names', () => {
    const { rows } = importanceOf(plantedRuns(60), 'best:val/loss', {
      seed: 1,
    })
    expect(rows.map(({ path }) => path).sort()).toEqual([
      'network.layers.0.units',
      'optimizer.beta1',
      'optimizer.kind',
      'optimizer.learningRate',
    ])
  })

  it('names parameters that change together once', () => {
    const { rows } = importanceOf(plantedRuns(60), 'best:val/loss', {
      seed: 1,
    })
    expect(rows.find(({ path }) => path === 'optimizer.beta1')!.together).toEqual(['optimizer.beta2'])
  })

  it('is the same to the bit for a seed, and about the same for another', () => {
    const runs = plantedRuns(60)
    const of = (seed: number) => importanceOf(runs, 'best:val/loss', { seed })
    expect(of(4)).toEqual(of(4))
    expect(of(5)).not.toEqual(of(4))
    expect(of(5).rows[0].path).toBe(of(4).rows[0].path)
  })

  it('warns of few runs and of a metric that the parameters do not explain', () => {
    expect(importanceOf(plantedRuns(20), 'best:val/loss', { seed: 1 }).warning).toContain(
      '20 runs are few: below 30, the order may be chance.',
    )
    const { explained, warning, rows } = importanceOf(plantedRuns(80, 50), 'best:val/loss', { seed: 1 })
    expect(explained).toBeLessThan(0.3)
    expect(warning).toContain('what matters here is something else, or chance')
    expect(rows[0].importance).toBeLessThan(0.5)
  })

  it('leaves out runs without a finite value, and counts them', () => {
    const runs = plantedRuns(40).map((run, index) =>
      index % 4 === 0
        ? {
            ...run,
            metrics: { 'val/loss': { last: NaN, best: null, bestEpoch: null } },
          }
        : run,
    )
    expect(importanceOf(runs, 'best:val/loss', { seed: 1 })).toMatchObject({
      runs: 30,
      leftOut: 10,
    })
    expect(importanceOf(runs, 'last:val/loss', { seed: 1 })).toMatchObject({
      runs: 30,
      leftOut: 10,
    })
  })

  it('says why there is nothing to say', () => {
    const runs = plantedRuns(10)
    const of = (list: readonly ComparedRun[], value = 'best:val/loss') =>
      importanceOf(list, value, { seed: 1 })
    expect(of(runs.slice(0, 5)).warning).toBe(
      '5 runs have a finite best val/loss; at least 6 are needed, 30 or more are sensible.',
    )
    expect(of(runs.map((run) => ({ ...run, hyperparameters: {} }))).warning).toContain('differ in nothing')
    expect(of(runs, 'time').warning).toContain('All runs have the same training time')
    expect(of([]).rows).toEqual([])
  })
})
