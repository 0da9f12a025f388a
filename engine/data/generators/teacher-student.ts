// Data made by a network: a student of the same shape can copy its teacher exactly.
// Source: E. Gardner, B. Derrida, "Three unfinished works on the optimal storage capacity of networks" (1989).

import { logistic } from '../../math'
import { createRandom } from '../../random'
import type { ParametersOf } from '../parameters'
import { assertFits, numberedNames, regressionShape } from '../shape'
import type { DataShape, Dataset } from '../types'

function shape({ inputs, outputs }: ParametersOf<'teacher-student'>): DataShape {
  return regressionShape(numberedNames('x', inputs), numberedNames('y', outputs))
}

export const teacherStudent = {
  title: 'Teacher and student',
  description: 'A fixed logistic layer answers random inputs; the student learns to give the same answers.',
  source:
    'E. Gardner, B. Derrida, "Three unfinished works on the optimal storage capacity of networks" (1989)',
  shape,
  /**
   * y = logistic(W x) + noise with W (outputs x inputs) and x standard normal; W is divided by the root of the
   * number of inputs, so that the answers spread over (0, 1) whatever that number is. The teacher has no bias.
   */
  generate(parameters: ParametersOf<'teacher-student'>): Dataset {
    const { samples, inputs: width, outputs, noise, seed } = parameters
    assertFits(samples, shape(parameters), 'Teacher and student')
    const teacher = createRandom(seed, 'data/teacher-student/weights')
    const weights = new Float64Array(outputs * width)
    const norm = Math.sqrt(width)
    for (let i = 0; i < weights.length; i++) weights[i] = teacher.normal() / norm

    const random = createRandom(seed, 'data/teacher-student/examples')
    const inputs = new Float64Array(samples * width)
    const targets = new Float64Array(samples * outputs)
    for (let i = 0; i < samples; i++) {
      for (let c = 0; c < width; c++) inputs[i * width + c] = random.normal()
      for (let o = 0; o < outputs; o++) {
        let z = 0
        for (let c = 0; c < width; c++) z += weights[o * width + c] * inputs[i * width + c]
        targets[i * outputs + o] = logistic(z) + (noise === 0 ? 0 : noise * random.normal())
      }
    }
    return { shape: shape(parameters), count: samples, inputs, targets, testFrom: samples, hash: '' }
  },
}
