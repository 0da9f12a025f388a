// Verifies the five systems: every figure that is known from elsewhere, recomputed by the engine that trains.

import { DescentError } from '../errors'
import { SOURCE_SYSTEMS } from '../presets/sources/types'
import type { SourceSystem } from '../presets/sources/types'
import type { DatasetSpec } from '../spec/schema'
import type { Check, CheckPart, Means } from './checks'
import { S0_PARTS } from './systems/s0'
import { S1_PARTS } from './systems/s1'
import { S2_PARTS } from './systems/s2'
import { S3_PARTS } from './systems/s3'
import { S4_PARTS } from './systems/s4'

export type { Check } from './checks'

const PARTS: readonly CheckPart[] = [...S0_PARTS, ...S1_PARTS, ...S2_PARTS, ...S3_PARTS, ...S4_PARTS]

export interface Verification {
  checks: readonly Check[]
  passed: number
  failed: number
  /** Titles of the parts that a quick verification left out. */
  leftOut: readonly string[]
}

export interface VerificationProgress {
  done: number
  total: number
  /** What is computed now, e.g. "S3 The disc, 12,000 epochs". */
  text: string
}

const nameOf = ({ system, title }: CheckPart): string => `${system} ${title}`

function chosen(
  systems: readonly SourceSystem[],
  isQuick: boolean,
): { parts: CheckPart[]; leftOut: string[] } {
  const ofSystems = PARTS.filter(({ system }) => systems.includes(system))
  return {
    parts: ofSystems.filter(({ isLong }) => !isQuick || !isLong),
    leftOut: isQuick ? ofSystems.filter(({ isLong }) => isLong).map(nameOf) : [],
  }
}

/** Data sets that have to be read before verify() can run; the generated ones it makes itself. */
export function filesToVerify(systems: readonly SourceSystem[], isQuick: boolean): DatasetSpec[] {
  const specs = chosen(systems, isQuick).parts.flatMap(({ files }) => files)
  return [...new Map(specs.map((spec) => [JSON.stringify(spec), spec])).values()]
}

/**
 * Yields after each bounded piece of work.
 *
 * @param systems in any order; all of them for an empty list
 * @param means its load() gives the data sets of filesToVerify, and generated ones
 */
export function* verify(
  systems: readonly SourceSystem[],
  isQuick: boolean,
  means: Means,
): Generator<VerificationProgress, Verification> {
  const { parts, leftOut } = chosen(systems, isQuick)
  const total = parts.reduce((sum, { seconds }) => sum + seconds, 0)
  const checks: Check[] = []
  let before = 0
  for (const part of parts) {
    const text = nameOf(part)
    const steps = part.run(means)
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) {
        checks.push(...step.value)
        break
      }
      yield { done: before + step.value * part.seconds, total, text }
    }
    before += part.seconds
  }
  const passed = checks.filter(({ pass }) => pass).length
  return { checks, passed, failed: checks.length - passed, leftOut }
}

/** @throws DescentError('bad-input') for anything but S0 to S4, in either case */
export function parseSystems(names: readonly string[]): SourceSystem[] {
  if (names.length === 0) return [...SOURCE_SYSTEMS]
  return names.map((name) => {
    const found = SOURCE_SYSTEMS.find((system) => system === name.toUpperCase())
    if (found !== undefined) return found
    throw new DescentError(
      'bad-input',
      `"${name}" is none of the systems.`,
      `Name some of ${SOURCE_SYSTEMS.join(', ')}, or none for all of them.`,
    )
  })
}
