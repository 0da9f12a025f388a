import { describe, expect, it } from 'vitest'
import { csvColumns, csvShape } from '../../../../engine/data/csv-shape'
import { shapeOf } from '../../../../engine/data/datasets'
import type { ColumnSummary, TableInfo } from '../../../../engine/data/table'
import { datasetSpec } from './data-sets'

function column(name: string, changes: Partial<ColumnSummary> = {}): ColumnSummary {
  return {
    name,
    originalName: null,
    type: 'number',
    missing: 0,
    bad: 0,
    badExamples: [],
    distinct: 3,
    minimum: 1,
    maximum: 3,
    mean: 2,
    categories: ['1', '2', '3'],
    ...changes,
  }
}

const text = { type: 'category', minimum: null, maximum: null, mean: null } as const
const COLUMNS = [
  column('age'),
  column('city', { ...text, distinct: 2, categories: ['Rome', 'Oslo'] }),
  column('born', { type: 'date', categories: [] }),
  column('weight', { bad: 2, badExamples: [{ line: 7, value: 'n/a' }] }),
  column('note', { ...text, distinct: 900, categories: [] }),
  column('nothing', { type: 'empty', distinct: 0, categories: [] }),
  column('kind', { ...text, distinct: 3, categories: ['a', 'b', 'c'] }),
]
const INFO: TableInfo = {
  kind: 'table',
  hash: 'a'.repeat(64),
  name: 'people',
  fileName: 'people.csv',
  bytes: 100,
  importedAt: 0,
  rows: 10,
  rejectedRows: 0,
  options: { delimiter: ',', decimal: '.', hasHeader: true, encoding: 'utf-8', skipBadRows: false },
  columns: COLUMNS,
}

type Choice = { task?: 'classification' | 'regression'; targets: string[]; features?: string[] | null }
const parameters = ({ task = 'classification', targets, features = null }: Choice) => ({
  hash: INFO.hash,
  task,
  targets,
  features,
})

describe('csvShape', () => {
  it('makes one input a number column and one a category', () => {
    expect(csvShape(INFO, parameters({ targets: ['kind'] }))).toEqual({
      input: [3],
      outputs: 3,
      task: 'classification',
      classNames: ['a', 'b', 'c'],
      inputNames: ['age', 'city = Rome', 'city = Oslo'],
      targetNames: ['kind'],
    })
  })

  it('needs one output for two classes', () => {
    expect(csvShape(INFO, parameters({ targets: ['city'] })).outputs).toBe(1)
  })

  it('takes the values of a number column for classes', () => {
    expect(csvShape(INFO, parameters({ targets: ['age'] })).classNames).toEqual(['1', '2', '3'])
  })

  it('leaves out what cannot be an input, and says why', () => {
    const { leftOut } = csvColumns(INFO, parameters({ targets: ['kind'] }))
    expect(leftOut).toEqual([
      { name: 'born', reason: 'it holds dates, and a date is not a number' },
      { name: 'weight', reason: '2 of its cells are not a number, the first is "n/a" in line 7' },
      { name: 'note', reason: 'it has 900 different values; one input a value needs at most 100' },
      { name: 'nothing', reason: 'it has no values' },
    ])
  })

  it('keeps the chosen order of features', () => {
    const shape = csvShape(
      INFO,
      parameters({ task: 'regression', targets: ['age'], features: ['kind', 'city'] }),
    )
    expect(shape.inputNames).toEqual(['kind = a', 'kind = b', 'kind = c', 'city = Rome', 'city = Oslo'])
    expect(shape).toMatchObject({ task: 'regression', outputs: 1, targetNames: ['age'] })
  })

  it.each([
    ['an unknown target', { targets: ['size'] }, 'targets[0]', /no column "size"/],
    [
      'an unknown feature',
      { targets: ['kind'], features: ['age', 'size'] },
      'features[1]',
      /no column "size"/,
    ],
    ['two targets of a classification', { targets: ['kind', 'city'] }, 'targets', /needs exactly 1/],
    [
      'text as a regression target',
      { task: 'regression', targets: ['city'] },
      'targets[0]',
      /regression needs numbers/,
    ],
    ['bad cells in a target', { task: 'regression', targets: ['weight'] }, 'targets[0]', /"n\/a" in line 7/],
    ['too many classes', { targets: ['note'] }, 'targets[0]', /900 different values/],
    [
      'a date as a feature',
      { targets: ['kind'], features: ['born'] },
      'features[0]',
      /a date is not a number/,
    ],
    ['the target as a feature', { targets: ['kind'], features: ['kind'] }, 'features[0]', /it is a target/],
    ['a feature twice', { targets: ['kind'], features: ['age', 'age'] }, 'features', /chosen twice/],
  ] as const)('refuses %s by the name of the field', (_name, choice, path, message) => {
    expect(() => csvShape(INFO, parameters(choice as unknown as Choice))).toThrow(
      expect.objectContaining({
        code: 'bad-spec',
        message: expect.stringMatching(message),
        problems: [expect.objectContaining({ path: `dataset.parameters.${path}` })],
      }),
    )
  })

  it('refuses a table in which no column is left to be an input', () => {
    const info = { ...INFO, columns: [COLUMNS[6], COLUMNS[2]] }
    expect(() => csvShape(info, parameters({ targets: ['kind'] }))).toThrow(/no column left to be an input/)
  })

  it('is what shapeOf answers for an imported table', () => {
    const spec = datasetSpec({ id: 'csv', parameters: parameters({ targets: ['kind'] }) })
    expect(shapeOf(spec, INFO)).toEqual(csvShape(INFO, parameters({ targets: ['kind'] })))
  })
})
