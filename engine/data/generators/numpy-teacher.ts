// Teacher and student as a notebook with numpy.random.seed draws them: first all inputs, then the teacher. What the
// same stream gives next are the student's starting parameters (training.random of kind numpy-legacy, after-data).
// Source: the document "Linearized Weight Representation in Neural Networks", section "Input and Weight Initialization".

import { logistic } from '../../math'
import { NumpyLegacyRandom } from '../../random'
import type { ParametersOf } from '../parameters'
import { assertFits, numberedNames, regressionShape } from '../shape'
import type { DataShape, Dataset } from '../types'

function shape({ inputs, outputs }: ParametersOf<'numpy-teacher'>): DataShape {
  return regressionShape(numberedNames('x', inputs), numberedNames('y', outputs))
}

export const numpyTeacher = {
  title: 'Teacher and student, NumPy',
  description: 'A logistic layer answers normal inputs, both drawn as NumPy draws them after a seed.',
  source: 'The document "Linearized Weight Representation in Neural Networks"',
  shape,
  /**
   * x = randn(samples, inputs), w = randn(inputs outputs), b = randn(outputs); y_j = logistic(sum of x_i w_ij + b_j)
   * with w_ij at i outputs + j, summed over i ascending and the bias added last.
   */
  generate(parameters: ParametersOf<'numpy-teacher'>): Dataset {
    const { samples, inputs: width, outputs, seed } = parameters
    assertFits(samples, shape(parameters), 'Teacher and student')
    const random = new NumpyLegacyRandom(seed)
    const draw = (count: number) => Float64Array.from({ length: count }, () => random.normal())
    const inputs = draw(samples * width)
    const drawn = draw(width * outputs)
    const biases = draw(outputs)
    // Row by row as drawn; here the weights of one output stand together.
    const weights = new Float64Array(drawn.length)
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < outputs; j++) weights[i + width * j] = drawn[i * outputs + j]
    }
    const targets = new Float64Array(samples * outputs)
    for (let n = 0; n < samples; n++) {
      for (let j = 0; j < outputs; j++) {
        let z = 0
        for (let i = 0; i < width; i++) z += inputs[n * width + i] * weights[i + width * j]
        targets[n * outputs + j] = logistic(z + biases[j])
      }
    }
    return {
      shape: shape(parameters),
      count: samples,
      inputs,
      targets,
      testFrom: samples,
      randomState: random.exportState(),
      teacher: { weights, biases },
      hash: '',
    }
  },
}
