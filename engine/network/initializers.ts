// How weights and biases start. Every draw comes from the layer's own stream of the run's seed, in the order of
// the flat array, so that changing one layer leaves the start of the others as it was.

import type { RandomSource } from '../random/source'
import type { InitializerSpec } from '../spec/schema'
import type { FloatArray } from './arrays'

type Kind = InitializerSpec['kind']
type SpecOf<K extends Kind> = Extract<InitializerSpec, { kind: K }>

export interface Initializer<K extends Kind> {
  doc: { title: string; formula: string; source: string }
  /** The number at `index` of the flat array, for a layer with so many inputs and outputs a cell. */
  draw(spec: SpecOf<K>, inputs: number, outputs: number, random: RandomSource, index: number): number
}

/** Uniform or normal numbers with mean 0 and the given variance; a uniform on (-a, a) has variance a^2/3. */
function withVariance(distribution: 'uniform' | 'normal', variance: number, random: RandomSource): number {
  if (distribution === 'normal') return Math.sqrt(variance) * random.normal()
  return Math.sqrt(3 * variance) * (2 * random.uniform() - 1)
}

export const INITIALIZERS: { readonly [K in Kind]: Initializer<K> } = {
  zeros: { doc: { title: 'Zeros', formula: '0', source: '' }, draw: () => 0 },
  ones: { doc: { title: 'Ones', formula: '1', source: '' }, draw: () => 1 },
  constant: { doc: { title: 'Constant', formula: 'value', source: '' }, draw: (spec) => spec.value },
  uniform: {
    doc: { title: 'Uniform', formula: 'U(minimum, maximum)', source: '' },
    draw: (spec, _inputs, _outputs, random) =>
      spec.minimum + (spec.maximum - spec.minimum) * random.uniform(),
  },
  normal: {
    doc: { title: 'Normal', formula: 'N(mean, standard deviation)', source: '' },
    draw: (spec, _inputs, _outputs, random) => spec.mean + spec.standardDeviation * random.normal(),
  },
  xavier: {
    doc: {
      title: 'Xavier',
      formula: 'variance 2 / (inputs + outputs)',
      source:
        'Glorot and Bengio, Understanding the Difficulty of Training Deep Networks, AISTATS 2010, eq. 16.',
    },
    draw: (spec, inputs, outputs, random) => withVariance(spec.distribution, 2 / (inputs + outputs), random),
  },
  he: {
    doc: {
      title: 'He',
      formula: 'variance 2 / inputs',
      source: 'He, Zhang, Ren and Sun, Delving Deep into Rectifiers, ICCV 2015, eq. 10.',
    },
    draw: (spec, inputs, _outputs, random) => withVariance(spec.distribution, 2 / inputs, random),
  },
  values: {
    doc: { title: 'Given values', formula: 'values[index]', source: '' },
    draw: (spec, _inputs, _outputs, _random, index) => spec.values[index],
  },
}

/** The number at `index` of a flat array. @param inputs, outputs what one cell of the layer is connected to */
export function drawAt<K extends Kind>(
  spec: SpecOf<K>,
  inputs: number,
  outputs: number,
  random: RandomSource,
  index: number,
): number {
  const initializer: Initializer<K> = INITIALIZERS[spec.kind as K]
  return initializer.draw(spec, inputs, outputs, random, index)
}

/**
 * Fills the array.
 * @param inputs, outputs what one cell of the layer is connected to
 * @param from index of array[0] in the layer's own part of the flat array
 */
export function initialize(
  array: FloatArray,
  spec: InitializerSpec,
  inputs: number,
  outputs: number,
  random: RandomSource,
  from = 0,
): void {
  for (let i = 0; i < array.length; i++) array[i] = drawAt(spec, inputs, outputs, random, from + i)
}
