// The shape of an activation function as a small path, drawn from the engine's own table.

import { arithmeticOf } from '../../../../engine/math'
import { ACTIVATIONS } from '../../../../engine/network/activations'
import type { ActivationKind } from '../../../../engine/spec/schema'

const POINTS = 49
const REACH = 4
/** Where the kind has a parameter the picture shows one that can be seen. */
const PARAMETERS: Readonly<Record<string, number>> = { 'leaky-relu': 0.2, elu: 1 }

/** A path in a box of `size` with the origin in its middle; '' for kinds that mix several inputs. */
export function activationPath(kind: string, size: number): string {
  const activation = kind in ACTIVATIONS ? ACTIVATIONS[kind as ActivationKind] : null
  if (activation === null || activation.range === 'probabilities') return ''
  const x = Float64Array.from({ length: POINTS }, (_, i) => -REACH + (2 * REACH * i) / (POINTS - 1))
  const y = new Float64Array(POINTS)
  activation.forward(y, x, 1, POINTS, PARAMETERS[kind] ?? 0, arithmeticOf('float64'))
  // Bounded functions are drawn higher than they are: at the scale of x they would be flat lines.
  const isBounded = y.every((value) => Math.abs(value) <= 1)
  const scaleY = isBounded ? size / 2.6 : size / (2 * REACH)
  return Array.from(y, (value, i) => {
    const px = ((x[i] + REACH) / (2 * REACH)) * size
    const py = Math.min(size, Math.max(0, size / 2 - value * scaleY))
    return `${i === 0 ? 'M' : 'L'}${px.toFixed(1)} ${py.toFixed(1)}`
  }).join('')
}
