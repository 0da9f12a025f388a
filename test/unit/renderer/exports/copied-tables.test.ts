import { describe, expect, it } from 'vitest'
import { groupRuns } from '../../../../engine/comparison/groups'
import { groupsTable } from '../../../../renderer/exports/groups-table'
import { runsTable } from '../../../../renderer/exports/runs-table'
import { columnOf, columnsOf, DEFAULT_COLUMNS } from '../../../../renderer/views/runs/table-columns'
import { NO_CONTEXT } from '../../../../renderer/views/runs/table-column'
import { comparedRun } from '../compare/compared-runs'
import { sampleRun } from '../runs/sample-run'

function groups() {
  const runs = [
    comparedRun({ number: 1, experiment: 1, seed: 1, values: [1, 0.4] }),
    comparedRun({ number: 2, experiment: 1, seed: 2, values: [2, 0.6] }),
    comparedRun({ number: 3, experiment: 2, seed: 1, values: [3, 0.7] }),
    comparedRun({ number: 4, experiment: 2, seed: 2, values: [NaN, NaN] }),
  ].map(({ run }) => run)
  return groupRuns(runs, { kind: 'seeds' })
}
/** Cells of a row by the titles of their columns. */
const byTitle = ({ columns, rows }: ReturnType<typeof groupsTable>, row: number) =>
  Object.fromEntries(columns.map((title, index) => [title, rows[row][index]]))

describe('the groups as a table to take away', () => {
  it('has mean, deviation and what differs, with every digit', () => {
    const table = groupsTable(groups(), ['val/loss'])
    expect(byTitle(table, 0)).toEqual({
      group: 'design 1',
      n: 2,
      'best val/loss': 0.5,
      'best val/loss std': expect.closeTo(Math.SQRT2 / 10, 15) as number,
      'best val/loss n': 2,
      'last val/loss': 0.5,
      'last val/loss std': expect.closeTo(Math.SQRT2 / 10, 15) as number,
      'last val/loss n': 2,
      'optimizer.learningRate': 0.001,
    })
  })

  it('leaves out what is not finite and says how many count', () => {
    const diverged = byTitle(groupsTable(groups(), ['val/loss']), 1)
    expect(diverged).toMatchObject({
      n: 2,
      'best val/loss n': 1,
      'best val/loss': 0.7,
      'best val/loss std': null,
    })
    expect(groupsTable(groups().slice(0, 1), ['val/loss']).columns).not.toContain('best val/loss n')
  })

  it('tells the difference to a baseline, and no column of a metric that is not measured by epoch', () => {
    const all = groups()
    const table = groupsTable(all, ['val/loss', 'batch/loss'], all[0])
    expect(byTitle(table, 0)['best val/loss minus baseline']).toBeNull()
    expect(byTitle(table, 1)['best val/loss minus baseline']).toBe(0.7 - 0.5)
    expect(table.columns.filter((title) => title.includes('batch'))).toEqual([])
  })
})

describe('the runs as a table to take away', () => {
  const run = sampleRun({
    startedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
    activeMs: 61_234,
    hyperparameters: {
      'optimizer.kind': 'adam',
      'optimizer.learningRate': 0.1 + 0.2,
      'training.batchSize': 32,
    },
    metrics: {
      'val/loss': { last: NaN, best: 1 / 3, bestEpoch: 2 },
      'val/accuracy': { last: 0.29, best: 0.29, bestEpoch: 2 },
    },
  })

  it('has the columns on screen without the picture, and whole numbers in place of shortened ones', () => {
    const table = runsTable([run], columnsOf(DEFAULT_COLUMNS), NO_CONTEXT)
    expect(table.columns).not.toContain('sparkline')
    expect(byTitle(table, 0)).toMatchObject({
      id: run.id,
      name: run.name,
      optimizer: 'adam',
      'learning rate': 0.1 + 0.2,
      batch: 32,
      seed: run.seed,
      'best val/loss': 1 / 3,
      last: NaN,
      'accuracy (share)': 0.29,
      'test acc. (share)': null,
      'time (s)': 61.234,
      started: '2026-01-02T03:04:05.000Z',
    })
  })

  it('tells differences to the baseline as on screen, but unrounded', () => {
    const baseline = sampleRun({ metrics: { 'val/loss': { last: 1, best: 1, bestEpoch: 1 } } })
    const columns = ['delta:best:val/loss', 'percent:best:val/loss'].map((id) => columnOf(id)!)
    const table = runsTable([run], columns, { ...NO_CONTEXT, baseline: [baseline] })
    expect(table.columns).toEqual(['id', 'name', 'Δ baseline', 'Δ (share)'])
    expect(table.rows[0].slice(2)).toEqual([1 / 3 - 1, 1 / 3 - 1])
  })
})
