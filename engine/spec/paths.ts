// A spec as paths and values: stored as hyperparameters, compared between runs, set one by one from the
// command line. Paths are dotted, list positions are numbers from 0: network.layers.0.units.

import type { z } from 'zod'
import { DescentError } from '../errors'
import { discriminatorOf, expandName, fieldsFor, isObject, kindsOf, stepInto } from './introspect'
import { withKind } from './kinds'
import { nearest } from './nearest'
import { experimentSpecSchema } from './schema'
import type { ExperimentSpec } from './schema'

type Schema = z.core.$ZodType
export type FlatSpec = Record<string, string | number | boolean | null>

const FORBIDDEN = new Set(['__proto__', 'prototype', 'constructor'])

/** Every setting by its path. Lists of plain values (column names) are one JSON text. */
export function flattenSpec(spec: ExperimentSpec): FlatSpec {
  const flat: FlatSpec = {}
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      if (value.some((entry) => typeof entry === 'object')) {
        value.forEach((entry, index) => visit(entry, `${path}.${index}`))
      } else flat[path] = JSON.stringify(value)
    } else if (isObject(value)) {
      for (const [key, child] of Object.entries(value)) visit(child, path === '' ? key : `${path}.${key}`)
    } else flat[path] = value as string | number | boolean | null
  }
  visit(spec, '')
  return flat
}

/** JSON text with keys in alphabetical order at every level: equal specs have equal texts. */
export function specJson(spec: ExperimentSpec): string {
  return JSON.stringify(spec, (_key, value: unknown) => {
    if (!isObject(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/** The paths whose values are not the same in all of the specs, a missing path counting as a value of its own. */
export function diffSpecs(specs: readonly ExperimentSpec[]): string[] {
  const flats = specs.map(flattenSpec)
  const paths = new Set(flats.flatMap((flat) => Object.keys(flat)))
  return [...paths].filter((path) => flats.some((flat) => flat[path] !== flats[0][path]))
}

/** ['network', 'layers', 0, 'units'] of network.layers.0.units or network.layers[0].units. */
function splitPath(path: string): (string | number)[] {
  const parts = path.replace(/\[(\d+)\]/g, '.$1').split('.')
  if (parts.some((part) => part === '' || FORBIDDEN.has(part))) {
    throw new DescentError(
      'bad-input',
      `"${path}" is not a path of a spec.`,
      'Write it like optimizer.learningRate.',
    )
  }
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

function unknownPath(
  path: string,
  place: string,
  key: string | number,
  known: readonly string[],
): DescentError {
  const meant = nearest(String(key), known)
  const where = place === '' ? 'the spec' : place
  const message = `There is no "${key}" in ${where} (${path}).`
  const hint =
    meant !== null
      ? `Did you mean "${place === '' ? meant : `${place}.${meant}`}"?`
      : known.length > 0
        ? `Known there: ${known.join(', ')}.`
        : `${where} holds no further settings.`
  return new DescentError('bad-input', message, hint)
}

/** A copy of `holder` with the rest of the path set; writes out bare names and missing objects on the way. */
function setInside(
  schema: Schema,
  holder: unknown,
  parts: readonly (string | number)[],
  value: unknown,
  path: string,
  place: string,
): unknown {
  if (parts.length === 0) {
    const isNewKind = typeof value === 'string' && kindsOf(schema).includes(value)
    return discriminatorOf(schema) !== null && isNewKind ? withKind(schema, holder, value) : value
  }
  const [key, ...rest] = parts
  const inner = place === '' ? String(key) : `${place}.${key}`
  const expanded = expandName(schema, holder)
  if (rest.length === 0 && key === discriminatorOf(schema) && typeof value === 'string') {
    return withKind(schema, expanded, value)
  }
  const next = stepInto(schema, expanded, key)
  if (next === null) throw unknownPath(path, place, key, Object.keys(fieldsFor(schema, expanded) ?? {}))
  if (typeof key === 'number') {
    const list: unknown[] = Array.isArray(expanded) ? [...expanded] : []
    if (key > list.length) {
      const hint = list.length === 0 ? 'The list is empty.' : `Positions 0 to ${list.length - 1} are set.`
      throw new DescentError('bad-input', `There is no position ${key} in ${place} (${path}).`, hint)
    }
    list[key] = setInside(next, list[key], rest, value, path, inner)
    return list
  }
  const object = isObject(expanded) ? expanded : {}
  const child = Object.hasOwn(object, key) ? object[key] : undefined
  return { ...object, [key]: setInside(next, child, rest, value, path, inner) }
}

/**
 * A copy of a spec's JSON with one setting changed, for `--set path=text`. The result is not validated.
 * Setting a kind keeps the settings that the new kind knows too and drops the others.
 *
 * @param text JSON where it is JSON (3, true, "x", {...}), else a string
 * @throws DescentError('bad-input') for a path that the schema does not know, naming the nearest
 */
export function setAtPath(json: unknown, path: string, text: string): unknown {
  let value: unknown = text
  try {
    value = JSON.parse(text)
  } catch {
    // Not JSON: a bare word such as adam or step.
  }
  return setInside(experimentSpecSchema, json, splitPath(path.trim()), value, path, '')
}
