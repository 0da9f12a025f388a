// Examples that stand in the spec itself, for checks by hand.

import type { ParametersOf } from '../parameters'
import { numberedNames, regressionShape } from '../shape'
import type { DataShape, Dataset } from '../types'

function shape({ inputs, targets }: ParametersOf<'given'>): DataShape {
  return regressionShape(numberedNames('x', inputs[0].length), numberedNames('t', targets[0].length))
}

export const given = {
  title: 'Given examples',
  description: 'Numbers written into the experiment itself.',
  source: 'Your own',
  shape,
  generate(parameters: ParametersOf<'given'>): Dataset {
    const { inputs, targets } = parameters
    return {
      shape: shape(parameters),
      count: inputs.length,
      inputs: Float64Array.from(inputs.flat()),
      targets: Float64Array.from(targets.flat()),
      testFrom: inputs.length,
      hash: '',
    }
  },
}
