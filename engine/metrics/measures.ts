// What can be measured on the training part beside its loss: of each example as it is trained on, before its update,
// or of the model at the end of an epoch. An epoch reports the mean over its examples, or with ".last" the value of
// its last example alone.

import type { FloatArray } from '../network/arrays'
import type { MeasureName } from '../spec/schema'

/** Measure of one example from `width` outputs and targets that begin at `start`. */
type OfExample = (outputs: FloatArray, targets: FloatArray, start: number, width: number) => number

export interface Measure {
  doc: { title: string; formula: string; source: string }
  /** Null where it is no sum over outputs: the loss itself, and what is measured of the model. */
  ofExample: OfExample | null
  statistic: 'mean' | 'last' | 'epoch-end'
}

const sum =
  (term: (error: number) => number): OfExample =>
  (outputs, targets, start, width) => {
    let total = 0
    for (let i = start; i < start + width; i++) total += term(outputs[i] - targets[i])
    return total
  }
const mean =
  (term: (error: number) => number): OfExample =>
  (outputs, targets, start, width) =>
    sum(term)(outputs, targets, start, width) / width

const square = (e: number): number => e * e

const OF_EXAMPLE = {
  'half-sse': {
    doc: { title: 'Half sum of squares', formula: '1/2 sum (y - t)^2', source: '' },
    ofExample: (y: FloatArray, t: FloatArray, start: number, width: number) =>
      0.5 * sum(square)(y, t, start, width),
  },
  sse: { doc: { title: 'Sum of squares', formula: 'sum (y - t)^2', source: '' }, ofExample: sum(square) },
  mse: {
    doc: { title: 'Mean of squares', formula: '1/n sum (y - t)^2', source: '' },
    ofExample: mean(square),
  },
  mae: {
    doc: { title: 'Mean absolute error', formula: '1/n sum |y - t|', source: '' },
    ofExample: mean(Math.abs),
  },
  'quartic-error': {
    doc: {
      title: 'Root of the mean fourth power',
      formula: 'sqrt(1/n sum (y - t)^4)',
      source: 'What simple-net logs, https://github.com/jaumecolomhernandez/simple-net',
    },
    ofExample: (y: FloatArray, t: FloatArray, start: number, width: number) =>
      Math.sqrt(mean((e) => square(square(e)))(y, t, start, width)),
  },
} as const

const ofEach = (name: keyof typeof OF_EXAMPLE): Measure => ({ ...OF_EXAMPLE[name], statistic: 'mean' })
const ofLast = (name: keyof typeof OF_EXAMPLE): Measure => {
  const { doc, ofExample } = OF_EXAMPLE[name]
  return { doc: { ...doc, title: `${doc.title}, last example` }, ofExample, statistic: 'last' }
}

export const MEASURE_TABLE: Readonly<Record<MeasureName, Measure>> = {
  'loss.last': {
    doc: { title: 'Loss, last example', formula: 'L of the last example of the epoch', source: '' },
    ofExample: null,
    statistic: 'last',
  },
  'half-sse': ofEach('half-sse'),
  sse: ofEach('sse'),
  mse: ofEach('mse'),
  mae: ofEach('mae'),
  'quartic-error': ofEach('quartic-error'),
  'half-sse.last': ofLast('half-sse'),
  'sse.last': ofLast('sse'),
  'mse.last': ofLast('mse'),
  'mae.last': ofLast('mae'),
  'quartic-error.last': ofLast('quartic-error'),
  /** How far the weights are from those that made the data; 0 where the student has become its teacher. */
  'teacher-distance': {
    doc: {
      title: "Distance to the teacher's weights",
      formula: 'max |w - w_teacher| at the end of the epoch, biases not counted',
      source: '',
    },
    ofExample: null,
    statistic: 'epoch-end',
  },
}

/** Largest absolute difference; NaN where either holds one. */
export function largestDifference(a: FloatArray, b: FloatArray): number {
  let largest = 0
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i])
    if (!(difference <= largest)) largest = difference
    if (Number.isNaN(largest)) return NaN
  }
  return largest
}
