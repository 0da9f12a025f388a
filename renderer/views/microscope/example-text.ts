// What an example is and what the network makes of it, in words.

import type { Trace } from '../../../engine/microscope/types'
import { formatPercent } from '../../format'
import { plainNumber } from './layer-names'

/** At least 3 x 3 numbers with rows and columns. */
export function isImage({ example }: Trace): boolean {
  const [rows, columns] = example.inputShape
  return example.inputShape.length >= 2 && rows > 2 && columns > 2
}

/** "x 0.05, y 0.1": in the data's own units, the first `limit` of them. */
export function exampleValues({ example }: Trace, limit: number): string {
  const { ownInputs, inputNames } = example
  const shown = [...ownInputs.slice(0, limit)].map((value, i) => {
    const name = inputNames[i]
    return name === undefined ? plainNumber(value, 4) : `${name} ${plainNumber(value, 4)}`
  })
  return shown.join(', ') + (ownInputs.length > shown.length ? ', …' : '')
}

export interface ExampleResult {
  target: string
  output: string
  isWrong: boolean
}

export function exampleResult(trace: Trace): ExampleResult {
  const { example, loss } = trace
  const { trueClass } = example
  if (trueClass === null) {
    const list = (values: ArrayLike<number>) =>
      Array.from({ length: Math.min(3, values.length) }, (_, i) => plainNumber(values[i], 4)).join(', ') +
      (values.length > 3 ? ', …' : '')
    return { target: `target ${list(loss.targets)}`, output: `output ${list(loss.outputs)}`, isWrong: false }
  }
  const name = (index: number) => example.classNames[index] ?? String(index)
  const { outputs } = loss
  const isOne = outputs.length === 1
  const predicted = isOne ? (outputs[0] >= 0.5 ? 1 : 0) : outputs.indexOf(Math.max(...outputs))
  const share = isOne ? (predicted === 1 ? outputs[0] : 1 - outputs[0]) : outputs[predicted]
  const sure = share >= 0 && share <= 1 ? ` (${formatPercent(share, 1)} %)` : ''
  return {
    target: `class ${name(trueClass)}`,
    output: `predicted ${name(predicted)}${sure}`,
    isWrong: predicted !== trueClass,
  }
}
