// A report on two groups in sentences: a title that claims no more than the interval shows, the sentence of a paper,
// and what a reader has to be told beside.

import type { AbNote, AbReport, LeftOut } from './ab-types'
import { isShare } from './metric-text'
import { decimalsFor, pText, shortNumber, significant, type Decimals } from './significant'
import { percentText } from './words'

export type AbFigures = Omit<AbReport, 'notes' | 'title' | 'sentence'>

function half([low, high]: readonly [number, number]): number {
  return (high - low) / 2
}

/** Of shares, which are told in per cent, differences are percentage points. */
function decimalsOf({ tInterval, mean, metric }: AbFigures): Decimals {
  const factor = isShare(metric) ? 100 : 1
  const format = decimalsFor(half(tInterval) * factor, mean * factor)
  return (value) => format(value * factor)
}

/** Whether the interval of the difference leaves out 0; a difference without any spread does, too. */
export function isShown({ tInterval: [low, high] }: AbFigures): boolean {
  return low > 0 || high < 0
}

function metricText({ metric, which }: AbFigures): string {
  return `${which} ${metric}`
}

/** "adam beats sgd by 0.0530 ± 0.0081 val/loss", or that no difference is shown. */
export function titleOf(report: AbFigures): string {
  const { a, b, mean, metric, tInterval } = report
  if (!isShown(report)) return `No difference shown between ${a.shortLabel} and ${b.shortLabel} in ${metric}`
  const [winner, loser] = mean > 0 ? [a, b] : [b, a]
  const format = decimalsOf(report)
  const width = half(tInterval)
  const uncertainty = width === 0 ? '' : ` ± ${format(width)}`
  const unit = isShare(metric) ? ' percentage points of' : ''
  return `${winner.shortLabel} beats ${loser.shortLabel} by ${format(Math.abs(mean))}${uncertainty}${unit} ${metric}`
}

function testText({ test }: AbFigures): string {
  const { name, t, degreesOfFreedom, p } = test
  if (Number.isNaN(t)) return 'all differences are 0, so there is nothing to test'
  const freedom = shortNumber(degreesOfFreedom)
  if (!Number.isFinite(t)) return `${name}(${freedom}) is infinite, since the differences do not vary at all`
  return `${name}(${freedom}) = ${significant(t, 3)}, ${pText(p)}`
}

function effectText({ effect }: AbFigures): string {
  if (!Number.isFinite(effect.value)) return ''
  const corrected = Number.isFinite(effect.g) ? ` (Hedges' g = ${significant(effect.g, 2)})` : ''
  return `, ${effect.name} = ${significant(effect.value, 2)}${corrected}`
}

/** The same figures with the better group in front, so that the sentence speaks of positive differences. */
function betterFirst(report: AbFigures): AbFigures {
  if (!(report.mean < 0)) return report
  const flip = ([low, high]: readonly [number, number]) => [-high, -low] as const
  const { a, b, test, effect, wins } = report
  return {
    ...report,
    a: b,
    b: a,
    mean: -report.mean,
    tInterval: flip(report.tInterval),
    test: { ...test, t: -test.t },
    effect: { ...effect, value: -effect.value, g: -effect.g },
    wins: wins && { a: wins.b, ties: wins.ties, b: wins.a },
  }
}

/**
 * "Over 5 seeds, adam reached a lower best val/loss than sgd: mean difference 0.0530, 95 % t interval
 * [0.0449, 0.0611], paired t(4) = 18.3, p < 0.0001, d_z = 8.2; adam was lower in 5 of 5 pairs."
 */
export function sentenceOf(report: AbFigures): string {
  const format = decimalsOf(report)
  const { a, b, mean, tInterval, wins, pairs, level, isLowerBetter, isPaired } = betterFirst(report)
  const better = isLowerBetter ? 'lower' : 'higher'
  const count = isPaired
    ? `Over ${pairs.length} seeds`
    : `Over ${a.values.length} runs of ${a.shortLabel} and ${b.values.length} of ${b.shortLabel}, not paired`
  const claim = isShown(report)
    ? `${a.shortLabel} reached a ${better} ${metricText(report)} than ${b.shortLabel}`
    : `no difference in ${metricText(report)} between ${report.a.shortLabel} and ${report.b.shortLabel} was shown`
  const oriented = betterFirst(report)
  // Where one is claimed to be better, the claim says which way the difference goes.
  const [more, less] = isLowerBetter ? [b, a] : [a, b]
  const of = isShown(report) ? '' : ` ${more.shortLabel} − ${less.shortLabel}:`
  const figures =
    `mean difference${of} ${format(mean)}${isShare(report.metric) ? ' percentage points' : ''}, ${percentText(level)} t interval ` +
    `[${format(tInterval[0])}, ${format(tInterval[1])}], ${testText(oriented)}${effectText(oriented)}`
  const ties = wins === null || wins.ties === 0 ? '' : `, equal in ${wins.ties}`
  const share =
    wins === null ? '' : `; ${a.shortLabel} was ${better} in ${wins.a} of ${pairs.length} pairs${ties}`
  return `${count}, ${claim}: ${figures}${share}.`
}

/** So many runs are named; of hundreds the list would bury what is said of them. */
const MOST_NAMED = 20

function listOf(names: readonly string[]): string {
  if (names.length <= MOST_NAMED) return names.join(', ')
  return `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`
}

function namesOf(leftOut: readonly LeftOut[], kind: LeftOut['kind']): string {
  const those = leftOut.filter((each) => each.kind === kind)
  return listOf(those.map(({ name, reason }) => `${name} (${reason})`))
}

/** What has to be said beside the figures, the gravest first. */
export function notesOf(report: AbFigures): AbNote[] {
  const { leftOut, unfinished, metric, isPaired, pairs, multiple, level, test, a, b } = report
  const notes: AbNote[] = []
  const warn = (text: string) => notes.push({ level: 'warning', text })
  const say = (text: string) => notes.push({ level: 'note', text })
  if (report.dataSets.length > 1) {
    warn(
      `These runs learned from different data (${report.dataSets.join(', ')}): the difference is one of the data as well.`,
    )
  }
  const notFinite = namesOf(leftOut, 'not-finite')
  if (notFinite !== '') {
    warn(
      `Left out, since they have no finite ${metric}: ${notFinite}. Leaving out runs that diverged flatters a method; ` +
        'say so wherever these figures are told.',
    )
  }
  if (unfinished.length > 0) {
    const names = listOf(unfinished.map(({ name, status }) => `${name} (${status})`))
    warn(`Not trained to the end, and counted with what they have: ${names}.`)
  }
  if (multiple !== null) {
    const { comparisons, alpha, adjustedP } = multiple
    const isKept = adjustedP <= 1 - level
    const text =
      `One of ${comparisons} comparisons: to keep the chance of any false finding at ${percentText(1 - level)}, p has ` +
      `to be at most ${significant(alpha, 2)} (Bonferroni); adjusted ${pText(adjustedP)}.`
    if (isShown(report) && !isKept) warn(`${text} This difference does not pass.`)
    else say(text)
  }
  if (!isPaired) {
    warn(
      `The groups share fewer than 2 seeds, so they are compared as independent samples. Train both with the same ` +
        'seeds to compare them pair by pair.',
    )
  }
  if (test.t === Infinity || test.t === -Infinity) {
    warn(
      'All differences are equal: t is infinite and p is 0. Runs that do not vary by their seed say nothing about other seeds.',
    )
  }
  const unpaired = namesOf(leftOut, 'unpaired')
  if (unpaired !== '') say(`Without a partner of the same seed and not in the paired figures: ${unpaired}.`)
  const older = namesOf(leftOut, 'older')
  if (older !== '') say(`Several runs of one seed; the newest counts. Left out: ${older}.`)
  const fewest = isPaired ? pairs.length : Math.min(a.values.length, b.values.length)
  if (fewest < 5) {
    say(
      `${fewest} ${isPaired ? 'pairs' : 'runs of a group'} are few: the t interval assumes differences that are about ` +
        'normal, which so few can not show, and the bootstrap interval is too narrow.',
    )
  } else {
    say(
      'The t interval assumes that the differences are about normal; this is not claimed and not tested here.',
    )
  }
  return notes
}
