// What the tables of a report say of a group: best and last values of its runs, their mean and spread.

import type { RunGroup } from '../../../engine/comparison/groups'
import { isLowerBetter } from '../../../engine/comparison/values'
import { mean, sampleStandardDeviation } from '../../../engine/statistics/summary'
import type { RunSummary } from '../../contract'
import { MISSING, metricText } from '../numbers'
import type { Seen } from '../seen/read'
import { escapeText } from '../../../engine/comparison/svg/xml'
import { textTag } from './html'

export interface Result {
  best: number | null
  last: number | null
}

/** Of what is logged by step the row of a run says nothing: its values are looked at. */
function scanned(values: Float64Array, isLower: boolean): Result {
  let best: number | null = null
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (best === null || (isLower ? value < best : value > best)) best = value
  }
  return { best, last: values.length > 0 ? values[values.length - 1] : null }
}

export type ResultOf = (run: RunSummary, metric: string) => Result

export function resultsOf({ charts }: Seen): ResultOf {
  const logged = new Map<string, Result>()
  for (const { chart, lines } of charts) {
    for (const { members } of lines) {
      for (const { run, y } of members) {
        logged.set(`${chart.metric}\n${run.id}`, scanned(y, isLowerBetter(chart.metric)))
      }
    }
  }
  return (run, metric) => {
    const summary = run.metrics[metric]
    if (summary !== undefined) return { best: summary.best, last: summary.last }
    return logged.get(`${metric}\n${run.id}`) ?? { best: null, last: null }
  }
}

export interface Spread {
  mean: number
  /** Of the sample; NaN for one value. */
  deviation: number
  count: number
  /** Runs whose value is NaN or infinite: they are in no mean. */
  notFinite: number
}

export function spreadOf(
  { members }: RunGroup<RunSummary>,
  metric: string,
  which: keyof Result,
  resultOf: ResultOf,
): Spread {
  const known = members.map((run) => resultOf(run, metric)[which]).filter((value) => value !== null)
  const values = known.filter(Number.isFinite)
  return {
    mean: values.length > 0 ? mean(values) : NaN,
    deviation: values.length > 1 ? sampleStandardDeviation(values) : NaN,
    count: values.length,
    notFinite: known.length - values.length,
  }
}

/** "0.1245 ± 0.0064" as markup; of one run its value alone. */
export function spreadCell(metric: string, { mean: center, deviation, count, notFinite }: Spread): string {
  if (count === 0) {
    return notFinite > 0
      ? textTag('span', 'not finite', { class: 'bad' })
      : textTag('span', MISSING, { class: 'same' })
  }
  const plusMinus = Number.isNaN(deviation)
    ? ''
    : textTag('span', ` ± ${metricText(metric, deviation)}`, { class: 'quiet' })
  const without = notFinite > 0 ? textTag('span', ` (without ${notFinite})`, { class: 'bad' }) : ''
  return escapeText(metricText(metric, center)) + plusMinus + without
}

/** A single value, which may be missing or not finite. */
export function valueCell(metric: string, value: number | null): string {
  if (value === null) return textTag('span', MISSING, { class: 'same' })
  return textTag('span', metricText(metric, value), { class: Number.isFinite(value) ? null : 'bad' })
}
