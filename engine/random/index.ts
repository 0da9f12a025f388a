// Seeded random numbers: the only ones the engine may draw.

export { createRandom } from './xoshiro'
export type { RandomSource, RandomState, ResumableRandom } from './source'
