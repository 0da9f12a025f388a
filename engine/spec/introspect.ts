// Reads the zod schemas of schema.ts: which kinds and keys exist at a path, and in words what is allowed there.
// The one place that touches zod's definitions; messages, paths and the change of a kind derive from it.

import type { z } from 'zod'

type Schema = z.core.$ZodType

/** The parts of zod's definitions that are used here; which of them exist depends on `type`. */
interface Definition {
  type: string
  innerType?: Schema
  out?: Schema
  options?: Schema[]
  discriminator?: string
  shape?: Record<string, Schema>
  element?: Schema
  entries?: Record<string, string>
  values?: unknown[]
  checks?: { _zod: { def: Check } }[]
  defaultValue?: unknown
}
interface Check {
  check: string
  value?: number
  minimum?: number
  maximum?: number
  inclusive?: boolean
  format?: string
}

function definitionOf(schema: Schema): Definition {
  return schema._zod.def as unknown as Definition
}

/** Whether a JSON value is an object that is no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The schema under defaults, null, and shorthand. */
function core(schema: Schema): Definition {
  let definition = definitionOf(schema)
  for (;;) {
    const next: Schema | undefined = definition.type === 'pipe' ? definition.out : definition.innerType
    if (next === undefined) return definition
    definition = definitionOf(next)
  }
}

function isNullable(schema: Schema): boolean {
  let definition = definitionOf(schema)
  while (definition.innerType !== undefined) {
    if (definition.type === 'nullable') return true
    definition = definitionOf(definition.innerType)
  }
  return false
}

/** The default of a field; undefined where it has to be given. */
export function defaultOf(schema: Schema): unknown {
  const definition = definitionOf(schema)
  return definition.type === 'default' || definition.type === 'prefault' ? definition.defaultValue : undefined
}

/** The key that chooses among options, `kind` or `id`; null for anything but such a choice. */
export function discriminatorOf(schema: Schema): string | null {
  return core(schema).discriminator ?? null
}

/** The literal values of a literal schema, a choice or an enumeration. */
export function kindsOf(schema: Schema): string[] {
  const definition = core(schema)
  if (definition.entries !== undefined) return Object.values(definition.entries)
  if (definition.values !== undefined) return definition.values.map(String)
  const { discriminator, options } = definition
  if (discriminator === undefined || options === undefined) return []
  return options.flatMap((option) => kindsOf(fieldsOf(option)[discriminator]))
}

/** The option that a kind chooses, or null. */
export function optionOf(schema: Schema, kind: unknown): Schema | null {
  const { discriminator, options } = core(schema)
  if (discriminator === undefined || options === undefined || typeof kind !== 'string') return null
  return options.find((option) => kindsOf(fieldsOf(option)[discriminator]).includes(kind)) ?? null
}

/** The fields of an object schema; none for other types. */
export function fieldsOf(schema: Schema): Record<string, Schema> {
  return core(schema).shape ?? {}
}

/** Whether a bare name stands for an object with that kind here. */
export function takesBareName(schema: Schema): boolean {
  let definition = definitionOf(schema)
  for (;;) {
    if (definition.type === 'pipe') return true
    if (definition.innerType === undefined) return false
    definition = definitionOf(definition.innerType)
  }
}

/** A bare name written out as the object it stands for; other values as they are. */
export function expandName(schema: Schema, value: unknown): unknown {
  return typeof value === 'string' && takesBareName(schema) ? { kind: value } : value
}

/** The keys allowed in an object that stands at this schema, given its value; null where it takes no keys. */
export function fieldsFor(schema: Schema, value: unknown): Record<string, Schema> | null {
  const definition = core(schema)
  if (definition.shape !== undefined) return definition.shape
  if (definition.discriminator === undefined) return null
  const expanded = expandName(schema, value)
  const kind = isObject(expanded) ? expanded[definition.discriminator] : undefined
  const option = optionOf(schema, kind)
  if (option !== null) return fieldsOf(option)
  // Of an unknown kind only the keys that every kind has are certain; the kind itself is one.
  const options = (definition.options ?? []).map(fieldsOf)
  const shared = Object.keys(options[0] ?? {}).filter((key) =>
    options.every((fields) => Object.hasOwn(fields, key)),
  )
  return Object.fromEntries(
    shared.map((key) => [key, key === definition.discriminator ? schema : (options[0]?.[key] as Schema)]),
  )
}

/** The schema one step further into a value; null where the step leads nowhere. */
export function stepInto(schema: Schema, value: unknown, key: string | number): Schema | null {
  const { element } = core(schema)
  if (element !== undefined) return typeof key === 'number' ? element : null
  const fields = fieldsFor(schema, value)
  return fields !== null && Object.hasOwn(fields, key) ? fields[key] : null
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ')
}

/** Bounds of a number, of a text's length, or of a list's. */
export interface Bounds {
  isInteger: boolean
  minimum: number | null
  maximum: number | null
  excludesMinimum: boolean
  excludesMaximum: boolean
}

export function boundsOf(schema: Schema): Bounds {
  const bounds: Bounds = {
    isInteger: false,
    minimum: null,
    maximum: null,
    excludesMinimum: false,
    excludesMaximum: false,
  }
  const definition = core(schema)
  const own = definition as unknown as Check
  const checks = (definition.checks ?? []).map((entry) => entry._zod.def)
  for (const check of own.check === undefined ? checks : [own, ...checks]) {
    if (check.check === 'number_format') bounds.isInteger = true
    const minimum = check.check === 'greater_than' ? check.value : check.minimum
    const maximum = check.check === 'less_than' ? check.value : check.maximum
    if (minimum !== undefined && (bounds.minimum === null || minimum >= bounds.minimum)) {
      bounds.minimum = minimum
      bounds.excludesMinimum = check.inclusive === false
    }
    if (maximum !== undefined && (bounds.maximum === null || maximum <= bounds.maximum)) {
      bounds.maximum = maximum
      bounds.excludesMaximum = check.inclusive === false
    }
  }
  return bounds
}

function describeRange({ minimum, maximum, excludesMinimum, excludesMaximum }: Bounds): string {
  const low = minimum === null ? '' : `${excludesMinimum ? 'above' : 'of at least'} ${minimum}`
  const high = maximum === null ? '' : `${excludesMaximum ? 'below' : 'of at most'} ${maximum}`
  if (minimum !== null && maximum !== null && !excludesMinimum && !excludesMaximum) {
    return ` from ${minimum} to ${maximum}`
  }
  if (low !== '' && high !== '') return ` ${low} and ${high.replace(/^of /, '')}`
  return low + high === '' ? '' : ` ${low}${high}`
}

/** What a schema allows, in words that continue "it needs". */
export function describeSchema(schema: Schema): string {
  const definition = core(schema)
  const orNull = isNullable(schema) ? ', or null' : ''
  switch (definition.type) {
    case 'number': {
      const bounds = boundsOf(schema)
      return `${bounds.isInteger ? 'an integer' : 'a number'}${describeRange(bounds)}${orNull}`
    }
    case 'boolean':
      return `true or false${orNull}`
    case 'string': {
      const bounds = boundsOf(schema)
      if (bounds.minimum !== null && bounds.maximum !== null) {
        return `text of ${bounds.minimum} to ${bounds.maximum} characters${orNull}`
      }
      return `text${bounds.minimum === null ? '' : ' that is not empty'}${orNull}`
    }
    case 'array': {
      const { minimum, maximum } = boundsOf(schema)
      return `a list of ${minimum ?? 0} to ${maximum ?? 'any number of'} entries${orNull}`
    }
    case 'literal':
      return `${(definition.values ?? []).map((value) => JSON.stringify(value)).join(' or ')}${orNull}`
    case 'enum':
      return `one of ${quoted(kindsOf(schema))}${orNull}`
    case 'union': {
      const bare = takesBareName(schema) ? `one of ${quoted(kindsOf(schema))}, or ` : ''
      return `${bare}an object with "${definition.discriminator}"${bare === '' ? ` ${quoted(kindsOf(schema))}` : ''}${orNull}`
    }
    default:
      return `an object${orNull}`
  }
}
