// Last and best of each metric of a run, kept in its row so that a list of runs never reads its curves.

import { epochColumns, type SentEpochs } from '../../engine/training/sent-epochs'
import type { MetricSummary } from '../contract'
import { fromJsonNumber, toJsonNumber, type JsonNumber } from './metric-value'

export type MetricSummaries = Record<string, MetricSummary>

interface StoredSummary {
  last: JsonNumber
  best: JsonNumber | null
  bestEpoch: number | null
}

/** Accuracies rise, everything else that is measured (losses, errors) falls. */
export function isHigherBetter(metric: string): boolean {
  return /(^|\/)accuracy$/.test(metric)
}

/** NaN and the infinities are never best, whichever way the metric goes. */
function isBetter(metric: string, value: number, best: number | null): boolean {
  if (!Number.isFinite(value)) return false
  if (best === null) return true
  return isHigherBetter(metric) ? value > best : value < best
}

function updated(metric: string, before: MetricSummary | undefined, value: number, epoch: number | null) {
  const best = before?.best ?? null
  return isBetter(metric, value, best)
    ? { last: value, best: value, bestEpoch: epoch }
    : { last: value, best, bestEpoch: before?.bestEpoch ?? null }
}

/** The summaries after these epochs; the first of equal values stays best. */
export function withEpochs(summaries: MetricSummaries, epochs: SentEpochs): MetricSummaries {
  const next = { ...summaries }
  const { epoch, metrics } = epochColumns(epochs)
  for (const [metric, { values, measured }] of Object.entries(metrics)) {
    for (let i = 0; i < epoch.length; i++) {
      if (measured[i] === 1) next[metric] = updated(metric, next[metric], values[i], epoch[i])
    }
  }
  return next
}

/** The summaries with what was measured once, at the end; it belongs to no epoch. */
export function withFinal(summaries: MetricSummaries, final: Record<string, number>): MetricSummaries {
  const next = { ...summaries }
  for (const [metric, value] of Object.entries(final)) {
    next[metric] = updated(metric, undefined, value, null)
  }
  return next
}

export function summariesToJson(summaries: MetricSummaries): string {
  const stored: Record<string, StoredSummary> = {}
  for (const [metric, { last, best, bestEpoch }] of Object.entries(summaries)) {
    stored[metric] = { last: toJsonNumber(last), best: best === null ? null : toJsonNumber(best), bestEpoch }
  }
  return JSON.stringify(stored)
}

export function summariesFromJson(json: string): MetricSummaries {
  const stored = JSON.parse(json) as Record<string, StoredSummary>
  const summaries: MetricSummaries = {}
  for (const [metric, { last, best, bestEpoch }] of Object.entries(stored)) {
    summaries[metric] = {
      last: fromJsonNumber(last),
      best: best === null ? null : fromJsonNumber(best),
      bestEpoch,
    }
  }
  return summaries
}
