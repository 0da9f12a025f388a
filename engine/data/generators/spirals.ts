// Two intertwined spirals, hard for small networks.
// Source: K. Lang, M. Witbrock, "Learning to tell two spirals apart" (1988).
// Deviation: points are drawn at random along Archimedean arms, as many to every length of arm.

import { cos, sin } from '../../math'
import type { ParametersOf } from '../parameters'
import type { Dataset } from '../types'
import { drawPoints, planeShape } from './two-dimensional'

const SHAPE = planeShape(['first arm', 'second arm'])

/** Where an arm begins, as a share of its full radius; at the centre the arms would touch. */
const START = 0.1

export const spirals = {
  title: 'Two spirals',
  description: 'Two arms wound around each other, with noise.',
  source: 'K. Lang, M. Witbrock, "Learning to tell two spirals apart" (1988)',
  shape: () => SHAPE,
  /**
   * Radius 2 turns t at angle 2 pi turns t, the second arm half a turn ahead; t from 0.1 to 1. Neighbouring arms
   * are 1 apart, so that `noise`, the standard deviation added to each coordinate, is a share of that distance.
   */
  generate({ samples, noise, turns, seed }: ParametersOf<'spirals'>): Dataset {
    return drawPoints('data/spirals', samples, seed, SHAPE, (random, label, _index, out) => {
      // The arm gets longer in proportion to t, hence the root: equal chances for equal lengths of arm.
      const t = Math.sqrt(START * START + (1 - START * START) * random.uniform())
      const radius = 2 * turns * t
      const angle = 2 * Math.PI * turns * t + label * Math.PI
      out[0] = radius * cos(angle) + noise * random.normal()
      out[1] = radius * sin(angle) + noise * random.normal()
    })
  },
}
