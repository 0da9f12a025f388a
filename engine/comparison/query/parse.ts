// The language in which runs are asked for. Conditions stand side by side, and all must hold; `and`, `or`, `not` and
// brackets say it otherwise. Letter case never matters.
//   mnist                       a word: in the name, a tag, the data set, the optimizer or the note; "two words" in quotes
//   optimizer = adam            = != for equal or not, : for "contains", for tags "has"
//   lr < 0.01                   < <= > >= for numbers; 95% is 0.95, 10k is 10000, 1.5M is 1500000
//   data in (mnist, iris)       one of several
//   val/loss is none            no value; is nan: not a number; is not none: some value
//   name ~ "^mnist \d+"         a regular expression, !~ for one that must not match
//   -tag:old                    a minus before a condition is `not`
// In quotes \" is a quotation mark and \\ a backslash.

import { compareTest, inTest, isTest, wordTest, type Condition } from './conditions'
import type {
  Comparison,
  FieldIndex,
  Query,
  QueryError,
  QueryField,
  QueryNode,
  QueryToken,
  Test,
} from './types'

const SPACE = /\s+/y
/** A word or the name of a field: up to what belongs to an operator. */
const NAME = /(?:[^\s"()=<>!:~]|!(?![=~]))+/y
const COMPARISON = /\s*(!=|!~|<=|>=|==|=|<|>|~)\s*/y
const COLON = /:\s*/y
const IN = /\s+(not\s+)?in\s*\(/iy
const IS = /\s+is\s+(not\s+)?(none|nan)(?![^\s()"])/iy
const IS_BEGUN = /\s+is(\s+not)?\s*$/iy
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)("?)/y
const BARE_VALUE = /[^\s"()]+/y
const BARE_LISTED = /[^\s"(),]+/y
const KEYWORD = /(?:and|or|not)(?![^\s()"])/iy

/** Brackets within brackets; more is a slip of the hand. */
const DEEPEST = 40

/** A part that was understood; null for one that was not. */
type Part = { node: QueryNode; test: Test } | null

/** Never throws: what can not be understood is in `error`, with its place. */
export function parseQuery(source: string, fields: FieldIndex): Query {
  return new Parser(source, fields).parse()
}

class Parser {
  readonly #source: string
  readonly #fields: FieldIndex
  readonly #tokens: QueryToken[] = []
  #error: QueryError | null = null
  #conditions = 0
  #at = 0
  #depth = 0

  constructor(source: string, fields: FieldIndex) {
    this.#source = source
    this.#fields = fields
  }

  parse(): Query {
    const parts: Part[] = []
    for (;;) {
      parts.push(this.#readOr())
      if (this.#at >= this.#source.length) break
      // readOr stops before a bracket only, and inside of brackets that bracket would be the end.
      this.#fail('No bracket was opened that this one closes.', this.#at, this.#at + 1)
      this.#token('bracket', this.#at++)
    }
    const whole = joined('and', parts)
    return {
      tokens: this.#tokens,
      error: this.#error,
      conditions: this.#conditions,
      tree: whole?.node ?? null,
      matches: whole?.test ?? (() => true),
    }
  }

  // ---- structure

  #readOr(): Part {
    const parts: Part[] = [this.#readAnd()]
    for (let or = this.#keyword('or'); or; or = this.#keyword('or')) {
      const next = this.#readAnd()
      if (next === null && this.#error === null) this.#failAt(or, 'or needs a condition after it.')
      if (parts.length === 1 && parts[0] === null && this.#error === null) {
        this.#failAt(or, 'or needs a condition before it.')
      }
      parts.push(next)
    }
    return joined('or', parts)
  }

  #readAnd(): Part {
    const parts: Part[] = []
    for (;;) {
      const and = this.#keyword('and')
      if (and && parts.length === 0) this.#failAt(and, 'and needs a condition before it.')
      if (this.#isAtEnd() || this.#peekKeyword() === 'or') {
        if (and) this.#failAt(and, 'and needs a condition after it.')
        break
      }
      if (this.#peekKeyword() === 'and') {
        if (and) this.#failAt(and, 'and needs a condition after it.')
        continue
      }
      parts.push(this.#readNot())
    }
    return joined('and', parts)
  }

  #readNot(): Part {
    let isNegated = false
    let last: { start: number; end: number } | null = null
    for (;;) {
      const not = this.#keyword('not') ?? this.#minus()
      if (!not) break
      last = not
      isNegated = !isNegated
    }
    if (last && (this.#isAtEnd() || this.#peekKeyword() !== null)) {
      this.#failAt(last, 'not needs a condition after it.')
      return null
    }
    const part = this.#source[this.#at] === '(' ? this.#readBracket() : this.#readCondition()
    return part && isNegated ? negated(part) : part
  }

  #readBracket(): Part {
    const start = this.#at++
    this.#token('bracket', start)
    if (this.#depth >= DEEPEST) {
      this.#fail(`More than ${DEEPEST} brackets are open; use fewer.`, start, start + 1)
      return null
    }
    this.#depth++
    const part = this.#readOr()
    this.#depth--
    this.#take(SPACE)
    if (this.#source[this.#at] === ')') {
      if (part === null) this.#fail('There is no condition in these brackets.', start, this.#at + 1)
      this.#token('bracket', this.#at++)
    } else this.#fail('This bracket is not closed.', start, start + 1)
    return part
  }

  // ---- conditions

  #readCondition(): Part {
    const start = this.#at
    const quoted = this.#readQuoted('word')
    if (quoted !== null) {
      // Between two quotation marks nothing was typed yet.
      return quoted.text === '' ? null : this.#word(quoted.text)
    }
    const name = this.#take(NAME)?.[0]
    if (name === undefined) return this.#strayOperator(start)
    const field = { name, start, end: this.#at }
    const listStart = this.#at
    const list = this.#take(IN)
    if (list) return this.#readList(field, listStart, Boolean(list[1]))
    const known = this.#fields.find(name)
    const is = known && this.#take(IS)
    if (is) {
      this.#fieldTokens(field)
      this.#conditions++
      const what = is[2].toLowerCase() as 'none' | 'nan'
      const part = { node: { kind: 'is', field: known.name, what } as const, test: isTest(known, what) }
      return is[1] ? negated(part) : part
    }
    if (known && this.#take(IS_BEGUN)) {
      this.#fieldTokens(field)
      this.#fail('is needs none or nan after it.', field.start, this.#at)
      return null
    }
    const operator = this.#take(COMPARISON) ?? this.#take(COLON)
    if (operator) return this.#readComparison(field, operator[0].trim())
    this.#token('word', start)
    return this.#word(name)
  }

  #readComparison(name: Name, written: string): Part {
    this.#fieldTokens(name)
    const operator = (written === '==' ? '=' : written) as Comparison
    const field = this.#fieldOf(name)
    const start = this.#at
    const value = this.#readValue(BARE_VALUE)
    if (value === null) {
      const said = written === ':' ? `${name.name}:` : `${name.name} ${written}`
      if (field) this.#fail(`${said} needs a value after it.`, name.start, start)
      return null
    }
    if (!field) return null
    const nothing = value.isQuoted ? null : /^(none|nan)$/i.exec(value.text)?.[0].toLowerCase()
    if (nothing && !/[<>~]/.test(operator)) {
      this.#conditions++
      const what = nothing as 'none' | 'nan'
      const part = { node: { kind: 'is', field: field.name, what } as const, test: isTest(field, what) }
      return operator === '!=' ? negated(part) : part
    }
    const node: QueryNode = { kind: 'compare', field: field.name, operator, value: value.text }
    return this.#condition(node, compareTest(field, operator, value.text), start)
  }

  #readList(name: Name, operatorStart: number, isNot: boolean): Part {
    this.#tokens.push({ kind: 'field', start: name.start, end: name.end })
    this.#tokens.push({ kind: 'keyword', start: operatorStart, end: this.#at - 1 })
    this.#token('bracket', this.#at - 1)
    const field = this.#fieldOf(name)
    const values: string[] = []
    for (;;) {
      this.#take(SPACE)
      if (this.#source[this.#at] === ',') this.#token('operator', this.#at++)
      else {
        const value = this.#readValue(BARE_LISTED)
        if (value === null) break
        if (value.text !== '') values.push(value.text)
      }
    }
    if (this.#source[this.#at] === ')') this.#token('bracket', this.#at++)
    else if (field) this.#fail(`The list of ${name.name} is not closed.`, name.start, this.#at)
    if (!field) return null
    if (values.length === 0) {
      this.#fail(`${name.name} in needs values in its brackets, e.g. (a, b).`, name.start, this.#at)
      return null
    }
    const node: QueryNode = { kind: 'in', field: field.name, values }
    const part = this.#condition(node, inTest(field, values), name.start)
    return part && isNot ? negated(part) : part
  }

  #condition(node: QueryNode, condition: Condition, start: number): Part {
    if (typeof condition === 'string') {
      this.#fail(condition, start, this.#at)
      return null
    }
    this.#conditions++
    return { node, test: condition }
  }

  #word(text: string): Part {
    this.#conditions++
    return { node: { kind: 'word', text }, test: wordTest(text) }
  }

  /** A comparison with nothing before it; its value belongs to the mistake. */
  #strayOperator(start: number): Part {
    if (!this.#take(COMPARISON) && !this.#take(COLON)) this.#at++
    this.#token('operator', start)
    this.#readValue(BARE_VALUE)
    const text = this.#source.slice(start, this.#at)
    this.#fail(`${text} needs a field before it, e.g. lr < 0.01.`, start, this.#at)
    return null
  }

  #fieldOf({ name, start, end }: Name): QueryField | null {
    const field = this.#fields.find(name)
    if (field) return field
    const meant = this.#fields.suggest(name)
    const message =
      meant === null
        ? `There is no field "${name}". To look for it as text, put it in quotes.`
        : `There is no field "${name}"; did you mean ${meant}?`
    this.#fail(message, start, end)
    return null
  }

  // ---- words and signs

  #readValue(bare: RegExp): { text: string; isQuoted: boolean } | null {
    const quoted = this.#readQuoted('value')
    if (quoted !== null) return { text: quoted.text, isQuoted: true }
    // In `data = and lr < 1` the value is missing.
    if (this.#peekKeyword() !== null) return null
    const start = this.#at
    const text = this.#take(bare)?.[0]
    if (text === undefined) return null
    this.#token('value', start)
    return { text, isQuoted: false }
  }

  /** Without its closing mark it reaches to the end of the text. */
  #readQuoted(kind: 'word' | 'value'): { text: string } | null {
    const start = this.#at
    const found = this.#take(QUOTED)
    if (!found) return null
    let inside = found[1]
    if (found[2] === '') {
      // A lone backslash at the very end is in no escape.
      inside = this.#source.slice(start + 1)
      this.#at = this.#source.length
      this.#fail('The quotation mark is not closed.', start, this.#at)
    }
    this.#token(kind, start)
    return { text: inside.replaceAll(/\\(["\\])/g, '$1') }
  }

  #keyword(word: 'and' | 'or' | 'not'): { start: number; end: number } | null {
    if (this.#peekKeyword() !== word) return null
    const start = this.#at
    this.#at += word.length
    this.#token('keyword', start)
    const place = { start, end: this.#at }
    this.#take(SPACE)
    return place
  }
  #peekKeyword(): string | null {
    this.#take(SPACE)
    KEYWORD.lastIndex = this.#at
    return KEYWORD.exec(this.#source)?.[0].toLowerCase() ?? null
  }
  #minus(): { start: number; end: number } | null {
    if (this.#source[this.#at] !== '-' || !/[^\s)]/.test(this.#source[this.#at + 1] ?? ' ')) return null
    const start = this.#at++
    this.#token('keyword', start)
    return { start, end: this.#at }
  }
  #isAtEnd(): boolean {
    this.#take(SPACE)
    return this.#at >= this.#source.length || this.#source[this.#at] === ')'
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#source)
    if (found) this.#at = pattern.lastIndex
    return found
  }
  #token(kind: QueryToken['kind'], start: number): void {
    const end = Math.max(this.#at, start + 1)
    this.#tokens.push({ kind, start, end })
  }
  #fieldTokens({ start, end }: Name): void {
    this.#tokens.push({ kind: 'field', start, end }, { kind: 'operator', start: end, end: this.#at })
  }
  #fail(message: string, start: number, end: number): void {
    this.#error ??= { message, start, end }
  }
  #failAt({ start, end }: { start: number; end: number }, message: string): void {
    this.#fail(message, start, end)
  }
}

interface Name {
  name: string
  start: number
  end: number
}

function negated({ node, test }: NonNullable<Part>): NonNullable<Part> {
  // Twice turned round is as it was, however it is written.
  const turned: QueryNode = node.kind === 'not' ? node.part : { kind: 'not', part: node }
  return { node: turned, test: (run) => !test(run) }
}

/** One part of several; those that were not understood are left out. */
function joined(kind: 'and' | 'or', all: readonly Part[]): Part {
  const parts = all.filter((part) => part !== null)
  if (parts.length <= 1) return parts[0] ?? null
  const tests = parts.map((part) => part.test)
  return {
    node: { kind, parts: parts.flatMap(({ node }) => (node.kind === kind ? node.parts : [node])) },
    test:
      kind === 'and' ? (run) => tests.every((test) => test(run)) : (run) => tests.some((test) => test(run)),
  }
}
