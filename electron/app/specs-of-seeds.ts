// One design as the runs of several seeds, each named after its own.

import { DescentError } from '../../engine/errors'
import { LIMITS, type ExperimentSpec } from '../../engine/spec/schema'

/** @throws DescentError 'bad-input' where a name becomes too long */
export function specsOfSeeds(spec: ExperimentSpec, seeds: readonly number[]): ExperimentSpec[] {
  return seeds.map((seed) => {
    const name = `${spec.name} seed ${seed}`
    if (name.length > LIMITS.nameLength) {
      throw new DescentError(
        'bad-input',
        `The name "${name}" has ${name.length} characters; a run's name has ${LIMITS.nameLength} at most.`,
        `Shorten the experiment's name by ${name.length - LIMITS.nameLength} characters.`,
      )
    }
    return { ...spec, name, training: { ...spec.training, seed } }
  })
}
