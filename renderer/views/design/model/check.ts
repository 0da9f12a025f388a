// Everything that follows from a draft: the valid spec or the problems, the data's shape, and the shapes and
// sizes of the layers. Fast enough to run after every key.

import { shapeOf } from '../../../../engine/data/datasets'
import type { ImportedInfo } from '../../../../engine/data/imported'
import type { DataShape } from '../../../../engine/data/types'
import { describeDesign, type Design, type DesignProblem } from '../../../../engine/design/describe'
import { DescentError, type Problem } from '../../../../engine/errors'
import { checkSpec } from '../../../../engine/spec/parse'
import { datasetSchema, type DatasetSpec, type ExperimentSpec } from '../../../../engine/spec/schema'
import { getIn, setIn, type Json, type JsonObject } from './json-path'
import { wordProblem } from './problem-text'

export interface CheckedDesign {
  /** Complete; null while something is wrong with it. */
  spec: ExperimentSpec | null
  /** What keeps the design from running. */
  problems: readonly Problem[]
  /** What may surprise but runs. */
  warnings: readonly Problem[]
  /** The data set's part alone, valid or null: a preview does not wait for the rest. */
  dataset: DatasetSpec | null
  shape: DataShape | null
  /** Sizes; with a wrong field those of the nearest valid design. */
  description: Design | null
  /** Index of the first layer whose sizes are not to be trusted; Infinity when all are. */
  firstUnsureLayer: number
}

/** What was imported under a hash, if it is there. */
export type ImportedOf = (hash: string) => ImportedInfo | undefined

/** @param trainingExamples size of the training part, where it is known */
export function checkDesign(
  draft: JsonObject,
  importedOf: ImportedOf,
  trainingExamples: number | null = null,
): CheckedDesign {
  const { spec, problems: specProblems } = checkSpec(draft)
  const problems = specProblems.map((problem) => wordProblem(problem, draft))
  const dataset = spec?.dataset ?? datasetOf(draft)
  const shape = dataset === null ? null : readShape(dataset, importedOf, problems)
  const described = spec ?? checkSpec(repair(draft, problems)).spec
  const description = described === null ? null : describeDesign(described, shape, trainingExamples)
  const found: readonly DesignProblem[] = spec === null ? [] : (description?.problems ?? [])
  problems.push(...ofSeverity(found, 'error', draft))
  return {
    spec: problems.length === 0 ? spec : null,
    problems,
    warnings: ofSeverity(found, 'warning', draft),
    dataset,
    shape,
    description,
    firstUnsureLayer: Math.min(Infinity, ...specProblems.map(({ path }) => layerOf(path, draft))),
  }
}

function ofSeverity(
  problems: readonly DesignProblem[],
  severity: DesignProblem['severity'],
  draft: JsonObject,
): Problem[] {
  return problems.filter((each) => each.severity === severity).map((each) => wordProblem(each, draft))
}

function datasetOf(draft: JsonObject): DatasetSpec | null {
  const parsed = datasetSchema.safeParse(draft.dataset)
  return parsed.success ? parsed.data : null
}

function readShape(dataset: DatasetSpec, importedOf: ImportedOf, problems: Problem[]): DataShape | null {
  const isImported = dataset.id === 'csv' || dataset.id === 'idx'
  try {
    return shapeOf(dataset, isImported ? importedOf(dataset.parameters.hash) : undefined)
  } catch (thrown) {
    if (!(thrown instanceof DescentError)) throw thrown
    const found =
      thrown.problems.length > 0 ? thrown.problems : [{ path: 'dataset.id', message: thrown.message }]
    problems.push(...found)
    return null
  }
}

/** A change of units changes this layer and all behind it; other settings change no sizes. */
function layerOf(path: string, draft: JsonObject): number {
  const match = /^network\.layers\[(\d+)\](?:\.(\w+))?/.exec(path)
  if (match === null) return Infinity
  const isAboutSize = match[2] === undefined || match[2] === 'units' || match[2] === 'kind'
  return isAboutSize || getIn(draft, path) === undefined ? Number(match[1]) : Infinity
}

/** The draft with its wrong fields set to what is suggested, or to something valid. */
function repair(draft: JsonObject, problems: readonly Problem[]): Json {
  return problems.reduce<Json>((whole, { path, suggestion }) => {
    if (path === '') return whole
    return setIn(whole, path, suggestion ?? (path === 'name' ? 'design' : 1))
  }, draft)
}
