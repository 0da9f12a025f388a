// What can stand where the caret is, while a query is typed: fields, operators, values that occur, and, or, not.

import { parseQuery } from './parse'
import { quoted } from './print'
import type { FieldIndex, QueriedRun, QueryField, QueryToken } from './types'

export interface CompletionOption {
  kind: 'field' | 'operator' | 'value' | 'keyword'
  text: string
  detail: string
  /** What takes the place of the text between `from` and `to`: with the space or colon that follows. */
  insert: string
}
export interface Completion {
  from: number
  to: number
  options: readonly CompletionOption[]
  /** Whether the place calls for one of them: within a word, or after a field. Elsewhere anything may follow. */
  isExpected: boolean
}

const MOST_VALUES = 40
const MOST_FIELDS = 60
/** Of more different numbers than these the lowest, the median and the highest are offered. */
const MOST_NUMBERS = 8

const LIST = /([^\s"()=<>!:~]+)\s+(?:not\s+)?in\s*\([^()]*$/i
const COMPARED = /([^\s"()=<>!:~]+)(?:\s*(?:!=|!~|<=|>=|==|=|<|>|~)\s*|:\s*)$/
const IS = /([^\s"()=<>!:~]+)\s+is\s+(?:not\s+)?$/i

const OPERATORS: Readonly<Record<QueryField['kind'], readonly [string, string][]>> = {
  number: [
    ['=', 'equal to'],
    ['!=', 'not equal to'],
    ['<', 'less than'],
    ['<=', 'at most'],
    ['>', 'more than'],
    ['>=', 'at least'],
    ['in', 'one of (a, b)'],
    ['is', 'none or nan'],
  ],
  text: [
    ['=', 'equal to'],
    ['!=', 'not equal to'],
    [':', 'contains'],
    ['in', 'one of (a, b)'],
    ['~', 'matches a regular expression'],
    ['is', 'none'],
  ],
  tags: [
    [':', 'has the tag'],
    ['!=', 'has it not'],
    ['in', 'has one of (a, b)'],
    ['~', 'matches a regular expression'],
    ['is', 'none'],
  ],
}

/** @param runs those whose values are offered */
export function complete(
  text: string,
  caret: number,
  fields: FieldIndex,
  runs: readonly QueriedRun[],
): Completion {
  const before = text.slice(0, caret)
  const quote = openQuote(before)
  // Up to where the word at the caret begins.
  const start = quote ?? before.length - /[^\s"(),=<>!:~]*$/.exec(before)![0].length
  const typed = before.slice(quote === null ? start : start + 1)
  const rest = /^[^\s"(),=<>!:~]*/.exec(text.slice(caret))![0].length
  const closes = quote !== null && text[caret + rest] === '"' ? 1 : 0
  const head = before.slice(0, start)
  const all = optionsAfter(head, quote !== null, fields, runs)
  return {
    from: start,
    to: caret + rest + closes,
    options: best(all, typed.replace(/^[#-](?=.)/, '')),
    isExpected: typed !== '' || !all.some(({ kind }) => kind === 'field'),
  }
}

/** Where a quotation mark was opened that is not closed; null outside of quotes. */
function openQuote(text: string): number | null {
  let open: number | null = null
  for (let at = 0; at < text.length; at++) {
    if (open !== null && text[at] === '\\') at++
    else if (text[at] === '"') open = open === null ? at : null
  }
  return open
}

function optionsAfter(
  head: string,
  isQuoted: boolean,
  fields: FieldIndex,
  runs: readonly QueriedRun[],
): CompletionOption[] {
  // What stands in quotes is neither field nor operator.
  const plain = head.replaceAll(/"(?:[^"\\]|\\[\s\S])*"/g, (all) => '"' + '_'.repeat(all.length - 2) + '"')
  const listed = fields.find(LIST.exec(plain)?.[1] ?? '')
  if (listed) return valuesOf(listed, runs, '')
  const compared = fields.find(COMPARED.exec(plain)?.[1] ?? '')
  if (compared) return valuesOf(compared, runs, ' ')
  if (isQuoted) return []
  const asked = fields.find(IS.exec(plain)?.[1] ?? '')
  if (asked) {
    const none = { ...option('keyword', 'none', 'has no value'), insert: 'none ' }
    const nan = { ...option('keyword', 'nan', 'is not a number'), insert: 'nan ' }
    return asked.kind === 'number' ? [none, nan] : [none]
  }
  const last = parseQuery(head, fields).tokens.at(-1)
  // Without a space between them they are one word.
  const field = last && fieldOf(last, head, fields)
  if (field && /\s$/.test(head)) return [...operatorsOf(field), ...keywords(true)]
  return [...keywords(isComplete(last, head)), ...fieldOptions(fields)]
}

/** The field that the last word names, as long as no operator follows it. */
function fieldOf(last: QueryToken, head: string, fields: FieldIndex): QueryField | null {
  return last.kind === 'word' ? fields.find(head.slice(last.start, last.end)) : null
}
function isComplete(last: QueryToken | undefined, head: string): boolean {
  if (!last) return false
  return last.kind === 'word' || last.kind === 'value' || head.slice(last.start, last.end) === ')'
}

function option(kind: CompletionOption['kind'], text: string, detail: string): CompletionOption {
  return { kind, text, detail, insert: `${text} ` }
}
function keywords(isAfterCondition: boolean): CompletionOption[] {
  const not = option('keyword', 'not', 'the condition does not hold')
  return isAfterCondition
    ? [option('keyword', 'and', 'both hold'), option('keyword', 'or', 'one of them holds'), not]
    : [not]
}
function operatorsOf(field: QueryField): CompletionOption[] {
  return OPERATORS[field.kind].map(([sign, detail]) => ({
    ...option('operator', sign, detail),
    insert: sign === 'in' ? 'in (' : `${sign} `,
  }))
}
function fieldOptions(fields: FieldIndex): CompletionOption[] {
  return fields.list.map((field) => ({
    ...option('field', field.name, field.description),
    insert: field.kind === 'tags' ? `${field.name}:` : `${field.name} `,
  }))
}

/** Values that occur, the most frequent first; of many numbers the range. */
function valuesOf(field: QueryField, runs: readonly QueriedRun[], after: string): CompletionOption[] {
  const uses = new Map<string | number, number>()
  for (const run of runs) {
    const value = field.read(run)
    const parts = typeof value === 'object' ? (value ?? []) : [value]
    // Of words for one thing, as of a status, the first is the one that people read.
    for (const part of field.kind === 'tags' ? parts : parts.slice(0, 1)) {
      if (part !== '' && !Number.isNaN(part)) uses.set(part, (uses.get(part) ?? 0) + 1)
    }
  }
  const value = (text: string | number, detail: string): CompletionOption => ({
    kind: 'value',
    text: String(text),
    detail,
    insert: quoted(String(text)) + after,
  })
  const countOf = (count: number): string => (count === 1 ? '1 run' : `${count.toLocaleString('en-US')} runs`)
  if (field.kind === 'number') {
    const numbers = ([...uses.keys()] as number[]).sort((a, b) => a - b)
    if (numbers.length <= MOST_NUMBERS) {
      return numbers.map((number) => value(number, countOf(uses.get(number)!)))
    }
    return [
      value(numbers[0], 'lowest'),
      value(numbers[Math.floor((numbers.length - 1) / 2)], 'median'),
      value(numbers[numbers.length - 1], 'highest'),
    ]
  }
  return [...uses]
    .sort(([a, countA], [b, countB]) => countB - countA || String(a).localeCompare(String(b), 'en'))
    .slice(0, MOST_VALUES)
    .map(([text, count]) => value(text, countOf(count)))
}

/** Those that the typed text can become, the likeliest first. */
function best(options: readonly CompletionOption[], typed: string): CompletionOption[] {
  const wanted = typed.toLowerCase()
  const rank = ({ text }: CompletionOption): number => {
    const place = text.toLowerCase().indexOf(wanted)
    if (place <= 0) return place === 0 ? 0 : Infinity
    return /[./:_-]/.test(text[place - 1]) ? 1 : 2
  }
  const ranked = options
    .map((each) => ({ each, rank: rank(each) }))
    .filter((entry) => entry.rank < Infinity)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_FIELDS)
    .map(({ each }) => each)
  // What is typed already needs no completing.
  return ranked.length === 1 && ranked[0].text.toLowerCase() === wanted && wanted !== '' ? [] : ranked
}
