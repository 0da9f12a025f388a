// Changing one kind for another: what both have is kept as typed, the rest gets its default.

import { z } from 'zod'
import type { ImportedInfo } from '../../../../engine/data/imported'
import { discriminatorOf, expandName, fieldsFor, stepInto } from '../../../../engine/spec/introspect'
import { withKind } from '../../../../engine/spec/kinds'
import { DATASET_PARAMETERS, experimentSpecSchema, type DatasetId } from '../../../../engine/spec/schema'
import { getIn, isObject, parsePath, setIn, type Json, type JsonObject } from './json-path'
import { guessFeatures, guessTarget } from './table-target'

type Schema = z.core.$ZodType

/** For the few settings that have no default because a spec has to name them. */
const STARTING_VALUES: Readonly<Record<string, Json>> = {
  units: 16,
  learningRate: 0.01,
  threshold: 1,
  activation: { kind: 'relu' },
}

/** The schema at a path of a draft; null where the path leads nowhere. */
export function schemaAt(draft: JsonObject, path: string): Schema | null {
  let schema: Schema | null = experimentSpecSchema
  let value: unknown = draft
  for (const key of parsePath(path)) {
    if (schema === null) return null
    const holder: unknown = expandName(schema, value)
    schema = stepInto(schema, holder, key)
    value =
      typeof holder === 'object' && holder !== null ? (holder as Record<string, unknown>)[key] : undefined
  }
  return schema
}

function startOf(key: string, schema: Schema): Json {
  const parsed = z.safeParse(schema, undefined)
  return parsed.success ? (parsed.data as Json) : (STARTING_VALUES[key] ?? null)
}

/** The draft with another kind at a path, e.g. optimizer or network.layers[1].activation. */
export function changeKind(draft: JsonObject, path: string, kind: string): JsonObject {
  const schema = schemaAt(draft, path)
  if (schema === null) return draft
  // A kind that changes no other setting, such as that of a split, is a plain value.
  if (discriminatorOf(schema) === null) return setIn(draft, `${path}.kind`, kind) as JsonObject
  return setIn(draft, path, complete(schema, withKind(schema, getIn(draft, path), kind))) as JsonObject
}

/** Fills in what is missing; withKind itself leaves defaults out while another value is invalid. */
function complete(schema: Schema, value: Record<string, unknown>): Json {
  const next: Record<string, Json> = {}
  for (const [key, field] of Object.entries(fieldsFor(schema, value) ?? {})) {
    next[key] = key in value ? (value[key] as Json) : startOf(key, field)
  }
  return next
}

/** Parameters of a data set with their defaults; a table's targets are guessed. */
export function parametersFor(id: string, imported?: ImportedInfo): JsonObject {
  if (imported?.kind === 'table') {
    const { task, targets } = guessTarget(imported)
    return { hash: imported.hash, task, targets, features: guessFeatures(imported, targets) }
  }
  if (imported?.kind === 'images') {
    return { hash: imported.hash, trainingExamples: null, testExamples: null }
  }
  const schema = DATASET_PARAMETERS[id as DatasetId] as z.ZodType | undefined
  const parsed = schema?.safeParse({})
  return parsed?.success ? (parsed.data as JsonObject) : {}
}

/**
 * The draft on another data set. The split stays as far as it is possible there; a scaling that was made for
 * images does not.
 */
export function changeDataset(draft: JsonObject, id: string, imported?: ImportedInfo): JsonObject {
  const before = isObject(draft.dataset) ? draft.dataset : {}
  const normalization = getIn(before, 'normalization')
  const isScaledImage = isImages(before.id) && !isImages(id)
  const parameters =
    imported === undefined
      ? getIn(changeKind({ ...draft, dataset: before }, 'dataset', id), 'dataset.parameters')
      : parametersFor(id, imported)
  const isRegression = id === 'sine' || id === 'teacher-student' || getIn(parameters, 'task') === 'regression'
  const split = withoutClasses(getIn(before, 'split'), isRegression)
  return {
    ...draft,
    ...(isObject(draft.training) ? { training: trainingFor(id, draft.training) } : {}),
    dataset: {
      ...before,
      ...(split === undefined ? {} : { split }),
      id,
      parameters: parameters ?? {},
      normalization: isScaledImage || normalization === undefined ? { kind: 'standardize' } : normalization,
      targetNormalization: (isRegression && before.targetNormalization) || { kind: 'none' },
    },
  }
}

/** Of the training settings those that only data with a known teacher or with NumPy's draws can have are let go. */
function trainingFor(id: string, training: JsonObject): JsonObject {
  const start = id !== 'disc' && id !== 'numpy-teacher' ? getIn(training, 'random.start') : undefined
  const own = start === 'after-data' ? (setIn(training, 'random.start', 'seed') as JsonObject) : training
  const metrics: readonly Json[] = Array.isArray(own.metrics) ? own.metrics : []
  const hasTeacher = id === 'numpy-teacher'
  return hasTeacher || !metrics.includes('teacher-distance')
    ? own
    : { ...own, metrics: metrics.filter((each) => each !== 'teacher-distance') }
}

/** Data sets of images, whose inputs are from 0 to 1 as they come. */
const IMAGES: readonly unknown[] = ['mnist', 'fashion-mnist', 'idx'] satisfies DatasetId[]

function isImages(id: unknown): boolean {
  return IMAGES.includes(id)
}

/** Class shares can not be kept where there are no classes. */
export function withoutClasses(split: Json | undefined, isRegression: boolean): Json | undefined {
  return isRegression && isObject(split) && split.kind === 'stratified' ? { ...split, kind: 'random' } : split
}
