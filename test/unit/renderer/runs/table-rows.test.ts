import { describe, expect, it } from 'vitest'
import { groupOfBaseline } from '../../../../renderer/views/runs/baseline'
import { groupCell } from '../../../../renderer/views/runs/group-cells'
import { groupView } from '../../../../renderer/views/runs/group-row-view'
import { groupsText } from '../../../../renderer/views/runs/groups-text'
import { runView } from '../../../../renderer/views/runs/row-view'
import { createStableGroups } from '../../../../renderer/views/runs/stable-groups'
import { columnOf, columnsOf, withBaseline } from '../../../../renderer/views/runs/table-columns'
import { NO_CONTEXT } from '../../../../renderer/views/runs/table-column'
import { tableRows, type RowOrder } from '../../../../renderer/views/runs/table-rows'
import { lockedText, selectedText } from '../../../../renderer/views/runs/count-text'
import { sampleRun } from './sample-run'

function runOf(number: number, experiment: number, seed: number, best: number | null, last = best ?? NaN) {
  const hyperparameters = { ...sampleRun().hyperparameters, 'training.seed': seed, width: experiment }
  const metrics = { 'val/loss': { last, best, bestEpoch: best === null ? null : 1 } }
  return sampleRun({ number, experiment, seed, hyperparameters, metrics, name: `run ${number}` })
}
const runs = [
  runOf(1, 1, 1, 0.4),
  runOf(2, 1, 2, 0.2),
  runOf(3, 2, 1, 0.1),
  runOf(4, 3, 1, 0.05),
  runOf(5, 3, 2, null),
  runOf(6, 3, 3, 0.15),
]
const base: RowOrder = {
  column: columnOf('best')!,
  isDescending: false,
  grouping: { kind: 'seeds' },
  groupsOf: createStableGroups(),
  unfolded: new Set(),
  context: NO_CONTEXT,
}

describe('grouped rows', () => {
  it('stand in the order of their means, and groups of one are their run', () => {
    const { keys, groups, runIds } = tableRows(runs, null, base)
    expect(keys.map((key) => groups.get(key)?.members.map(({ number }) => number) ?? key)).toEqual([
      [4, 5, 6],
      'run-3',
      [1, 2],
    ])
    // All runs, folded or not, those of a group in the same order.
    expect(runIds).toEqual(['run-4', 'run-6', 'run-5', 'run-3', 'run-2', 'run-1'])
  })
  it('unfold to their runs', () => {
    const [key] = tableRows(runs, null, base).keys
    const { keys, members } = tableRows(runs, null, { ...base, unfolded: new Set([key]) })
    expect(keys.slice(1, 4)).toEqual(['run-4', 'run-6', 'run-5'])
    expect([...members]).toEqual(['run-4', 'run-6', 'run-5'])
  })
  it('follow chosen hyperparameters', () => {
    const { groups } = tableRows(runs, null, {
      ...base,
      grouping: { kind: 'paths', paths: ['training.seed'] },
    })
    expect([...groups.values()].map(({ members }) => members.length).sort()).toEqual([2, 3])
  })
  it('keep label and colour while a query leaves some of their runs out', () => {
    const { keys, groups } = tableRows(runs, (run) => run.seed === 2 || run.experiment === 1, base)
    expect(keys).toEqual([expect.stringContaining('group '), 'run-5'])
    expect(groups.get(keys[0])).toMatchObject({ number: 1, members: [runs[0], runs[1]] })
  })
  it('take on new values without being made anew', () => {
    const groupsOf = createStableGroups()
    const { grouping } = base
    const before = groupsOf(runs, grouping)
    const newer = { ...runs[0], note: 'newer' }
    const after = groupsOf([newer, ...runs.slice(1)], grouping)
    expect(after[0].members[0]).toBe(newer)
    expect(after.map(({ label }) => label)).toEqual(before.map(({ label }) => label))
    expect(groupsOf([...runs, runOf(7, 1, 3, 0.5)], grouping)[0].members).toHaveLength(3)
  })
  it('are not there without grouping', () => {
    const { keys, groups } = tableRows(runs, null, { ...base, grouping: { kind: 'none' } })
    expect(groups.size).toBe(0)
    expect(keys).toHaveLength(6)
  })
})

describe('cells of a group', () => {
  // numpy: np.mean([.4, .2]), np.std([.4, .2], ddof=1)
  it('show mean and sample deviation', () => {
    expect(groupCell(columnOf('best')!, runs.slice(0, 2))).toMatchObject({
      text: '0.3000',
      spread: ' ± 0.1414',
      title: 'Mean ± standard deviation of 2 runs',
    })
  })
  it('say of how many runs, where some have no finite value', () => {
    expect(groupCell(columnOf('best')!, runs.slice(3))).toMatchObject({
      text: '0.1000',
      spread: ' ± 0.0707 (2)',
      title: 'Mean ± standard deviation of 2 of 3 runs',
    })
    expect(groupCell(columnOf('last')!, [runs[4]]).text).toBe('NaN')
    expect(groupCell(columnOf('best')!, [runs[4]]).text).toBe('–')
  })
  it('show what all share, the range of numbers, and a dash for words that differ', () => {
    expect(groupCell(columnOf('optimizer')!, runs).text).toBe('adam')
    expect(groupCell(columnOf('seed')!, runs).text).toBe('1–3')
    const other = sampleRun({ hyperparameters: { 'optimizer.kind': 'sgd' } })
    expect(groupCell(columnOf('optimizer')!, [...runs, other])).toEqual({
      text: '–',
      spread: '',
      title: '6 × adam, 1 × sgd',
    })
  })
})

describe('the row of a group', () => {
  const columns = columnsOf(['status', 'tags', 'sparkline', 'epochs', 'started', 'best'])
  const contentOf = (members: typeof runs, id: string) =>
    groupView({ key: 'g', number: 1, label: 'g', members }, columns, NO_CONTEXT).cells.find(
      ({ column }) => column.id === id,
    )?.content

  it('shows one status as a run does, several in words, and the tags that all of its runs have', () => {
    expect(contentOf(runs, 'status')).toMatchObject({ show: 'status', status: 'finished', reason: null })
    const mixed = [
      { ...runs[0], status: 'failed' as const, tags: ['a', 'b'] },
      { ...runs[1], tags: ['b'] },
    ]
    expect(contentOf(mixed, 'status')).toMatchObject({ show: 'text', text: '1 failed, 1 finished' })
    expect(contentOf(mixed, 'tags')).toMatchObject({ show: 'tags', tags: ['b'] })
  })
  it('counts what reads the same once, however it was stored', () => {
    const epochs = (epoch: number) => ({ ...runs[0], progress: { ...runs[0].progress, epoch } })
    // Both say 1 / 3: no epoch more is finished.
    expect(contentOf([epochs(1), epochs(1.4)], 'epochs')).toMatchObject({ text: '1 / 3', title: '' })
    expect(contentOf([epochs(1), epochs(1.4), epochs(2)], 'epochs')).toMatchObject({
      title: '2 × 1 / 3, 1 × 2 / 3',
    })
  })
  it('is as old as its newest run', () => {
    const older = { ...runs[0], startedAt: 5 }
    const waiting = { ...runs[1], startedAt: null, createdAt: 9 }
    expect(contentOf([older, waiting], 'started')).toEqual({ show: 'age', at: 9 })
  })
  it('is like that of a run, cell by cell', () => {
    const group = groupView({ key: 'g', number: 1, label: 'g', members: [runs[0]] }, columns, NO_CONTEXT)
    const run = runView(runs[0], columns, NO_CONTEXT)
    expect(group.cells.map(({ column }) => column)).toEqual(run.cells.map(({ column }) => column))
    expect(run).toMatchObject({ label: 'run 1', count: null })
    expect(group).toMatchObject({ label: 'g', count: 1 })
  })
})

describe('the baseline', () => {
  it('gives each run its difference and per cent, and itself none', () => {
    const context = { ...NO_CONTEXT, baseline: [runs[1]] }
    const [delta, percent] = ['delta:best:val/loss', 'percent:best:val/loss'].map((id) => columnOf(id)!)
    expect(delta.text(runs[2], context)).toBe('−0.1000')
    expect(percent.text(runs[0], context)).toBe('+100.0')
    expect(delta.text(runs[1], context)).toBe('–')
    expect(delta.text(runs[4], context)).toBe('–')
    expect(delta.text(runs[2])).toBe('–')
  })
  it('is the mean of its group where runs are grouped', () => {
    const group = groupOfBaseline(runs[1], runs, { kind: 'seeds' })
    expect(group.map(({ number }) => number)).toEqual([1, 2])
    const context = { ...NO_CONTEXT, baseline: group }
    expect(columnOf('delta:best:val/loss')!.text(runs[2], context)).toBe('−0.2000')
    expect(groupCell(columnOf('delta:best:val/loss')!, group, context).text).toBe('–')
  })
  it('brings difference and per cent on screen', () => {
    expect(withBaseline(null)).toEqual(
      expect.arrayContaining(['delta:best:val/loss', 'percent:best:val/loss']),
    )
    expect(withBaseline(['seed', 'percent:last:val/loss'])).toEqual(['seed', 'percent:last:val/loss'])
  })
})

it('has columns for a metric at an epoch', () => {
  const [column] = columnsOf(['at:val/loss:10'])
  expect(column.title).toBe('val/loss @ 10')
  const valueAt = (_: unknown, metric: string, epoch: number) =>
    metric === 'val/loss' && epoch === 10 ? 0.25 : null
  expect(column.text(runs[0], { baseline: [], valueAt })).toBe('0.2500')
  expect(columnsOf(['at:val/loss:0', 'at:val/loss:x', 'at:'])).toEqual([])
})

it('tells how the selected runs fall into designs', () => {
  expect(groupsText(runs.slice(0, 2))).toBe('1 group, 2 seeds')
  expect(groupsText(runs)).toBe('3 groups, 3, 2 and 1 seeds')
  expect(groupsText([runs[0], runs[3]])).toBe('2 groups of one seed')
  expect(groupsText([runs[0], runs[1], runs[3], runs[5]])).toBe('2 groups of 2 seeds each')
})

it('says how many runs are selected, and in how many groups of the table', () => {
  const ids = Array.from({ length: 1500 }, (_, index) => String(index))
  expect(selectedText(ids.slice(0, 1), null)).toBe('1 run selected')
  expect(selectedText(ids.slice(0, 15), 3)).toBe('15 runs in 3 groups selected')
  expect(selectedText(ids, 1)).toBe('1,500 runs in 1 group selected')
})

it('names the locked runs that were left', () => {
  expect(lockedText([])).toBe('')
  expect(lockedText([{ number: 3 }])).toBe('1 locked run was left: no. 3')
  expect(lockedText([{ number: 3 }, { number: 17 }])).toBe('2 locked runs were left: no. 3 and 17')
  expect(lockedText(Array.from({ length: 9 }, (_, number) => ({ number })))).toContain('and 3 more')
})
