// The filter of the runs table as text. Terms are separated by spaces and all of them must hold:
//   mnist            a word: in the name, a tag, the data set, the optimizer or the note; "two words" in quotes
//   optimizer=adam   = != for equal or not (letter case ignored), : for "contains", for tags "has"
//   lr<0.01          < <= > >= for numbers; 95% is 0.95; =none where there is no value, =nan where it is NaN
//   -tag:old         a minus before a term turns it round
// It is no query language with brackets and "or".

import type { RunSummary } from '../../../electron/contract'
import { parseNumber } from '../../ui/number-text'
import type { FieldIndex, FilterField } from './filter-fields'

export interface FilterToken {
  kind: 'field' | 'operator' | 'value' | 'word'
  start: number
  end: number
}
export interface FilterError {
  message: string
  start: number
  end: number
}
export interface Filter {
  tokens: readonly FilterToken[]
  /** The first thing that is wrong; the terms before it hold, so that rows stay while a condition is being typed. */
  error: FilterError | null
  terms: number
  matches: (run: RunSummary) => boolean
}

type Test = (run: RunSummary) => boolean
type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | ':'

const SPACE = /\s+/y
const NAME = /[^\s"=<>!:]+/y
const COMPARISON = /\s*(!=|<=|>=|=|<|>)\s*/y
const COLON = /:\s*/y
const QUOTED = /"([^"]*)("?)/y
const BARE = /[^\s"]+/y

class FilterMistake extends Error {
  constructor(
    message: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message)
  }
}

/** Never throws: what can not be understood is in `error`, with its place. */
export function parseFilter(source: string, fields: FieldIndex): Filter {
  const tokens: FilterToken[] = []
  const tests: Test[] = []
  let error: FilterError | null = null
  try {
    readTerms(source, fields, tokens, tests)
  } catch (thrown) {
    if (!(thrown instanceof FilterMistake)) throw thrown
    error = { message: thrown.message, start: thrown.start, end: thrown.end }
  }
  return { tokens, error, terms: tests.length, matches: (run) => tests.every((test) => test(run)) }
}

function readTerms(source: string, fields: FieldIndex, tokens: FilterToken[], tests: Test[]): void {
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(source)
    if (found) at = pattern.lastIndex
    return found
  }
  const mark = (kind: FilterToken['kind'], start: number): void => {
    tokens.push({ kind, start, end: at })
  }

  function readText(): { text: string; start: number } | null {
    const start = at
    const quoted = take(QUOTED)
    if (!quoted) {
      const bare = take(BARE)
      return bare && { text: bare[0], start }
    }
    if (quoted[2] === '') throw new FilterMistake('The quotation mark is not closed.', start, source.length)
    return { text: quoted[1], start }
  }

  while (at < source.length) {
    if (take(SPACE)) continue
    const start = at
    const isNegated = source[at] === '-' && /[^\s]/.test(source[at + 1] ?? ' ')
    if (isNegated) at++
    const nameStart = at
    const name = source[at] === '"' ? null : take(NAME)
    const nameEnd = at
    const operator = name && (take(COMPARISON) ?? take(COLON))
    let test: Test
    if (name && operator) {
      const symbol = operator[0].trim() as Operator
      const field = fields.find(name[0])
      tokens.push({ kind: 'field', start: nameStart, end: nameEnd })
      tokens.push({ kind: 'operator', start: nameEnd, end: at })
      if (!field) throw new FilterMistake(unknownField(name[0], fields), nameStart, nameEnd)
      const value = readText()
      if (!value) {
        throw new FilterMistake(`${name[0]}${symbol} needs a value after it.`, nameStart, at)
      }
      mark('value', value.start)
      test = condition(field, symbol, value.text, value.start, at)
    } else if (name) {
      mark('word', start)
      test = word(name[0])
    } else {
      const quoted = readText()
      if (!quoted || quoted.text === '') continue
      mark('word', start)
      // A comparison sign with nothing before it reads as text; say so instead of finding nothing.
      if (source[nameStart] !== '"') {
        throw new FilterMistake(`${quoted.text} needs a field before it, e.g. lr<0.01.`, nameStart, at)
      }
      test = word(quoted.text)
    }
    tests.push(isNegated ? (run) => !test(run) : test)
  }
}

function unknownField(name: string, fields: FieldIndex): string {
  const meant = fields.suggest(name)
  return meant === null
    ? `There is no field "${name}". To look for it as text, put it in quotes.`
    : `There is no field "${name}"; did you mean ${meant}?`
}

function word(text: string): Test {
  const wanted = text.toLowerCase().replace(/^#(?=.)/, '')
  const has = (value: string): boolean => value.toLowerCase().includes(wanted)
  return (run) =>
    has(run.name) ||
    run.tags.some(has) ||
    has(run.datasetId) ||
    has(String(run.hyperparameters['optimizer.kind'] ?? '')) ||
    has(run.note)
}

function condition(field: FilterField, operator: Operator, value: string, start: number, end: number): Test {
  const isOrder = operator.startsWith('<') || operator.startsWith('>')
  const isNot = operator === '!='
  if (value.toLowerCase() === 'none' && !isOrder) {
    return (run) => {
      const read = field.read(run)
      const isEmpty = read === null || read === '' || (typeof read === 'object' && read.length === 0)
      return isEmpty !== isNot
    }
  }
  if (field.kind === 'number') return numberTest(field, operator, value, start, end)
  if (isOrder) {
    const has = field.kind === 'tags' ? 'tags' : 'words'
    throw new FilterMistake(`${field.name} holds ${has}; use = or : instead of ${operator}.`, start, end)
  }
  const wanted = value.toLowerCase()
  if (field.kind === 'tags') {
    const tag = wanted.replace(/^#/, '')
    return (run) =>
      (field.read(run) as readonly string[]).some((each) => each.toLowerCase() === tag) !== isNot
  }
  return (run) => {
    const read = String(field.read(run) ?? '').toLowerCase()
    return operator === ':' ? read.includes(wanted) : (read === wanted) !== isNot
  }
}

function numberTest(field: FilterField, operator: Operator, value: string, start: number, end: number): Test {
  if (value.toLowerCase() === 'nan' && !/[<>]/.test(operator)) {
    return (run) => Number.isNaN(field.read(run)) !== (operator === '!=')
  }
  const isPercent = value.endsWith('%')
  const number = parseNumber(isPercent ? value.slice(0, -1) : value)
  if (number === null) {
    throw new FilterMistake(`"${value}" is no number; ${field.name} needs one, e.g. 0.01.`, start, end)
  }
  const wanted = isPercent ? number / 100 : number
  const compare: Record<Operator, (read: number) => boolean> = {
    '=': (read) => read === wanted,
    ':': (read) => read === wanted,
    '!=': (read) => read !== wanted,
    '<': (read) => read < wanted,
    '<=': (read) => read <= wanted,
    '>': (read) => read > wanted,
    '>=': (read) => read >= wanted,
  }
  const test = compare[operator]
  return (run) => {
    const read = field.read(run)
    // A run without the value is not equal to any; of order nothing can be said.
    return typeof read === 'number' ? test(read) : operator === '!='
  }
}
