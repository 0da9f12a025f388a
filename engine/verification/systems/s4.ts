// S4, linearized weights: the ten losses that the document prints, in both precisions, and what they leave out.

import { createSession } from '../../training/session'
import { compare, comparePrinted, EXACT } from '../checks'
import type { Check, CheckPart, Means } from '../checks'
import { gradientCheck, prepared, specOf, trainPreset } from './run'

/** Printed after each epoch: the mean of squares of its last example, before the update. */
const PRINTED = [
  0.1639518888727417, 0.0044892627238109955, 4.7578049267731775e-6, 5.567543772289793e-6, 3.05669317549518e-6,
  2.221313599958404e-6, 1.783741760239858e-6, 1.4484989888879683e-6, 1.1881932321334e-6, 9.855031262001033e-7,
]
const SINGLE = 1e-4
const FIRST_MEAN = '.33647706'
const LAST_MEAN = '2.3e-4'
const DISTANCE = '.55'

function draws(means: Means): Check[] {
  const spec = specOf('s4')
  const data = prepared(spec, means)
  const { weights, biases } = createSession(spec, data).parameters()
  const { teacher } = data.dataset
  const at = (name: string, expected: number, got: number) => compare('S4', name, expected, got, EXACT)
  return [
    at('x[0,0]', 1.764052345967664, data.inputs[0]),
    at('x[0,1]', 0.4001572083672233, data.inputs[1]),
    at('x[0,2]', 0.9787379841057392, data.inputs[2]),
    at('x[999,49]', -1.2508269634858589, data.inputs[999 * 50 + 49]),
    at("the teacher's wt[0]", 0.06604100938626511, teacher?.weights[0] ?? NaN),
    at("the teacher's bt[0]", 2.0830356533600876, teacher?.biases[0] ?? NaN),
    at("the student's w[0]", 0.872728931030381, weights[0]),
    at("the student's b[0]", 0.4421900268732002, biases[0]),
  ]
}

export const S4_PARTS: readonly CheckPart[] = [
  {
    system: 'S4',
    title: 'The ten printed losses',
    isLong: false,
    seconds: 0.5,
    files: [],
    *run(means) {
      const { epochs } = yield* trainPreset('s4', {}, means)
      const single = yield* trainPreset('s4', { 'training.precision': 'float32' }, means)
      const at = (name: string, reached: Record<string, number>[], tolerance: number) =>
        PRINTED.map((expected, i) =>
          compare('S4', `${name} ${i + 1}`, expected, reached[i]['train/mse.last'], tolerance),
        )
      return [
        ...draws(means),
        ...at('last loss of epoch', epochs, EXACT),
        ...at('last loss in float32, epoch', single.epochs, SINGLE),
        comparePrinted('S4', 'mean loss of epoch 1', FIRST_MEAN, epochs[0]['train/mse']),
        comparePrinted('S4', 'mean loss of epoch 10', LAST_MEAN, epochs[9]['train/mse']),
        comparePrinted(
          'S4',
          "distance to the teacher's weights",
          DISTANCE,
          epochs[9]['train/teacher-distance'],
        ),
      ]
    },
  },
  {
    system: 'S4',
    title: 'Gradients',
    isLong: false,
    seconds: 0.5,
    files: [],
    *run(means) {
      return [yield* gradientCheck('S4', 's4', 7, means)]
    },
  },
]
