// Which class an output says, and how often that is right. Outputs are rows x width.

import type { FloatArray } from '../network/arrays'

/**
 * The class that row `row` says: one output says class 1 from 1/2 up, several say the largest, the first of
 * equals. -1 where the output is not a number, which equals no class.
 */
export function predictedClass(outputs: FloatArray, row: number, width: number): number {
  const start = row * width
  if (width === 1) {
    const output = outputs[start]
    return output >= 0.5 ? 1 : output < 0.5 ? 0 : -1
  }
  let best = -1
  let largest = -Infinity
  for (let i = 0; i < width; i++) {
    if (outputs[start + i] > largest) {
      largest = outputs[start + i]
      best = i
    }
  }
  return best
}

/** How sure row `row` is of the class it says: that class's output. */
export function confidenceOf(outputs: FloatArray, row: number, width: number, predicted: number): number {
  if (width === 1) return predicted === 1 ? outputs[row] : 1 - outputs[row]
  return predicted < 0 ? NaN : outputs[row * width + predicted]
}

/** How many of the first `rows` rows say the class of their target, encoded like the outputs. */
export function countCorrect(outputs: FloatArray, targets: FloatArray, rows: number, width: number): number {
  let correct = 0
  for (let row = 0; row < rows; row++) {
    const predicted = predictedClass(outputs, row, width)
    if (predicted >= 0 && predicted === predictedClass(targets, row, width)) correct++
  }
  return correct
}

/** Adds one example to counts of (true class, predicted class), classes x classes, row = true class. */
export function addToConfusion(counts: Uint32Array, classes: number, truth: number, predicted: number): void {
  if (truth >= 0 && truth < classes && predicted >= 0 && predicted < classes)
    counts[truth * classes + predicted]++
}
