// From untrusted JSON to a spec, or to problems that name the path, the value found and what is allowed.

import type { z } from 'zod'
import { DescentError } from '../errors'
import type { Problem } from '../errors'
import {
  boundsOf,
  defaultOf,
  describeSchema,
  expandName,
  fieldsFor,
  isObject,
  kindsOf,
  stepInto,
} from './introspect'
import { nearest } from './nearest'
import { experimentSpecSchema } from './schema'
import type { ExperimentSpec } from './schema'

type Path = readonly (string | number)[]
type Schema = z.core.$ZodType

/** Bounds on what is read at all, so that a hostile file costs nothing. */
export const TEXT_LIMITS = { characters: 1_000_000, depth: 32 } as const
/** A file with more mistakes than this is no spec; the rest would only be noise. */
const MAXIMUM_PROBLEMS = 100

export interface CheckedSpec {
  /** Complete with every default filled in; null when there are problems. */
  spec: ExperimentSpec | null
  problems: Problem[]
}

/** `network.layers[2].units` for ['network', 'layers', 2, 'units']. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    return text === '' ? key : `${text}.${key}`
  }, '')
}

/** A value as it should be quoted in a message: short, on one line. */
export function quoteValue(value: unknown): string {
  if (value === undefined) return 'missing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (isObject(value)) return 'an object'
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value)
  if (typeof value !== 'string') return `a ${typeof value}`
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
}

/** The schema and the value at a path, bare names written out. */
function locate(input: unknown, path: Path): { schema: Schema | null; value: unknown } {
  let schema: Schema | null = experimentSpecSchema
  let value: unknown = input
  for (const key of path) {
    if (schema === null) break
    const holder: unknown = expandName(schema, value)
    schema = stepInto(schema, holder, key)
    const isHeld = Array.isArray(holder) || (isObject(holder) && Object.hasOwn(holder, key))
    value = isHeld ? (holder as Record<string | number, unknown>)[key] : undefined
  }
  return { schema, value }
}

function numberSuggestion(schema: Schema, value: unknown): number | undefined {
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof parsed !== 'number' || Number.isNaN(parsed)) return undefined
  const { isInteger, minimum, maximum, excludesMinimum, excludesMaximum } = boundsOf(schema)
  const rounded = isInteger && Number.isFinite(parsed) ? Math.round(parsed) : parsed
  const isLow = minimum !== null && (excludesMinimum ? rounded <= minimum : rounded < minimum)
  const isHigh = maximum !== null && (excludesMaximum ? rounded >= maximum : rounded > maximum)
  if (isLow) return excludesMinimum ? undefined : (minimum ?? undefined)
  if (isHigh) return excludesMaximum ? undefined : (maximum ?? undefined)
  return Number.isFinite(rounded) ? rounded : undefined
}

function suggestionFor(schema: Schema, value: unknown): Problem['suggestion'] {
  const kinds = kindsOf(schema)
  if (kinds.length === 1 && typeof value !== 'string') {
    return kinds[0] === String(Number(kinds[0])) ? Number(kinds[0]) : kinds[0]
  }
  if (kinds.length > 0) return typeof value === 'string' ? (nearest(value, kinds) ?? undefined) : undefined
  if (describeSchema(schema).startsWith('true or false')) {
    return value === 'true' ? true : value === 'false' ? false : undefined
  }
  const number = /^an? (integer|number)/.test(describeSchema(schema))
    ? numberSuggestion(schema, value)
    : undefined
  if (number !== undefined) return number
  const byDefault = defaultOf(schema)
  return typeof byDefault === 'number' || typeof byDefault === 'boolean' ? byDefault : undefined
}

function unknownKeyProblems(input: unknown, path: Path, keys: readonly string[]): Problem[] {
  const { schema, value } = locate(input, path)
  const known = schema === null ? [] : Object.keys(fieldsFor(schema, value) ?? {})
  const free = known.filter((key) => !isObject(value) || !Object.hasOwn(value, key))
  const place = path.length === 0 ? '' : ` in ${formatPath(path)}`
  return keys.map((key) => {
    const meant = nearest(key, free) ?? nearest(key, known)
    const shown = quoteValue(key)
    const help =
      meant !== null
        ? `did you mean "${meant}"?`
        : known.length > 0
          ? `known keys are ${known.join(', ')}.`
          : 'no keys are known here.'
    return {
      path: formatPath([...path, key]),
      message: `Unknown key ${shown}${place}; ${help}`,
      ...(meant === null ? {} : { suggestion: meant }),
    }
  })
}

function unknownKindProblem(path: Path, schema: Schema | null, value: unknown): Problem {
  const kinds = schema === null ? [] : kindsOf(schema)
  const meant = typeof value === 'string' ? nearest(value, kinds) : null
  const found = value === undefined ? 'is missing' : `is ${quoteValue(value)}`
  const list = kinds.map((kind) => `"${kind}"`).join(', ')
  const didYouMean = meant === null ? '' : ` Did you mean "${meant}"?`
  return {
    path: formatPath(path),
    message: `${formatPath(path)} ${found}; it needs one of ${list}.${didYouMean}`,
    ...(meant === null ? {} : { suggestion: meant }),
  }
}

function problemsOf(input: unknown, issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))
  if (issue.code === 'unrecognized_keys') return unknownKeyProblems(input, path, issue.keys)
  const { schema, value } = locate(input, path)
  if (issue.code === 'invalid_union') {
    // The path ends at the discriminator, the options are one step above.
    return [unknownKindProblem(path, locate(input, path.slice(0, -1)).schema, value)]
  }
  const name = path.length === 0 ? 'The spec' : formatPath(path)
  const found = value === undefined ? 'is missing' : `is ${quoteValue(value)}`
  const isOwnWording = issue.code === 'invalid_format' || issue.code === 'custom'
  const needs =
    schema === null || isOwnWording ? issue.message.replace(/^needs /, '') : describeSchema(schema)
  const suggestion = schema === null ? undefined : suggestionFor(schema, value)
  return [
    {
      path: formatPath(path),
      message: `${name} ${found}; it needs ${needs}.`,
      ...(suggestion === undefined ? {} : { suggestion }),
    },
  ]
}

/** Depth of nested lists and objects, counted no further than `limit` + 1. */
function depthOf(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (limit <= 0) return 1
  let deepest = 0
  for (const child of Object.values(value)) {
    deepest = Math.max(deepest, depthOf(child, limit - 1))
    if (deepest >= limit) break
  }
  return 1 + deepest
}

/** A spec with every default, or the list of everything that is wrong with the input. Never throws. */
export function checkSpec(input: unknown): CheckedSpec {
  if (depthOf(input, TEXT_LIMITS.depth) > TEXT_LIMITS.depth) {
    const message = `The spec is nested deeper than ${TEXT_LIMITS.depth} levels.`
    return { spec: null, problems: [{ path: '', message }] }
  }
  const result = experimentSpecSchema.safeParse(input)
  if (result.success) return { spec: result.data, problems: [] }
  const problems: Problem[] = []
  for (const issue of result.error.issues) {
    problems.push(...problemsOf(input, issue))
    if (problems.length >= MAXIMUM_PROBLEMS) break
  }
  return { spec: null, problems: problems.slice(0, MAXIMUM_PROBLEMS) }
}

/** @throws DescentError('bad-spec') with every problem found */
export function parseSpec(input: unknown): ExperimentSpec {
  const { spec, problems } = checkSpec(input)
  if (spec === null) throw specError(problems)
  return spec
}

/** The error for a list of problems: the first in the message, all in `problems`. */
export function specError(problems: readonly Problem[]): DescentError {
  const others = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  const hint = 'Correct the named settings and try again.'
  return new DescentError(
    'bad-spec',
    `${problems[0]?.message ?? 'The spec is not valid.'}${others}`,
    hint,
    problems,
  )
}

/** Depth of brackets outside of strings, before anything is built from the text. */
function textDepth(text: string): number {
  let depth = 0
  let deepest = 0
  let isInString = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (isInString) {
      if (code === 0x5c) i++
      else if (code === 0x22) isInString = false
    } else if (code === 0x22) isInString = true
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth)
    else if (code === 0x7d || code === 0x5d) depth--
  }
  return deepest
}

/** Text to JSON within the limits on size and depth. @throws DescentError('bad-spec') */
export function parseJsonText(text: string): unknown {
  const fail = (message: string) => new DescentError('bad-spec', message, '', [{ path: '', message }])
  if (text.length > TEXT_LIMITS.characters) {
    throw fail(`The spec has ${text.length} characters; at most ${TEXT_LIMITS.characters} are read.`)
  }
  const depth = textDepth(text)
  if (depth > TEXT_LIMITS.depth) {
    throw fail(`The spec is nested ${depth} levels deep; at most ${TEXT_LIMITS.depth} are read.`)
  }
  try {
    // A byte order mark is what some editors put before JSON.
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (thrown) {
    throw fail(`The spec is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  }
}

/** @throws DescentError('bad-spec') for text that is too long, too deep, not JSON, or not a spec */
export function parseSpecText(text: string): ExperimentSpec {
  return parseSpec(parseJsonText(text))
}
