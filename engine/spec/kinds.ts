// Changing the kind of a choice (SGD to Adam, dense to activation) without losing what both kinds share.

import type { z } from 'zod'
import { DescentError } from '../errors'
import { defaultOf, discriminatorOf, expandName, fieldsOf, isObject, kindsOf, optionOf } from './introspect'
import { nearest } from './nearest'

type Schema = z.core.$ZodType

/** What of `value` a new schema knows too: keys by name, nested objects key by key. */
function keepKnown(before: Schema | null, after: Schema, value: unknown): unknown {
  if (!isObject(value)) return value
  const fields = fieldsOf(after)
  // A choice of its own (a schedule, an activation) is the same under both kinds and goes along whole.
  if (Object.keys(fields).length === 0) return discriminatorOf(after) === null ? {} : value
  const old = before === null ? {} : fieldsOf(before)
  const kept: Record<string, unknown> = {}
  for (const [key, child] of Object.entries(value)) {
    if (!Object.hasOwn(fields, key)) continue
    const oldField = Object.hasOwn(old, key) ? old[key] : null
    // A value that was only the old kind's default gives way to the new kind's.
    if (oldField !== null && defaultOf(oldField) !== undefined && defaultOf(oldField) === child) continue
    kept[key] = keepKnown(oldField, fields[key], child)
  }
  return kept
}

/**
 * An object of another kind: keys that the new kind knows keep their values, keys that it does not know are
 * dropped, and values that were the old kind's defaults become the new kind's.
 *
 * @param schemaPart a choice of schema.ts, e.g. optimizerSchema
 * @param value an object of that choice, its bare name, or anything else (which is dropped)
 * @returns complete with defaults where that makes it valid; else without what has to be given still
 * @throws DescentError('bad-input') for a kind that the choice does not have
 */
export function withKind(schemaPart: Schema, value: unknown, kind: string): Record<string, unknown> {
  const discriminator = discriminatorOf(schemaPart)
  const option = optionOf(schemaPart, kind)
  if (discriminator === null || option === null) {
    const kinds = kindsOf(schemaPart)
    const meant = nearest(kind, kinds)
    const hint = meant === null ? `Choose one of ${kinds.join(', ')}.` : `Did you mean "${meant}"?`
    throw new DescentError(
      'bad-input',
      `There is no kind "${kind}" here; it needs one of ${kinds.join(', ')}.`,
      hint,
    )
  }
  const old = expandName(schemaPart, value)
  const before = isObject(old) ? optionOf(schemaPart, old[discriminator]) : null
  const rest: Record<string, unknown> = isObject(old) ? { ...old } : {}
  delete rest[discriminator]
  const changed = { [discriminator]: kind, ...(keepKnown(before, option, rest) as Record<string, unknown>) }
  const parsed = (option as z.ZodType).safeParse(changed)
  return parsed.success && isObject(parsed.data) ? parsed.data : changed
}
