// What a report on two groups holds. Plain data; ab-report.ts computes it, ab-words.ts puts it into sentences.

import type { Interval } from '../statistics/bootstrap'

/** One of the two groups, with the runs that count. */
export interface AbSide {
  label: string
  /** Without the words that both labels begin with. */
  shortLabel: string
  /** Colour slot and mark. */
  number: number
  values: readonly number[]
  mean: number
  /** NaN of one run. */
  standardDeviation: number
}

/** Two runs of one seed. */
export interface AbPair {
  seed: number
  aId: string
  bId: string
  a: number
  b: number
  /** How much better A is: b - a where lower is better, else a - b. */
  advantage: number
}

/** A run that the figures leave out, and why: one short clause. */
export interface LeftOut {
  id: string
  name: string
  group: string
  kind: 'not-finite' | 'older' | 'unpaired'
  reason: string
}

export interface AbNote {
  level: 'warning' | 'note'
  text: string
}

export interface AbReport {
  metric: string
  which: 'best' | 'last'
  level: number
  isLowerBetter: boolean
  a: AbSide
  b: AbSide
  /** Paired by seed; else the two groups are compared as independent samples. */
  isPaired: boolean
  /** Of more than one, the difference is one of the data as well. */
  dataSets: readonly string[]
  /** Ascending in seed; none where they are not paired. */
  pairs: readonly AbPair[]
  /** "sgd − adam": what the differences below are; positive where A is better. */
  differenceName: string
  /** Mean advantage of A over B. */
  mean: number
  /** Of the differences of pairs; null where they are not paired. */
  standardDeviation: number | null
  standardError: number
  tInterval: Interval
  /** Percentile interval; of the mean of the pairs' differences, or of the difference of the means. */
  bootstrapInterval: Interval
  test: {
    name: 'paired t' | "Welch's t"
    /** Infinite where all differences are equal and not 0; NaN where all are 0. */
    t: number
    degreesOfFreedom: number
    /** Two-sided. */
    p: number
  }
  effect: {
    /** Mean difference over the standard deviation of the differences, or over the pooled one of the groups. */
    name: 'd_z' | 'd'
    value: number
    /** Hedges' correction for small samples; NaN where there is none. */
    g: number
  }
  /** Probability that a run of A is better than one of B: share of all pairs across, ties half. */
  improvement: { probability: number; interval: Interval; comparisons: number }
  /** Pairs in which A is better, equal, worse; null where they are not paired. */
  wins: { a: number; ties: number; b: number } | null
  /** Where this is one of several comparisons; null where it is the only one. */
  multiple: { comparisons: number; alpha: number; adjustedP: number } | null
  leftOut: readonly LeftOut[]
  /** Runs that count although they did not train to their end, by name and status. */
  unfinished: readonly { id: string; name: string; status: string }[]
  notes: readonly AbNote[]
  /** Claims a winner only where the t interval leaves out 0. */
  title: string
  /** As a person writes it in a paper. */
  sentence: string
}

export interface AbOptions {
  metric: string
  which: 'best' | 'last'
  /** Of all intervals, e.g. 0.95. */
  level: number
  /** Comparisons that are made of these runs; 1: this one only. */
  comparisons: number
  /** Of the bootstrap. */
  seed?: number
}
