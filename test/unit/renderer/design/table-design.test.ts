import { describe, expect, it } from 'vitest'
import type { ColumnSummary, TableInfo } from '../../../../engine/data/table'
import { checkDesign } from '../../../../renderer/views/design/model/check'
import { builtInDesign, emptyDesign, tableDesign } from '../../../../renderer/views/design/model/empty-design'
import type { JsonObject } from '../../../../renderer/views/design/model/json-path'
import { guessTarget } from '../../../../renderer/views/design/model/table-target'
import { BUILT_IN_IDS } from '../../../../renderer/views/design/data/dataset-choices'

function column(name: string, over: Partial<ColumnSummary> = {}): ColumnSummary {
  return {
    name,
    originalName: null,
    type: 'number',
    missing: 0,
    bad: 0,
    badExamples: [],
    distinct: 90,
    minimum: 0,
    maximum: 1,
    mean: 0.5,
    categories: [],
    ...over,
  }
}
function words(name: string, categories: string[]): ColumnSummary {
  return column(name, { type: 'category', distinct: categories.length, categories })
}
function table(columns: ColumnSummary[]): TableInfo {
  return {
    kind: 'table',
    hash: 'a'.repeat(64),
    name: 'houses',
    fileName: 'houses.csv',
    bytes: 1000,
    importedAt: 0,
    rows: 100,
    rejectedRows: 0,
    options: { delimiter: ',', decimal: '.', hasHeader: true, encoding: 'utf-8', skipBadRows: false },
    columns,
  }
}
function problemsOf(spec: unknown, info?: TableInfo) {
  return checkDesign(JSON.parse(JSON.stringify(spec)) as JsonObject, () => info).problems
}

describe('a design for an imported table', () => {
  it.each([
    ['numbers', [column('a'), column('b'), column('price')], 'identity', 1, 'mse'],
    ['two classes', [column('a'), words('sex', ['f', 'm'])], 'logistic', 1, 'binary-cross-entropy'],
    ['classes', [column('a'), words('kind', ['x', 'y', 'z'])], 'softmax', 3, 'categorical-cross-entropy'],
  ])('is valid and ends as %s need', (_name, columns, activation, units, loss) => {
    const info = table(columns)
    const spec = tableDesign(info)
    expect(problemsOf(spec, info)).toEqual([])
    expect(spec.network.layers.at(-1)).toMatchObject({ units, activation: { kind: activation } })
    expect(spec.loss.kind).toBe(loss)
    expect(spec.dataset.normalization.kind).toBe('standardize')
  })

  it('takes a column that is named like a target before the last one', () => {
    expect(guessTarget(table([column('y'), column('b')]))).toEqual({ task: 'regression', targets: ['y'] })
    expect(guessTarget(table([words('species', ['a', 'b']), column('b')])).targets).toEqual(['species'])
  })

  it('leaves a column out that only numbers the rows', () => {
    const info = table([column('id', { distinct: 100 }), column('a'), column('price')])
    const { dataset } = tableDesign(info)
    expect(dataset.id === 'csv' && dataset.parameters.features).toEqual(['a'])
  })

  it('never takes dates or columns with bad cells for the target', () => {
    const info = table([column('a'), column('b'), column('when', { type: 'date' }), column('c', { bad: 3 })])
    expect(guessTarget(info).targets).toEqual(['b'])
  })
})

describe('designs without further thought', () => {
  it('are valid for every built-in data set', () => {
    for (const id of BUILT_IN_IDS) expect(problemsOf(builtInDesign(id)), id).toEqual([])
    expect(problemsOf(emptyDesign())).toEqual([])
  })
})

describe('checking', () => {
  it('names the missing table of a csv design', () => {
    const info = table([column('a'), column('price')])
    const [problem] = problemsOf(tableDesign(info))
    expect(problem.message).toMatch(/not in the list of data sets/)
  })
  it('still tells the sizes before a layer whose units are wrong', () => {
    const spec = JSON.parse(JSON.stringify(builtInDesign('moons'))) as {
      network: { layers: { units: unknown }[] }
    }
    spec.network.layers[1].units = 'two'
    const checked = checkDesign(spec as unknown as JsonObject, () => undefined)
    expect(checked.description?.layers[0].parameters).toBe(48)
    expect(checked.firstUnsureLayer).toBe(1)
    expect(checked.spec).toBeNull()
  })
})
