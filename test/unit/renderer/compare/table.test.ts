import { describe, expect, it } from 'vitest'
import { groupRuns } from '../../../../engine/comparison/groups'
import {
  comparisonTable,
  sortRows,
  type ComparisonTable,
} from '../../../../renderer/views/compare/model/table'
import { comparedRun, type Compared } from './compared-runs'

function tableOf(all: readonly Compared[], baseline: number | null = null): ComparisonTable {
  const groups = groupRuns(
    all.map(({ run }) => run),
    { kind: 'seeds' },
  )
  return comparisonTable({
    groups,
    columnsOf: (id) => all.find(({ run }) => run.id === id)?.columns ?? null,
    metric: 'val/loss',
    baseline: groups.find(({ number }) => number === baseline) ?? null,
  })
}
const cellOf = (table: ComparisonTable, row: number, key: string) =>
  table.rows[row].cells[table.columns.findIndex((column) => column.key === key)]
const memberCell = (table: ComparisonTable, row: number, member: number, key: string) =>
  table.rows[row].members[member].cells[table.columns.findIndex((column) => column.key === key)]

const two = () => [
  comparedRun({ number: 1, experiment: 1, seed: 1, values: [0.5, 0.2, 0.3] }),
  comparedRun({ number: 2, experiment: 1, seed: 2, values: [0.5, 0.4, 0.3] }),
  comparedRun({ number: 3, experiment: 2, seed: 1, values: [0.5, 0.4, 0.4] }),
  comparedRun({ number: 4, experiment: 2, seed: 2, values: [0.5, 0.5, 0.6] }),
]

describe('the table below the charts', () => {
  it('tells mean and sample deviation of a group, and where its best values are', () => {
    const table = tableOf(two())
    expect(table.rows.map(({ name }) => name)).toEqual(['design 1', 'design 2'])
    expect(cellOf(table, 0, 'n').text).toBe('2')
    expect(cellOf(table, 0, 'best')).toMatchObject({ text: '0.2500', spread: '± 0.0707' })
    expect(cellOf(table, 0, 'at').text).toBe('20 to 30')
    expect(cellOf(table, 0, 'last')).toMatchObject({ text: '0.3000', spread: '± 0.0000' })
    expect(table.rows[0].members.map(({ name }) => name)).toEqual(['seed 1', 'seed 2'])
    expect(memberCell(table, 0, 0, 'best').text).toBe('0.2000')
  })

  it('shows the settings that differ only, and never the seed of groups of seeds', () => {
    const table = tableOf(two())
    expect(table.differing).toBe(1)
    expect(table.columns[0]).toMatchObject({ key: 'optimizer.learningRate', title: 'learning rate' })
    expect(cellOf(table, 1, 'optimizer.learningRate').text).toBe('0.002')
    expect(memberCell(table, 1, 0, 'optimizer.learningRate').text).toBe('')
  })

  it('measures groups against the baseline, and their runs against its run of the same seed', () => {
    const table = tableOf(two(), 2)
    expect(cellOf(table, 0, 'delta').text).toBe('\u22120.2000')
    expect(cellOf(table, 0, 'share').text).toBe('\u221244.4')
    expect(cellOf(table, 1, 'delta').text).toBe('\u2013')
    expect(table.rows[1].isBaseline).toBe(true)
    expect(memberCell(table, 0, 0, 'delta').text).toBe('\u22120.2000')
    expect(memberCell(table, 0, 0, 'share').text).toBe('\u221250.0')
    expect(memberCell(table, 0, 1, 'share').text).toBe('\u221240.0')
    expect(tableOf(two()).columns.some(({ key }) => key === 'delta')).toBe(false)
  })

  it('leaves out runs that are not finite and says how many', () => {
    const all = two()
    all[1] = comparedRun({ number: 2, experiment: 1, seed: 2, values: [0.5, NaN] })
    const table = tableOf(all)
    expect(cellOf(table, 0, 'last')).toMatchObject({ text: '0.3000', spread: '', excluded: '1 NaN' })
    expect(memberCell(table, 0, 1, 'last')).toMatchObject({ text: 'NaN', isBad: true })
  })

  it('sorts groups by any column, what is not a number last', () => {
    const all = [...two(), comparedRun({ number: 5, experiment: 3, seed: 1, values: [NaN] })]
    const table = tableOf(all)
    const order = (column: string, isDescending: boolean) =>
      sortRows(table, { column, isDescending }).map(({ number }) => number)
    expect(order('best', false)).toEqual([1, 2, 3])
    expect(order('best', true)).toEqual([2, 1, 3])
    expect(order('last', true)).toEqual([2, 1, 3])
    expect(order('name', true)).toEqual([3, 2, 1])
  })
})
