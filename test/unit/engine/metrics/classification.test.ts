import { describe, expect, it } from 'vitest'
import {
  addToConfusion,
  confidenceOf,
  countCorrect,
  predictedClass,
} from '../../../../engine/metrics/classification'

describe('the class that an output says', () => {
  it('is 1 from one half up where there is one output', () => {
    const outputs = Float64Array.of(0.5, 0.4999, -3, 7)
    expect([0, 1, 2, 3].map((row) => predictedClass(outputs, row, 1))).toEqual([1, 0, 0, 1])
  })

  it('is the largest of several, the first of equals', () => {
    const outputs = Float64Array.of(0.1, 0.7, 0.2, 0.4, 0.4, 0.2)
    expect([predictedClass(outputs, 0, 3), predictedClass(outputs, 1, 3)]).toEqual([1, 0])
  })

  it('is none where the output is not a number, and counts as wrong', () => {
    expect(predictedClass(Float64Array.of(NaN), 0, 1)).toBe(-1)
    expect(predictedClass(Float64Array.of(NaN, NaN), 0, 2)).toBe(-1)
    expect(countCorrect(Float64Array.of(NaN), Float64Array.of(0), 1, 1)).toBe(0)
  })

  it('is as sure as its output says', () => {
    expect(confidenceOf(Float64Array.of(0.25), 0, 1, 0)).toBe(0.75)
    expect(confidenceOf(Float64Array.of(0.25), 0, 1, 1)).toBe(0.25)
    expect(confidenceOf(Float64Array.of(0, 0, 0.3, 0.7), 1, 2, 1)).toBe(0.7)
    expect(confidenceOf(Float64Array.of(NaN, NaN), 0, 2, -1)).toBeNaN()
  })
})

describe('counts', () => {
  it('compare outputs with targets encoded alike', () => {
    const targets = Float64Array.of(1, 0, 0, 1, 1, 0)
    expect(countCorrect(Float64Array.of(0.9, 0.1, 0.2, 0.8, 0.3, 0.7), targets, 3, 2)).toBe(2)
    expect(countCorrect(Float64Array.of(0.9, 0.9, 0.9), Float64Array.of(1, 0, 1), 3, 1)).toBe(2)
  })

  it('leave out a class that does not exist', () => {
    const counts = new Uint32Array(4)
    addToConfusion(counts, 2, 0, 1)
    addToConfusion(counts, 2, 0, 2)
    addToConfusion(counts, 2, -1, 0)
    expect([...counts]).toEqual([0, 1, 0, 0])
  })
})
