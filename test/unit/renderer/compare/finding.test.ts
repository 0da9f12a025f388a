import { describe, expect, it } from 'vitest'
import { groupRuns } from '../../../../engine/comparison/groups'
import { FindingMaker, type Finding } from '../../../../renderer/views/compare/model/finding'
import { sampleRun } from '../runs/sample-run'

interface Design {
  dataset: string
  values: readonly number[]
}

function findingOf(designs: readonly Design[], baseline: number | null = null): Finding {
  let number = 0
  const runs = designs.flatMap(({ dataset, values }, index) =>
    values.map((value, seed) =>
      sampleRun({
        number: ++number,
        experiment: index + 1,
        seed,
        name: `design ${index + 1} seed ${seed}`,
        datasetId: dataset,
        hyperparameters: { 'dataset.id': dataset, 'training.seed': seed, 'training.epochs': index },
        metrics: { 'val/loss': { last: value, best: value, bestEpoch: 1 } },
      }),
    ),
  )
  const groups = groupRuns(runs, { kind: 'seeds' })
  return new FindingMaker().of({
    groups,
    baseline: baseline === null ? null : groups[baseline],
    names: new Map(groups.map(({ key, label }) => [key, label])),
    metric: 'val/loss',
    level: 0.95,
  })
}
const pairOf = (finding: Finding) =>
  finding?.kind === 'report' ? [finding.a.key, finding.b.key] : finding?.text

describe('what is found between groups', () => {
  it('compares the first group with the best of those that learned from the same data', () => {
    const designs = [
      { dataset: 'mnist', values: [0.01, 0.02, 0.015] },
      { dataset: 'moons', values: [0.5, 0.52, 0.48] },
      { dataset: 'moons', values: [0.3, 0.31, 0.32] },
      { dataset: 'moons', values: [0.2, 0.25, 0.22] },
    ]
    expect(pairOf(findingOf(designs))).toEqual(['experiment:4', 'experiment:2'])
    expect(pairOf(findingOf(designs, 2))).toEqual(['experiment:4', 'experiment:3'])
  })

  it('says nothing of designs on different data', () => {
    const designs = [
      { dataset: 'mnist', values: [0.01, 0.02] },
      { dataset: 'moons', values: [0.5, 0.52] },
    ]
    expect(pairOf(findingOf(designs))).toContain('learned from other data than all other groups')
    expect(pairOf(findingOf(designs, 0))).toContain('learned from other data than all other groups')
  })

  it('asks for more seeds where a group has one run', () => {
    const designs = [
      { dataset: 'moons', values: [0.5, 0.52] },
      { dataset: 'moons', values: [0.3] },
    ]
    expect(pairOf(findingOf(designs))).toContain('Run them with 5 seeds')
  })
})
