// Which columns of an imported table are inputs and targets, and what shape that makes. Pure: the design view
// and the importer ask the same function, so they cannot disagree.
//
// Number columns are one input. Category columns are one-hot: one input a category, in the order of
// `categories`, 1 for the row's own and 0 for the others. Dates and columns with bad cells are not usable.

import { DescentError } from '../errors'
import { LIMITS } from '../spec/schema'
import type { ParametersOf } from './parameters'
import { classificationShape, regressionShape } from './shape'
import type { ColumnSummary, TableInfo } from './table'
import type { DataShape } from './types'

/** A category column with more values than this would be more inputs than it is worth. */
export const ONE_HOT_LIMIT = 100

export interface CsvColumns {
  /** Indices of the feature columns in the table, in the order of the inputs. */
  features: readonly number[]
  /** Indices of the target columns. */
  targets: readonly number[]
  /** Columns that are neither, and why; only where the spec leaves the choice of features open. */
  leftOut: readonly { name: string; reason: string }[]
  /** Classification: the values of the target column by class index. */
  classes: readonly string[]
}

/** Why a column cannot be an input; null when it can. */
export function unusableAsFeature(column: ColumnSummary): string | null {
  if (column.type === 'empty') return 'it has no values'
  if (column.type === 'date') return 'it holds dates, and a date is not a number'
  const bad = describeBad(column)
  if (bad !== null) return bad
  if (column.type === 'category' && column.distinct > ONE_HOT_LIMIT) {
    return `it has ${column.distinct} different values; one input a value needs at most ${ONE_HOT_LIMIT}`
  }
  if (column.type === 'category' && column.categories.length < 2) return 'it has the same value everywhere'
  return null
}

/** Why a column cannot be a target of the task; null when it can. */
export function unusableAsTarget(
  column: ColumnSummary,
  task: 'classification' | 'regression',
): string | null {
  if (column.type === 'empty') return 'it has no values'
  if (column.type === 'date') return 'it holds dates'
  const bad = describeBad(column)
  if (bad !== null) return bad
  if (task === 'regression')
    return column.type === 'number' ? null : 'it holds text; regression needs numbers'
  if (column.distinct < 2) return 'it has the same value everywhere; classification needs at least 2 classes'
  if (column.categories.length === 0) {
    return `it has ${column.distinct} different values; classification needs at most 200 classes`
  }
  return null
}

function describeBad({ bad, badExamples }: ColumnSummary): string | null {
  if (bad === 0) return null
  const [first] = badExamples
  const example = first === undefined ? '' : `, the first is "${first.value}" in line ${first.line}`
  return `${bad} of its cells ${bad === 1 ? 'is' : 'are'} not a number${example}`
}

/**
 * Finds the columns a spec asks for.
 *
 * @throws DescentError('bad-spec') naming the column and the reason, with the path of the choice
 */
export function csvColumns(info: TableInfo, parameters: ParametersOf<'csv'>): CsvColumns {
  const indexByName = new Map(info.columns.map((column, index) => [column.name, index]))
  const find = (name: string, path: string): number => {
    const index = indexByName.get(name)
    if (index !== undefined) return index
    throw problem(`"${info.name}" has no column "${name}".`, 'Choose one of its columns.', path)
  }

  const { task } = parameters
  if (task === 'classification' && parameters.targets.length > 1) {
    const message = `${parameters.targets.length} target columns; classification needs exactly 1.`
    throw problem(message, 'Choose one target, or regression.', 'targets')
  }
  const targets = parameters.targets.map((name, index) => find(name, `targets[${index}]`))
  assertOnce(targets, info, 'targets')
  targets.forEach((column, index) => {
    const reason = unusableAsTarget(info.columns[column], task)
    if (reason === null) return
    const message = `Column "${info.columns[column].name}" cannot be a ${task} target: ${reason}.`
    throw problem(
      message,
      'Choose another target, or correct the file and import it again.',
      `targets[${index}]`,
    )
  })

  const isTarget = new Set(targets)
  const leftOut: { name: string; reason: string }[] = []
  let features: number[]
  if (parameters.features === null) {
    features = []
    info.columns.forEach((column, index) => {
      if (isTarget.has(index)) return
      const reason = unusableAsFeature(column)
      if (reason === null) features.push(index)
      else leftOut.push({ name: column.name, reason })
    })
  } else {
    features = parameters.features.map((name, index) => find(name, `features[${index}]`))
    assertOnce(features, info, 'features')
    features.forEach((column, index) => {
      const reason = isTarget.has(column) ? 'it is a target' : unusableAsFeature(info.columns[column])
      if (reason === null) return
      const message = `Column "${info.columns[column].name}" cannot be an input: ${reason}.`
      throw problem(message, 'Leave it out, or correct the file and import it again.', `features[${index}]`)
    })
  }
  if (features.length === 0) {
    const why =
      leftOut.length === 0 ? '' : ` Column "${leftOut[0].name}" cannot be one: ${leftOut[0].reason}.`
    throw problem(
      `"${info.name}" has no column left to be an input.${why}`,
      'Choose other targets.',
      'features',
    )
  }
  const classes = task === 'classification' ? info.columns[targets[0]].categories : []
  return { features, targets, leftOut, classes }
}

/**
 * Shape of an imported table with the targets and features of a spec.
 *
 * @throws DescentError('bad-spec') as csvColumns does, and for more inputs than a network may have
 */
export function csvShape(info: TableInfo, parameters: ParametersOf<'csv'>): DataShape {
  const { features, targets, classes } = csvColumns(info, parameters)
  const inputNames = features.flatMap((index) => {
    const column = info.columns[index]
    if (column.type === 'number') return [column.name]
    return column.categories.map((category) => `${column.name} = ${category}`)
  })
  if (inputNames.length > LIMITS.units) {
    const message = `${inputNames.length} inputs from ${features.length} columns; at most ${LIMITS.units} are possible.`
    throw problem(message, 'Choose fewer columns.', 'features')
  }
  const targetNames = targets.map((index) => info.columns[index].name)
  return parameters.task === 'classification'
    ? classificationShape(inputNames, classes, targetNames[0])
    : regressionShape(inputNames, targetNames)
}

function assertOnce(columns: readonly number[], info: TableInfo, path: string): void {
  const seen = new Set<number>()
  const twice = columns.find((column) => seen.size === seen.add(column).size)
  if (twice === undefined) return
  throw problem(`Column "${info.columns[twice].name}" is chosen twice.`, 'Choose each column once.', path)
}

function problem(message: string, hint: string, path: string): DescentError {
  return new DescentError('bad-spec', message, hint, [{ path: `dataset.parameters.${path}`, message }])
}
