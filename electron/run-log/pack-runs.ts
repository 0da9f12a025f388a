// Rows of runs as the page gets thousands of them: each text, design and set of metrics once, numbers in arrays.
// The page's own half is renderer/unpack.ts: both name the columns in the same order.

import { RUN_STATUSES, type PackedRuns } from '../contract'
import { summariesFromJson } from './metric-summary'
import { toFloat64, type RunRow } from './run-row'

/** Columns of numbers a row; see below. */
const NUMBERS = 23
const TEXTS = 9

/** What is the same in all runs of a design: the spec's name and seed are told by the row. */
const SPEC_NAME = /"name":("(?:[^"\\]|\\.)*")/
const SPEC_SEED = /"training\.seed":\d+/

/** Gives each value a place, the same one to the same value. */
function places<T>(first: readonly T[] = []): { values: T[]; placeOf(value: T): number } {
  const values = [...first]
  const known = new Map(values.map((value, index) => [value, index]))
  return {
    values,
    placeOf(value) {
      let place = known.get(value)
      if (place === undefined) {
        place = values.push(value) - 1
        known.set(value, place)
      }
      return place
    },
  }
}

export function packRuns(rows: readonly RunRow[], tagsOf: (id: string) => readonly string[]): PackedRuns {
  const texts = places([''])
  const designs = places<string>()
  const metricSets = places<string>()
  const textsOfRows = new Uint32Array(rows.length * TEXTS)
  const numbersOfRows = new Float64Array(rows.length * NUMBERS)
  const tags: number[] = []
  const metrics: number[] = []
  const sparklines: Float64Array[] = []
  // The empty text and null are two: 0 is null, and what is there comes after it.
  const textPlace = (text: string | null): number => (text === null ? 0 : texts.placeOf(`t${text}`))

  rows.forEach((row, index) => {
    const own = tagsOf(row.id)
    for (const tag of own) tags.push(textPlace(tag))
    const summaries = summariesFromJson(row.metrics)
    for (const { last, best, bestEpoch } of Object.values(summaries)) {
      metrics.push(last, best ?? NaN, bestEpoch ?? NaN)
    }
    const sparkline = toFloat64(row.sparkline)
    sparklines.push(sparkline)
    const [, specName = '""'] = SPEC_NAME.exec(row.hyperparameters) ?? []
    const design = row.hyperparameters.replace(SPEC_NAME, '"name":""').replace(SPEC_SEED, '"training.seed":0')
    textsOfRows.set(
      [
        row.id,
        row.name,
        row.reason,
        row.note,
        row.dataset_id,
        row.data_hash,
        row.engine_version,
        row.kernel,
        row.weights_hash,
      ].map(textPlace),
      index * TEXTS,
    )
    numbersOfRows.set(
      [
        row.number,
        row.experiment,
        RUN_STATUSES.indexOf(row.status),
        own.length,
        row.created_at,
        row.started_at ?? NaN,
        row.ended_at ?? NaN,
        row.active_ms,
        row.seed,
        row.parameters ?? NaN,
        row.step,
        row.total_steps,
        row.epoch,
        row.total_epochs,
        row.samples,
        designs.placeOf(design),
        textPlace(JSON.parse(specName) as string),
        metricSets.placeOf(Object.keys(summaries).join('\n')),
        sparkline.length,
        row.deleted_at ?? NaN,
        row.archived_at ?? NaN,
        row.locked,
        row.change,
      ],
      index * NUMBERS,
    )
  })
  return {
    count: rows.length,
    texts: texts.values.map((text) => text.slice(1)),
    textsOfRows,
    numbersOfRows,
    tags: Uint32Array.from(tags),
    designs: designs.values,
    metricSets: metricSets.values.map((names) => (names === '' ? [] : names.split('\n'))),
    metrics: Float64Array.from(metrics),
    sparklines: joined(sparklines),
  }
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}
