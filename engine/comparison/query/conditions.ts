// The conditions of a query as tests of a run. A run without the value equals nothing and has no order.

import { patternTest } from './patterns'
import { parseQueryNumber } from './query-number'
import type { Comparison, FieldValue, QueriedRun, QueryField, Test } from './types'

/** A test, or the sentence that says why the condition can not be. */
export type Condition = Test | string

export function wordTest(text: string): Test {
  const wanted = text.toLowerCase().replace(/^#(?=.)/, '')
  const has = (value: FieldValue | boolean | undefined): boolean =>
    value !== null && value !== undefined && String(value).toLowerCase().includes(wanted)
  return (run) =>
    has(run.name) ||
    run.tags.some(has) ||
    has(run.datasetId ?? run.hyperparameters['dataset.id']) ||
    has(run.hyperparameters['optimizer.kind']) ||
    has(run.note)
}

export function isTest({ read }: QueryField, what: 'none' | 'nan'): Test {
  if (what === 'nan') return (run) => Number.isNaN(read(run))
  return (run) => {
    const value = read(run)
    return value === null || value === '' || (typeof value === 'object' && value.length === 0)
  }
}

export function compareTest(field: QueryField, operator: Comparison, value: string): Condition {
  if (operator === '~' || operator === '!~') return matchTest(field, operator, value)
  if (field.kind === 'number') return numberTest(field, operator, value)
  if (operator.startsWith('<') || operator.startsWith('>')) {
    const has = field.kind === 'tags' ? 'tags' : 'words'
    return `${field.name} holds ${has}; use = or : instead of ${operator}.`
  }
  if (operator === ':' && field.kind === 'text') {
    const wanted = value.toLowerCase()
    return (run) => textsOf(field, run).some((text) => text.toLowerCase().includes(wanted))
  }
  const isEqual = equalTest(field, [value])
  return operator === '!=' ? (run) => !isEqual(run) : isEqual
}

export function inTest(field: QueryField, values: readonly string[]): Condition {
  if (field.kind !== 'number') return equalTest(field, values)
  const numbers = new Set<number>()
  for (const value of values) {
    const number = parseQueryNumber(value)
    if (number === null) return notANumber(field, value)
    numbers.add(number)
  }
  return (run) => {
    const read = field.read(run)
    return typeof read === 'number' && numbers.has(read)
  }
}

function textsOf(field: QueryField, run: QueriedRun): readonly string[] {
  const read = field.read(run)
  return read === null ? [] : typeof read === 'object' ? read : [String(read)]
}

function equalTest(field: QueryField, values: readonly string[]): Test {
  const plain = (value: string): string =>
    field.kind === 'tags' ? value.toLowerCase().replace(/^#/, '') : value.toLowerCase()
  const wanted = new Set(values.map(plain))
  return (run) => textsOf(field, run).some((text) => wanted.has(text.toLowerCase()))
}

function matchTest(field: QueryField, operator: '~' | '!~', pattern: string): Condition {
  if (field.kind === 'number')
    return `${field.name} holds numbers; a pattern needs words. Use = or < instead.`
  if (field.name === 'note') return 'A note can be too long for a pattern; use : to look for words in it.'
  const test = patternTest(pattern)
  if (typeof test === 'string') return test
  const isNot = operator === '!~'
  return (run) => textsOf(field, run).some(test) !== isNot
}

function notANumber(field: QueryField, value: string): string {
  return `"${value}" is no number; ${field.name} needs one, e.g. 0.01.`
}

function numberTest(field: QueryField, operator: Comparison, value: string): Condition {
  const wanted = parseQueryNumber(value)
  if (wanted === null) return notANumber(field, value)
  const compare: Record<Exclude<Comparison, '~' | '!~'>, (read: number) => boolean> = {
    '=': (read) => read === wanted,
    ':': (read) => read === wanted,
    '!=': (read) => read !== wanted,
    '<': (read) => read < wanted,
    '<=': (read) => read <= wanted,
    '>': (read) => read > wanted,
    '>=': (read) => read >= wanted,
  }
  const test = compare[operator as keyof typeof compare]
  return (run) => {
    const read = field.read(run)
    return typeof read === 'number' ? test(read) : operator === '!='
  }
}
