// What two runs have in common that are the same experiment with another seed.

import { createHash } from 'node:crypto'
import { checkSpec } from '../../engine/spec/parse'
import { flattenSpec } from '../../engine/spec/paths'
import type { ExperimentSpec } from '../../engine/spec/schema'

/** What does not make a design another one. */
const LEFT_OUT: ReadonlySet<string> = new Set(['version', 'name', 'training.seed'])

/** A spec as it is now: one of an earlier version lacks the settings that were added since; they had their defaults. */
export function storedSpec(json: string): ExperimentSpec {
  const stored = JSON.parse(json) as ExperimentSpec
  return checkSpec(stored).spec ?? stored
}

/** SHA-256 of every setting but name and seed, by path. */
export function experimentKey(spec: ExperimentSpec | string): string {
  const settings = Object.entries(flattenSpec(typeof spec === 'string' ? storedSpec(spec) : spec))
    .filter(([path]) => !LEFT_OUT.has(path))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(settings)).digest('hex')
}
