// One line of the proof that the five systems are right: a figure that is known from elsewhere, what this engine
// gives, and how far apart they may be.

import type { DatasetSpec, TrainingSpec } from '../spec/schema'
import type { Dataset } from '../data/types'
import type { Compute } from '../kernels/program/kernel'
import type { SourceSystem } from '../presets/sources/types'

export interface Check {
  system: SourceSystem
  /** What is compared, e.g. "loss, epoch 10". */
  check: string
  expected: number
  got: number
  /** |got - expected| / |expected|; |got| where 0 is expected. */
  relativeError: number
  /** The largest relative error that passes; 0 asks for the very number. */
  tolerance: number
  pass: boolean
  /** Why the tolerance is what it is, where that is not plain. */
  note?: string
}

/** How far a part is, from 0 to 1. */
export type Share = number

/** Checks that are computed together, in bounded steps. */
/** What the host lends the checks. */
export interface Means {
  /** Numbers of a data set, made or read. */
  load(spec: DatasetSpec): Dataset
  /** The kernel that a training gets; null: the reference. */
  compute(training: TrainingSpec): Compute | null
}

export interface CheckPart {
  system: SourceSystem
  title: string
  /** Left out by a quick verification. */
  isLong: boolean
  /** About how much of the whole time it takes: seconds on a small machine. */
  seconds: number
  /** Data that has to be read from files first. */
  files: readonly DatasetSpec[]
  run(means: Means): Generator<Share, Check[]>
}

/** Float64 sums in another order than the reference's, and elementary functions that differ in the last place. */
export const EXACT = 1e-12

export function relativeErrorOf(expected: number, got: number): number {
  const difference = Math.abs(got - expected)
  return expected === 0 ? difference : difference / Math.abs(expected)
}

/** A comparison of two numbers. NaN passes nothing. */
export function compare(
  system: SourceSystem,
  check: string,
  expected: number,
  got: number,
  tolerance: number,
  note?: string,
): Check {
  const relativeError = relativeErrorOf(expected, got)
  const pass = relativeError <= tolerance
  return {
    system,
    check,
    expected,
    got,
    relativeError,
    tolerance,
    pass,
    ...(note === undefined ? {} : { note }),
  }
}

/** A figure as printed: it holds to half of its last digit, and to what rounding the quotient adds. */
export function comparePrinted(system: SourceSystem, check: string, printed: string, got: number): Check {
  const expected = Number(printed)
  const [mantissa, exponent = '0'] = printed.toLowerCase().split('e')
  const decimals = (mantissa.split('.')[1] ?? '').length
  const half = 0.5 * 10 ** (Number(exponent) - decimals)
  return compare(system, check, expected, got, (half / Math.abs(expected)) * (1 + 1e-6))
}

/** Something that is so or not: 1 is expected. */
export function holds(system: SourceSystem, check: string, isSo: boolean, note?: string): Check {
  return compare(system, check, 1, isSo ? 1 : 0, 0, note)
}
