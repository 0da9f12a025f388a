// Specs for the command line's tests: short runs, endless ones, diverging ones.

import { PRESETS } from '../../../engine/presets'

const moons = PRESETS.find(({ id }) => id === 'moons')!.spec

export const SHORT_SPEC = { ...moons, name: 'short', training: { epochs: 3, batchSize: 32, seed: 1 } }
/** Goes on until it is stopped. */
export const ENDLESS_SPEC = {
  ...moons,
  name: 'endless',
  training: { epochs: 1_000_000, batchSize: 32, seed: 1 },
}
export const DIVERGING_SPEC = {
  ...PRESETS.find(({ id }) => id === 'sine')!.spec,
  name: 'diverging',
  optimizer: { kind: 'sgd', learningRate: 1e6 },
}
