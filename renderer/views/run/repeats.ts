// Runs of the same design on the same data: which they are, and in words how far apart they are.

import type { KernelChoice, RepeatComparison, RunSummary } from '../../../electron/contract'
import type { ChartModel } from '../../../engine/comparison/plot/series'
import { NO_SMOOTHING } from '../../../engine/comparison/schema'
import { formatCount, formatScientific } from '../../format'
import { CHOICE_NAMES } from '../../kernels'
import { slotOf } from '../../palette'

/** Compared at a time; a person who repeats a run more often looks at the newest ones. */
export const MOST_REPEATS = 50
const NAME_LENGTH = 120

/** "Moons on WebAssembly", whatever kernel the name told of before. */
export function repeatName(name: string, kernel: KernelChoice): string {
  const endings = Object.values(CHOICE_NAMES).map((each) => ` on ${each}`)
  const ending = endings.find((each) => name.endsWith(each))
  const plain = ending === undefined ? name : name.slice(0, -ending.length)
  const added = ` on ${CHOICE_NAMES[kernel]}`
  return plain.slice(0, NAME_LENGTH - added.length) + added
}

function isSameDesign(a: RunSummary, b: RunSummary): boolean {
  const { name: _a, ...own } = a.hyperparameters
  const { name: _b, ...other } = b.hyperparameters
  const paths = Object.keys(own)
  return (
    paths.length === Object.keys(other).length &&
    paths.every((path) => Object.hasOwn(other, path) && own[path] === other[path])
  )
}

/** Newest first. Runs whose data is not known yet wait for it. */
export function repeatsOf(run: RunSummary, runs: readonly RunSummary[]): RunSummary[] {
  if (run.dataHash === null) return []
  return runs
    .filter(({ id, dataHash }) => id !== run.id && dataHash === run.dataHash)
    .filter((other) => isSameDesign(run, other))
    .slice(0, MOST_REPEATS)
}

export type Verdict = 'same' | 'different' | 'other-step' | 'unfinished'
const VERDICT_TEXTS: Readonly<Record<Verdict, string>> = {
  same: 'Same bits',
  different: 'Other bits',
  'other-step': 'Other step',
  unfinished: 'Not ended',
}
export const VERDICT_HINTS: Readonly<Record<Verdict, string>> = {
  same: 'All weights and biases ended with the same bits: their hashes are equal.',
  different: 'The weights and biases ended with other bits: their hashes differ.',
  'other-step': 'The two ended at different steps, so their last weights can not be compared.',
  unfinished: 'The hash of the weights is there when both have ended.',
}

export function verdictOf(run: RunSummary, other: RunSummary): Verdict {
  if (run.weightsHash === null || other.weightsHash === null) return 'unfinished'
  if (run.weightsHash === other.weightsHash) return 'same'
  return run.progress.step === other.progress.step ? 'different' : 'other-step'
}
export function verdictText(verdict: Verdict): string {
  return VERDICT_TEXTS[verdict]
}

/** Of all repeats in one sentence. */
export function summaryText(verdicts: readonly Verdict[]): string {
  const same = verdicts.filter((verdict) => verdict === 'same').length
  const different = verdicts.filter((verdict) => verdict === 'different').length
  const repeats = (count: number) => (count === 1 ? '1 repeat' : `${formatCount(count)} repeats`)
  if (same === verdicts.length) {
    return same === 1
      ? 'Its one repeat ended with the same bits.'
      : `All ${repeats(same)} ended with the same bits.`
  }
  const parts = [
    ...(same > 0 ? [`${repeats(same)} ended with the same bits`] : []),
    ...(different > 0 ? [`${repeats(different)} ${same > 0 ? 'with' : 'ended with'} other bits`] : []),
  ]
  return parts.length === 0 ? 'No repeat can be told yet.' : `${parts.join(', ')}.`
}

export function differenceText(difference: number): string {
  if (difference === 0) return '0'
  return Number.isFinite(difference) ? formatScientific(difference) : 'not a number in one'
}

/** "8.4e−7, batch/loss at step 310"; all equal: how many were compared. */
export function lossText({ loss, points }: RepeatComparison): string | null {
  if (loss === null) return null
  if (loss.difference === 0) return `0 in ${formatCount(points)} values`
  return `${differenceText(loss.difference)}, ${loss.metric} at step ${formatCount(loss.step)}`
}

export function weightsText({ weights }: RepeatComparison): string | null {
  return weights && `${differenceText(weights.difference)} at step ${formatCount(weights.step)}`
}

/** Those that differ anywhere, over the steps; null where none does. */
export function differenceModel(
  comparisons: readonly RepeatComparison[],
  runOf: (id: string) => RunSummary | undefined,
  patterns: boolean,
  generation: number,
): ChartModel | null {
  const series = comparisons.flatMap(({ runId, curve, loss }) => {
    const run = runOf(runId)
    if (run === undefined || loss === null || loss.difference === 0) return []
    return {
      id: runId,
      runNumber: run.number,
      label: run.name,
      metric: 'difference',
      x: curve.step,
      y: curve.difference,
      generation,
      smoothing: NO_SMOOTHING,
      color: `run-${slotOf(run.number) + 1}`,
      width: 1.5,
      rawOpacity: 0,
      extent: null,
      band: null,
      isMember: false,
      isLive: false,
      best: null,
    }
  })
  if (series.length === 0) return null
  return {
    series,
    yName: 'largest difference of a loss',
    yKind: 'log',
    xName: 'step',
    xKind: 'linear',
    stepsPerEpoch: null,
    planned: null,
    endLabels: 'name',
    formatY: differenceText,
    tickFactor: 1,
    isLowerBetter: true,
    highlighted: null,
    patterns,
  }
}
