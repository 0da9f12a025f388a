// Is A better than B? Two groups compared seed by seed, with everything a paper asks for: interval, test, effect
// size, probability of improvement. Not a search for the best of many groups.

import {
  bootstrapMeanInterval,
  DEFAULT_RESAMPLES,
  percentileInterval,
  resampledMeans,
  resampleIndices,
  type Interval,
} from '../statistics/bootstrap'
import {
  cohenD,
  cohenDz,
  hedgesCorrection,
  probabilityLower,
  probabilityLowerInterval,
} from '../statistics/effect-size'
import { bonferroni } from '../statistics/multiple'
import { mean, sampleStandardDeviation } from '../statistics/summary'
import { oneSampleTTest, welchTTest } from '../statistics/t-tests'
import type { AbOptions, AbPair, AbReport, AbSide, LeftOut } from './ab-types'
import { notesOf, sentenceOf, titleOf, type AbFigures } from './ab-words'
import type { RunGroup } from './groups'
import type { ComparedRun } from './types'
import { isLowerBetter } from './values'
import { withoutSharedWords } from './shared-words'

export type { AbNote, AbOptions, AbPair, AbReport, AbSide, LeftOut } from './ab-types'

interface Measured {
  run: ComparedRun
  value: number
}

interface Counted {
  bySeed: Map<number, Measured>
  leftOut: LeftOut[]
}

function readMetric(run: ComparedRun, { metric, which }: AbOptions): number | null {
  return run.metrics[metric]?.[which] ?? null
}

/** The runs of a group with a finite value, the newest of each seed. */
function count<R extends ComparedRun>(group: RunGroup<R>, options: AbOptions): Counted {
  const bySeed = new Map<number, Measured>()
  const leftOut: LeftOut[] = []
  const leave = ({ id, name }: ComparedRun, kind: LeftOut['kind'], reason: string) =>
    leftOut.push({ id, name, group: group.label, kind, reason })
  for (const run of [...group.members].sort((a, b) => a.number - b.number)) {
    const value = readMetric(run, options)
    if (value === null || !Number.isFinite(value)) {
      leave(run, 'not-finite', value === null ? 'no value' : String(value))
      continue
    }
    const older = bySeed.get(run.seed)
    if (older !== undefined) leave(older.run, 'older', `seed ${run.seed}, repeated by ${run.name}`)
    bySeed.set(run.seed, { run, value })
  }
  return { bySeed, leftOut }
}

function pairUp(a: Counted, b: Counted, isLower: boolean): AbPair[] {
  const pairs: AbPair[] = []
  for (const [seed, left] of a.bySeed) {
    const right = b.bySeed.get(seed)
    if (right === undefined) continue
    const advantage = isLower ? right.value - left.value : left.value - right.value
    pairs.push({
      seed,
      aId: left.run.id,
      bId: right.run.id,
      a: left.value,
      b: right.value,
      advantage,
    })
  }
  return pairs.sort((left, right) => left.seed - right.seed)
}

function unpairedOf(mine: Counted, others: Counted, group: string, otherGroup: string): LeftOut[] {
  return [...mine.bySeed.values()]
    .filter(({ run }) => !others.bySeed.has(run.seed))
    .map(({ run: { id, name, seed } }) => ({
      id,
      name,
      group,
      kind: 'unpaired',
      reason: `no run of ${otherGroup} has seed ${seed}`,
    }))
}

function sideOf(group: RunGroup<ComparedRun>, shortLabel: string, values: readonly number[]): AbSide {
  const { label, number } = group
  return {
    label,
    shortLabel,
    number,
    values,
    mean: mean(values),
    standardDeviation: sampleStandardDeviation(values),
  }
}

/** The data sets of all runs of both groups. */
function dataSetsOf(a: RunGroup<ComparedRun>, b: RunGroup<ComparedRun>): string[] {
  const ids = [...a.members, ...b.members].map(({ hyperparameters }) => hyperparameters['dataset.id'])
  return [...new Set(ids.filter((id) => id !== undefined).map(String))]
}

/** Of the difference of two means: both samples are drawn again, each from itself. */
function bootstrapDifference(
  better: readonly number[],
  worse: readonly number[],
  level: number,
  seed: number,
): Interval {
  const from = resampledMeans(better, resampleIndices(better.length, DEFAULT_RESAMPLES, seed, 'bootstrap a'))
  const less = resampledMeans(worse, resampleIndices(worse.length, DEFAULT_RESAMPLES, seed, 'bootstrap b'))
  return percentileInterval(
    from.map((value, index) => value - less[index]),
    level,
  )
}

type Figures = Pick<
  AbFigures,
  | 'mean'
  | 'standardDeviation'
  | 'standardError'
  | 'tInterval'
  | 'bootstrapInterval'
  | 'test'
  | 'effect'
  | 'wins'
>

function pairedFigures(pairs: readonly AbPair[], level: number, seed: number): Figures {
  const advantages = pairs.map(({ advantage }) => advantage)
  const test = oneSampleTTest(advantages, level)
  const value = cohenDz(advantages)
  return {
    mean: test.difference,
    standardDeviation: sampleStandardDeviation(advantages),
    standardError: test.standardError,
    tInterval: test.interval,
    bootstrapInterval: bootstrapMeanInterval(advantages, { level, seed }),
    test: {
      name: 'paired t',
      t: test.t,
      degreesOfFreedom: test.degreesOfFreedom,
      p: test.p,
    },
    effect: {
      name: 'd_z',
      value,
      g: value * hedgesCorrection(test.degreesOfFreedom),
    },
    wins: {
      a: advantages.filter((advantage) => advantage > 0).length,
      ties: advantages.filter((advantage) => advantage === 0).length,
      b: advantages.filter((advantage) => advantage < 0).length,
    },
  }
}

/** @param plus the sample whose higher values speak for A, and the other one */
function unpairedFigures(
  plus: readonly number[],
  minus: readonly number[],
  level: number,
  seed: number,
): Figures {
  const test = welchTTest(plus, minus, level)
  const value = cohenD(plus, minus)
  return {
    mean: test.difference,
    standardDeviation: null,
    standardError: test.standardError,
    tInterval: test.interval,
    bootstrapInterval: bootstrapDifference(plus, minus, level, seed),
    test: {
      name: "Welch's t",
      t: test.t,
      degreesOfFreedom: test.degreesOfFreedom,
      p: test.p,
    },
    effect: {
      name: 'd',
      value,
      g: value * hedgesCorrection(plus.length + minus.length - 2),
    },
    wins: null,
  }
}

function problemOf(
  a: Counted,
  b: Counted,
  labels: readonly [string, string],
  { metric, which }: AbOptions,
): string {
  const text = (counted: Counted, label: string) => {
    const diverged = counted.leftOut.filter(({ kind }) => kind === 'not-finite').length
    const without = diverged === 0 ? '' : ` (${diverged} more without a finite one)`
    return `${label} has ${counted.bySeed.size} ${counted.bySeed.size === 1 ? 'run' : 'runs'} with a ${which} ${metric}${without}`
  }
  return (
    `${text(a, labels[0])}, ${text(b, labels[1])}; a comparison needs at least 2 of each, best of the same seeds. ` +
    'Train both designs with 5 seeds or more.'
  )
}

/**
 * Compares two groups in the best or last value of a metric. Runs are paired where both groups have one of the same
 * training seed; with fewer than 2 pairs, all runs are compared as independent samples. Of several runs of one seed
 * the newest counts. Runs without a finite value are left out and named; the best
 * value that a run reached before it diverged counts, and is named as well.
 * Bootstrap figures are of 10,000 seeded resamples: the same runs give the same bits.
 */
export function abReport<R extends ComparedRun>(
  a: RunGroup<R>,
  b: RunGroup<R>,
  options: AbOptions,
): AbReport | { problem: string } {
  const { metric, which, level, comparisons, seed = 0 } = options
  const isLower = isLowerBetter(metric)
  const countedA = count(a, options)
  const countedB = count(b, options)
  const pairs = pairUp(countedA, countedB, isLower)
  const isPaired = pairs.length >= 2
  const valuesOf = ({ bySeed }: Counted) => [...bySeed.values()].map(({ value }) => value)
  const allA = valuesOf(countedA)
  const allB = valuesOf(countedB)
  if (!isPaired && Math.min(allA.length, allB.length) < 2) {
    return {
      problem: problemOf(countedA, countedB, [a.label, b.label], options),
    }
  }
  const [plus, minus] = isLower ? [allB, allA] : [allA, allB]
  const computed = isPaired ? pairedFigures(pairs, level, seed) : unpairedFigures(plus, minus, level, seed)
  const [shortA, shortB] = withoutSharedWords([a.label, b.label])
  const figures: AbFigures = {
    metric,
    which,
    level,
    isLowerBetter: isLower,
    a: sideOf(a, shortA, isPaired ? pairs.map((pair) => pair.a) : allA),
    b: sideOf(b, shortB, isPaired ? pairs.map((pair) => pair.b) : allB),
    isPaired,
    dataSets: dataSetsOf(a, b),
    pairs: isPaired ? pairs : [],
    differenceName: isLower ? `${shortB} − ${shortA}` : `${shortA} − ${shortB}`,
    ...computed,
    improvement: {
      probability: probabilityLower(minus, plus),
      interval: probabilityLowerInterval(minus, plus, { level, seed }),
      comparisons: minus.length * plus.length,
    },
    multiple:
      comparisons > 1
        ? {
            comparisons,
            alpha: (1 - level) / comparisons,
            adjustedP: bonferroni(computed.test.p, comparisons),
          }
        : null,
    unfinished: [...countedA.bySeed.values(), ...countedB.bySeed.values()]
      .filter(({ run }) => run.status !== 'finished')
      .map(({ run: { id, name, status } }) => ({ id, name, status })),
    leftOut: [
      ...countedA.leftOut,
      ...countedB.leftOut,
      ...(isPaired ? unpairedOf(countedA, countedB, a.label, b.label) : []),
      ...(isPaired ? unpairedOf(countedB, countedA, b.label, a.label) : []),
    ],
  }
  return {
    ...figures,
    notes: notesOf(figures),
    title: titleOf(figures),
    sentence: sentenceOf(figures),
  }
}
