// Seeded random numbers: the only ones the engine may draw.

export { NumpyGenerator } from './numpy-generator'
export { NumpyLegacyRandom } from './numpy-legacy'
export { createRandom } from './xoshiro'
export type { RandomSource, RandomState, ResumableRandom } from './source'
