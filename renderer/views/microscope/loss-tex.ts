// Losses and their derivatives as LaTeX: in symbols, and with the numbers of one example in them.

import type { TracedLoss } from '../../../engine/microscope/types'
import type { LossSpec } from '../../../engine/spec/schema'
import { texFactor, texLines, texNumber } from './tex-number'

const tex = String.raw
const n = texNumber
/** More outputs than this are not written out one by one. */
const WRITTEN_OUTPUTS = 3

interface LossTex {
  /** E in symbols. y: the letter of the predictions. */
  value(y: string, count: number): string
  /** What one output adds to E, before a mean is taken. */
  share(y: number, t: number, parameter: number): string
  /** dE/dy_j in symbols. */
  slope(y: string, t: string): string
  slopeNumbers(y: number, t: number, parameter: number): string
  isMean: boolean
}

const difference = (y: number, t: number): string => tex`${n(y)} ${t < 0 ? `+ ${n(-t)}` : `- ${n(t)}`}`
const sum = (isMean: boolean): string => (isMean ? tex`\frac{1}{n} \sum_j ` : tex`\sum_j `)

const LOSS_TEX: Readonly<Record<LossSpec['kind'], LossTex>> = {
  'half-sse': {
    value: (y) => tex`\tfrac12 \sum_j (${y}_j - t_j)^2`,
    share: (y, t) => tex`\tfrac12 (${difference(y, t)})^2`,
    slope: (y, t) => tex`${y} - ${t}`,
    slopeNumbers: (y, t) => difference(y, t),
    isMean: false,
  },
  sse: {
    value: (y) => tex`\sum_j (${y}_j - t_j)^2`,
    share: (y, t) => tex`(${difference(y, t)})^2`,
    slope: (y, t) => tex`2 (${y} - ${t})`,
    slopeNumbers: (y, t) => tex`2 \cdot (${difference(y, t)})`,
    isMean: false,
  },
  mse: {
    value: (y) => tex`${sum(true)} (${y}_j - t_j)^2`,
    share: (y, t) => tex`(${difference(y, t)})^2`,
    slope: (y, t) => tex`2 (${y} - ${t})`,
    slopeNumbers: (y, t) => tex`2 \cdot (${difference(y, t)})`,
    isMean: true,
  },
  mae: {
    value: (y) => tex`${sum(true)} |${y}_j - t_j|`,
    share: (y, t) => tex`|${difference(y, t)}|`,
    slope: (y, t) => tex`\operatorname{sign}(${y} - ${t})`,
    slopeNumbers: (y, t) => tex`\operatorname{sign}(${difference(y, t)})`,
    isMean: true,
  },
  huber: {
    value: (y) =>
      tex`${sum(true)} h(${y}_j - t_j), \;\; h(e) = \tfrac12 e^2 \text{ or } d\,(|e| - \tfrac{d}{2})`,
    share: (y, t) => tex`h(${difference(y, t)})`,
    slope: (y, t) => tex`(${y} - ${t}) \text{ cut at } \pm d`,
    slopeNumbers: (y, t, d) => tex`(${difference(y, t)}) \text{ cut at } \pm ${n(d)}`,
    isMean: true,
  },
  'binary-cross-entropy': {
    value: (y, count) =>
      count === 1
        ? tex`-\bigl(t \ln ${y} + (1 - t) \ln (1 - ${y})\bigr)`
        : tex`-${sum(true)} \bigl(t_j \ln ${y}_j + (1 - t_j) \ln (1 - ${y}_j)\bigr)`,
    share: (y, t) => (t === 1 ? tex`-\ln ${n(y)}` : t === 0 ? tex`-\ln (1 - ${n(y)})` : crossEntropy(y, t)),
    slope: (y, t) => tex`\frac{${y} - ${t}}{${y} (1 - ${y})}`,
    slopeNumbers: (y, t) => tex`\frac{${difference(y, t)}}{${n(y)} \cdot (1 - ${texFactor(y)})}`,
    isMean: true,
  },
  'categorical-cross-entropy': {
    value: (y) => tex`-\sum_j t_j \ln ${y}_j`,
    share: (y, t) => (t === 1 ? tex`-\ln ${n(y)}` : tex`- ${n(t)} \ln ${n(y)}`),
    slope: (y, t) => tex`-\frac{${t}}{${y}}`,
    slopeNumbers: (y, t) => tex`-\frac{${n(t)}}{${n(y)}}`,
    isMean: false,
  },
}

function crossEntropy(y: number, t: number): string {
  return tex`-\bigl(${n(t)} \ln ${n(y)} + ${n(1 - t)} \ln ${n(1 - y)}\bigr)`
}

/** The predictions are called p where the last layer's outputs are logits. */
export function predictionLetter({ link }: TracedLoss): 'y' | 'p' {
  return link !== null && !link.isOwn ? 'p' : 'y'
}

function parameterOf(spec: LossSpec): number {
  return spec.kind === 'huber' ? spec.delta : 0
}

export function lossSymbols(loss: TracedLoss): string {
  return `E = ${LOSS_TEX[loss.spec.kind].value(predictionLetter(loss), loss.outputs.length)}`
}

/** E with all outputs in it where they are few; what is 0 by a target of 0 is left out. */
export function lossNumbers({ spec, outputs, targets, value }: TracedLoss): string {
  const { share, isMean } = LOSS_TEX[spec.kind]
  const count = outputs.length
  const all = Array.from(outputs, (_, j) => j)
  const counting = spec.kind === 'categorical-cross-entropy' ? all.filter((j) => targets[j] !== 0) : all
  if (counting.length > WRITTEN_OUTPUTS) return `E = ${n(value)}`
  const shares = counting.map((j) => share(outputs[j], targets[j], parameterOf(spec)))
  const joined = shares.map((part, at) =>
    at === 0 ? part : part.startsWith('-') ? ` ${part}` : ` + ${part}`,
  )
  const isDivided = isMean && count > 1
  const inside = joined.join('')
  const whole = isDivided ? tex`\tfrac{1}{${count}} \bigl( ${inside} \bigr)` : inside
  return shares.length > 1 && !isDivided && inside.length > 48
    ? texLines([`E &= ${joined[0]}`, ...joined.slice(1).map((part) => tex`&\quad ${part}`), `&= ${n(value)}`])
    : texLines([`E &= ${whole}`, `&= ${n(value)}`])
}

/** Where the loss is compiled with the activation, the difference stands for both derivatives. */
function slopeKind(loss: TracedLoss): LossTex {
  if (loss.link === null) return LOSS_TEX[loss.spec.kind]
  return { ...LOSS_TEX['half-sse'], isMean: loss.spec.kind === 'binary-cross-entropy' }
}

/** dE/dy_j, or delta_j where both are one. @param j number of the output, from 1 */
export function lossSlopeSymbols(loss: TracedLoss, j: number): string {
  const { slope, isMean } = slopeKind(loss)
  const text = slope(`${predictionLetter(loss)}_{${j}}`, `t_{${j}}`)
  return isMean && loss.outputs.length > 1 ? tex`\frac{1}{n} \Bigl( ${text} \Bigr)` : text
}

export function lossSlopeNumbers(loss: TracedLoss, j: number): string {
  const { slopeNumbers, isMean } = slopeKind(loss)
  const text = slopeNumbers(loss.outputs[j - 1], loss.targets[j - 1], parameterOf(loss.spec))
  const count = loss.outputs.length
  return isMean && count > 1 ? tex`\tfrac{1}{${count}} \Bigl( ${text} \Bigr)` : text
}
