// S1, simple-net: 300,000 steps of the autoencoder, in the bins that its author printed.

import { ownInputs } from '../../data/inputs'
import type { CheckPart } from '../checks'
import { compare, comparePrinted, EXACT } from '../checks'
import { log } from '../../math'
import { gradientCheck, specOf, trainPreset } from './run'

/** Bins of 1,000 steps: log10 of the mean error. Keyed by the bin, from 1. */
const BINS = { 1: '-.4844', 10: '-1.5836', 50: '-3.0866', 100: '-3.3714', 300: '-3.9088' } as const
/** Keeps the logarithm of an error of 0 finite, as the author's plot does. */
const SMALLEST = 1e-10

export const S1_PARTS: readonly CheckPart[] = [
  {
    system: 'S1',
    title: 'The autoencoder, 300,000 steps',
    isLong: false,
    seconds: 3,
    files: [],
    *run(means) {
      const first = yield* trainPreset(
        's1',
        { 'training.epochs': 1, 'training.sampling.stepsPerEpoch': 1 },
        means,
      )
      const { epochs, session } = yield* trainPreset('s1', {}, means)
      const dataset = means.load(specOf('s1').dataset)
      const inputs = ownInputs(dataset.inputs, 0, dataset.inputs.length)
      const outputs = session.predict(inputs)
      let squares = 0
      let right = 0
      outputs.forEach((output, i) => {
        squares += (output - inputs[i]) ** 2
        if (output > 0 === inputs[i] > 0) right++
      })
      return [
        compare('S1', 'first error', 0.8371737368639269, first.epochs[0]['train/quartic-error'], EXACT),
        ...Object.entries(BINS).map(([bin, printed]) =>
          comparePrinted(
            'S1',
            `log10 error, bin ${bin}`,
            printed,
            log(epochs[Number(bin) - 1]['train/quartic-error'] + SMALLEST) / log(10),
          ),
        ),
        comparePrinted(
          'S1',
          'mean squared error of all patterns at the end',
          '7.96936e-5',
          squares / inputs.length,
        ),
        compare('S1', 'cells on the right side, of 162', 162, right, 0),
      ]
    },
  },
  {
    system: 'S1',
    title: 'Gradients',
    isLong: false,
    seconds: 0.5,
    files: [],
    *run(means) {
      return [yield* gradientCheck('S1', 's1', 7, means)]
    },
  },
]
