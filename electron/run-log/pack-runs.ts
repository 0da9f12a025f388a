// Rows of runs as the page gets thousands of them: each text, design and set of metrics once, numbers in arrays.
// The page's own half is renderer/unpack.ts: both name the columns in the same order.

import { RUN_STATUSES, type PackedRuns } from '../contract'
import { designPlaces, places } from './design-places'
import { summariesFromJson } from './metric-summary'
import { toFloat64, type RunRow } from './run-row'

export function packRuns(rows: Iterable<RunRow>, tagsOf: (id: string) => readonly string[]): PackedRuns {
  const texts = places<string | null>([null])
  const designs = designPlaces()
  const metricSets = places<string>()
  const textsOfRows: number[] = []
  const numbersOfRows: number[] = []
  const tags: number[] = []
  const metrics: number[] = []
  const sparklines: Float64Array[] = []
  let count = 0

  for (const row of rows) {
    count++
    const own = tagsOf(row.id)
    for (const tag of own) tags.push(texts.placeOf(tag))
    const summaries = summariesFromJson(row.metrics)
    for (const name in summaries) {
      const { last, best, bestEpoch } = summaries[name]
      metrics.push(last, best ?? NaN, bestEpoch ?? NaN)
    }
    const sparkline = toFloat64(row.sparkline)
    sparklines.push(sparkline)
    const { design, specName } = designs.placeOf(row)
    textsOfRows.push(
      texts.placeOf(row.id),
      texts.placeOf(row.name),
      texts.placeOf(row.reason),
      texts.placeOf(row.note),
      texts.placeOf(row.dataset_id),
      texts.placeOf(row.data_hash),
      texts.placeOf(row.engine_version),
      texts.placeOf(row.kernel),
      texts.placeOf(row.weights_hash),
    )
    numbersOfRows.push(
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
      design,
      texts.placeOf(specName),
      metricSets.placeOf(Object.keys(summaries).join('\n')),
      sparkline.length,
      row.deleted_at ?? NaN,
      row.archived_at ?? NaN,
      row.locked,
      row.change,
    )
  }
  return {
    count,
    texts: texts.values,
    textsOfRows: Uint32Array.from(textsOfRows),
    numbersOfRows: Float64Array.from(numbersOfRows),
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
