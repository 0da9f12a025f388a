// What an optimizer makes of one gradient, as LaTeX: its lines in symbols, and the same with the numbers in them.

import type { ParameterTrace, TracedPlace } from '../../../engine/microscope/types'
import type { OptimizerSpec } from '../../../engine/spec/schema'
import {
  texAdded,
  texAddedProduct,
  texBroken,
  texFactor,
  texLines,
  texNumber,
  texProduct,
} from './tex-number'

const tex = String.raw
const n = texNumber

export interface UpdateTex {
  symbols: string
  numbers: string
}

/** One line of an update: in symbols and in numbers. " = " before the result, where the line may be broken. */
type Line = readonly [symbols: string, numbers: string]

/** @param w the parameter's symbol, e.g. "w_{1,2}" */
export function updateTex(
  optimizer: OptimizerSpec,
  parameter: ParameterTrace,
  place: TracedPlace,
  w: string,
): UpdateTex {
  const lines = [...gradientLines(optimizer, parameter, w), ...stepLines(optimizer, parameter, place, w)]
  return {
    symbols: texLines(lines.map(([symbols]) => symbols)),
    numbers: texLines(lines.flatMap(([, numbers]) => texBroken(numbers))),
  }
}

/** g: after clipping, with weight decay. AdamW takes the decay off the weight itself. */
function givenGradient({ kind }: OptimizerSpec, { clipped, value, decay }: ParameterTrace): number {
  return decay === 0 || kind === 'adamw' ? clipped : clipped + decay * value
}

function gradientLines(optimizer: OptimizerSpec, parameter: ParameterTrace, w: string): Line[] {
  const { gradient, clipped, decay, value } = parameter
  const lines: Line[] = []
  const slope = tex`\tfrac{\partial E}{\partial ${w}}`
  const isClipped = clipped !== gradient
  const isDecayed = decay !== 0 && optimizer.kind !== 'adamw'
  const { gradientClip: clip } = optimizer
  if (isClipped && clip !== null) {
    const limit = n(clip.threshold)
    lines.push(
      clip.kind === 'norm'
        ? [
            tex`c &= ${slope} \cdot \tfrac{\tau}{\lVert \nabla E \rVert}`,
            tex`c &= ${n(clipped)} \quad (\tau = ${limit})`,
          ]
        : [tex`c &= ${slope} \text{ cut at } \pm\tau`, tex`c &= ${n(clipped)} \quad (\tau = ${limit})`],
    )
  }
  const raw = isClipped ? 'c' : slope
  const given = givenGradient(optimizer, parameter)
  if (isDecayed) {
    lines.push([
      tex`g &= ${raw} + \lambda ${w}`,
      tex`g &= ${n(clipped)} ${texAddedProduct(decay, value)} = ${n(given)}`,
    ])
  } else lines.push([tex`g &= ${raw}`, tex`g &= ${n(given)}`])
  return lines
}

function stepLines(
  optimizer: OptimizerSpec,
  parameter: ParameterTrace,
  { learningRate: eta, step }: TracedPlace,
  w: string,
): Line[] {
  const { value, moments, decay } = parameter
  const updated = parameter.updated ?? NaN
  const g = givenGradient(optimizer, parameter)
  const t = step + 1
  /** w <- w - eta times something. */
  const last = (symbols: string, numbers: string): Line => [
    tex`${w} &\leftarrow ${w} - \eta\, ${symbols}`,
    tex`${w} &\leftarrow ${n(value)} - ${n(eta)} \cdot ${numbers} = ${n(updated)}`,
  ]
  switch (optimizer.kind) {
    case 'sgd':
      return optimizer.direction === 'ascent'
        ? [
            [
              tex`${w} &\leftarrow ${w} + \eta\, g`,
              tex`${w} &\leftarrow ${n(value)} ${texAddedProduct(eta, g)} = ${n(updated)}`,
            ],
          ]
        : [last('g', texFactor(g))]
    case 'momentum':
    case 'nesterov': {
      const [v] = moments
      const mu = optimizer.momentum
      const velocity: Line = [
        tex`v &\leftarrow \mu v + g`,
        tex`v &\leftarrow ${texProduct(mu, v.before)} ${texAdded(g)} = ${n(v.after)}`,
      ]
      if (optimizer.kind === 'momentum') return [velocity, last('v', texFactor(v.after))]
      return [velocity, last(tex`(g + \mu v)`, tex`(${n(g)} ${texAddedProduct(mu, v.after)})`)]
    }
    case 'rmsprop': {
      const [v] = moments
      const rho = optimizer.decay
      return [
        [
          tex`v &\leftarrow \rho v + (1 - \rho)\, g^2`,
          tex`v &\leftarrow ${texProduct(rho, v.before)} + ${n(1 - rho)} \cdot (${n(g)})^2 = ${n(v.after)}`,
        ],
        last(
          tex`\frac{g}{\sqrt{v} + \varepsilon}`,
          tex`\frac{${n(g)}}{\sqrt{${n(v.after)}} + ${n(optimizer.epsilon)}}`,
        ),
      ]
    }
    case 'adam':
    case 'adamw': {
      const [m, v] = moments
      const { beta1, beta2, epsilon } = optimizer
      const [mean, square] = [m.after / (1 - beta1 ** t), v.after / (1 - beta2 ** t)]
      const lines: Line[] = [
        [
          tex`m &\leftarrow \beta_1 m + (1 - \beta_1)\, g`,
          tex`m &\leftarrow ${texProduct(beta1, m.before)} ${texAddedProduct(1 - beta1, g)} = ${n(m.after)}`,
        ],
        [
          tex`v &\leftarrow \beta_2 v + (1 - \beta_2)\, g^2`,
          tex`v &\leftarrow ${texProduct(beta2, v.before)} + ${n(1 - beta2)} \cdot (${n(g)})^2 = ${n(v.after)}`,
        ],
        [
          tex`\hat m &= \tfrac{m}{1 - \beta_1^t}, \;\; \hat v = \tfrac{v}{1 - \beta_2^t}`,
          tex`\hat m &= ${n(mean)}, \;\; \hat v = ${n(square)} \quad (t = ${t})`,
        ],
      ]
      const share = tex`\frac{\hat m}{\sqrt{\hat v} + \varepsilon}`
      const shareNumbers = tex`\frac{${n(mean)}}{\sqrt{${n(square)}} + ${n(epsilon)}}`
      if (optimizer.kind === 'adam' || decay === 0) return [...lines, last(share, shareNumbers)]
      return [
        ...lines,
        [
          tex`${w} &\leftarrow (1 - \eta\lambda)\, ${w} - \eta\, ${share}`,
          tex`${w} &\leftarrow ${n(1 - eta * decay)} \cdot ${texFactor(value)} - ${n(eta)} \cdot ${shareNumbers} = ${n(updated)}`,
        ],
      ]
    }
  }
}
