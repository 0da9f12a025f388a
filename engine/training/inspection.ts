// Pictures of what the model does with its data now: a surface over a plane, a fit, or a confusion table.
// They use the network's scratch between two steps and change nothing that training reads.

import { ownInput } from '../data/inputs'
import type { PreparedData } from '../data/prepared'
import { addToConfusion, confidenceOf, predictedClass } from '../metrics/classification'
import { loadRawInputs } from './batches'
import { classCount, evenlySpaced } from './inspected-model'
import type { InspectedModel, Visit } from './inspected-model'
import { collectorsFor } from './inspection-extras'
import type { Confusion, ExtraPicture, Fit, Inspection, Judged, Surface } from './types'

export type { InspectedModel } from './inspected-model'

export const SURFACE_COLUMNS = 64
export const SURFACE_ROWS = 48
const CURVE_POINTS = 200
const MAXIMUM_MISTAKES = 36
/** Of the data's extent, added on every side of a surface. */
const MARGIN = 0.05
/** Largest probability that can be added to a class index and stay below the next one in float32. */
const BELOW_ONE = 0.9999

/** At most `limit` of the indices, evenly spaced. */
export function sampleOf(indices: Uint32Array, limit: number): Uint32Array {
  if (indices.length <= limit) return indices
  return Uint32Array.from(evenlySpaced(indices.length, limit), (position) => indices[position])
}

/** Runs examples through the network; `visit` sees row r of network.output for position p of the indices. */
function forEachOutput(model: InspectedModel, indices: Uint32Array, visit: Visit): void {
  const { capacity } = model.network
  for (let start = 0; start < indices.length; start += capacity) {
    const batch = indices.subarray(start, start + capacity)
    model.forwardExamples(batch)
    for (let row = 0; row < batch.length; row++) visit(row, start + row)
  }
}

/** The same for raw inputs in the data's own units. */
function forEachRawOutput({ network, data }: InspectedModel, inputs: Float64Array, visit: Visit): void {
  const count = inputs.length / network.inputs
  for (let start = 0; start < count; start += network.capacity) {
    const rows = Math.min(network.capacity, count - start)
    loadRawInputs(network, data, inputs, start, rows)
    network.forward(rows)
    for (let row = 0; row < rows; row++) visit(row, start + row)
  }
}

/** Outputs for rows of raw inputs; regression outputs in the data's own units. rows x outputs. */
export function predictRaw(model: InspectedModel, inputs: Float64Array): Float64Array {
  const { network, data, encoding } = model
  const { outputs: width } = network
  const predictions = new Float64Array((inputs.length / network.inputs) * width)
  const { offset, scale } = data.targetNormalization
  forEachRawOutput(model, inputs, (row, position) => {
    for (let j = 0; j < width; j++) {
      const output = network.output[row * width + j]
      predictions[position * width + j] = encoding === 'values' ? output * scale[j] + offset[j] : output
    }
  })
  return predictions
}

/** Lowest and highest value of an input column over the whole data set, with a margin. */
function extent({ dataset }: PreparedData, column: number, width: number): readonly [number, number] {
  let low = Infinity
  let high = -Infinity
  for (let i = column; i < dataset.inputs.length; i += width) {
    const value = ownInput(dataset.inputs, i)
    if (value < low) low = value
    if (value > high) high = value
  }
  const margin = high > low ? MARGIN * (high - low) : 1
  return [low - margin, high + margin]
}

/** The number a surface shows for one row of outputs. */
function surfaceValue({ network, data, encoding }: InspectedModel, row: number): number {
  const { output, outputs: width } = network
  const { offset, scale } = data.targetNormalization
  if (encoding === 'values') return output[row * width] * scale[0] + offset[0]
  if (encoding === 'binary') return output[row]
  if (width === 2) return output[row * 2 + 1]
  const predicted = predictedClass(output, row, width)
  if (predicted < 0) return NaN
  return predicted + Math.max(0, Math.min(BELOW_ONE, output[row * width + predicted]))
}

function surfaceOf(model: InspectedModel, indices: Uint32Array, visit: Visit): Surface {
  const { network, data, encoding } = model
  const { shape, inputs, targets } = data.dataset
  const x = extent(data, 0, 2)
  const y = extent(data, 1, 2)
  const grid = new Float64Array(SURFACE_COLUMNS * SURFACE_ROWS * 2)
  for (let row = 0, i = 0; row < SURFACE_ROWS; row++) {
    for (let column = 0; column < SURFACE_COLUMNS; column++, i += 2) {
      // Centres of the cells of a picture whose edges are the bounds.
      grid[i] = x[0] + ((column + 0.5) / SURFACE_COLUMNS) * (x[1] - x[0])
      grid[i + 1] = y[0] + ((row + 0.5) / SURFACE_ROWS) * (y[1] - y[0])
    }
  }
  const values = new Float32Array(SURFACE_COLUMNS * SURFACE_ROWS)
  forEachRawOutput(model, grid, (row, position) => (values[position] = surfaceValue(model, row)))

  const points = new Float32Array(indices.length * 2)
  const labels = new Float32Array(indices.length)
  const predictions = new Float32Array(indices.length)
  const targetWidth = encoding === 'values' ? network.outputs : 1
  forEachOutput(model, indices, (row, position) => {
    visit(row, position)
    const index = indices[position]
    points[position * 2] = ownInput(inputs, index * 2)
    points[position * 2 + 1] = ownInput(inputs, index * 2 + 1)
    labels[position] = targets[index * targetWidth]
    predictions[position] =
      encoding === 'values' ? surfaceValue(model, row) : predictedClass(network.output, row, network.outputs)
  })
  const classes = encoding === 'values' ? 0 : classCount(shape)
  return {
    kind: 'surface',
    columns: SURFACE_COLUMNS,
    rows: SURFACE_ROWS,
    x,
    y,
    values,
    classes,
    points,
    labels,
    predictions,
  }
}

function fitOf(model: InspectedModel, indices: Uint32Array, visit: Visit): Fit {
  const { network, data } = model
  const { shape, inputs, targets } = data.dataset
  const isCurve = network.inputs === 1
  const fit: Fit = {
    kind: 'fit',
    targetName: shape.targetNames[0] ?? '',
    targets: new Float32Array(indices.length),
    predictions: new Float32Array(indices.length),
    inputs: isCurve ? new Float32Array(indices.length) : null,
    curve: null,
  }
  forEachOutput(model, indices, (row, position) => {
    visit(row, position)
    const index = indices[position]
    fit.targets[position] = targets[index * network.outputs]
    fit.predictions[position] = surfaceValue(model, row)
    if (fit.inputs !== null) fit.inputs[position] = ownInput(inputs, index)
  })
  if (isCurve) {
    const [low, high] = extent(data, 0, 1)
    const x = Float64Array.from(
      { length: CURVE_POINTS },
      (_, i) => low + (i / (CURVE_POINTS - 1)) * (high - low),
    )
    const y = new Float32Array(CURVE_POINTS)
    forEachRawOutput(model, x, (row, position) => (y[position] = surfaceValue(model, row)))
    fit.curve = { x: Float32Array.from(x), y }
  }
  return fit
}

function confusionOf(model: InspectedModel, indices: Uint32Array, visit: Visit): Confusion {
  const { network, data } = model
  const { shape, targets } = data.dataset
  const classes = classCount(shape)
  const counts = new Uint32Array(classes * classes)
  const mistakes: Judged[] = []
  forEachOutput(model, indices, (row, position) => {
    visit(row, position)
    const index = indices[position]
    const truth = targets[index]
    const predicted = predictedClass(network.output, row, network.outputs)
    addToConfusion(counts, classes, truth, predicted)
    if (predicted === truth || predicted < 0) return
    mistakes.push({
      index,
      truth,
      predicted,
      confidence: confidenceOf(network.output, row, network.outputs, predicted),
    })
  })
  mistakes.sort((a, b) => b.confidence - a.confidence || a.index - b.index)
  return {
    kind: 'confusion',
    classNames: shape.classNames,
    counts,
    mistakes: mistakes.slice(0, MAXIMUM_MISTAKES),
  }
}

/** The picture that fits the data: a surface for two inputs, a fit for regression, else a confusion table. */
function mainPicture(model: InspectedModel, indices: Uint32Array, visit: Visit): Inspection['picture'] {
  if (model.network.inputs === 2) return surfaceOf(model, indices, visit)
  return model.encoding === 'values' ? fitOf(model, indices, visit) : confusionOf(model, indices, visit)
}

/** All pictures that there are of a model and its data, from one pass over the examples. */
export function picturesOf(
  model: InspectedModel,
  indices: Uint32Array,
): Pick<Inspection, 'picture' | 'extra'> {
  const collectors = collectorsFor(model, indices)
  const picture = mainPicture(model, indices, (row, position) => {
    for (const collector of collectors) collector.visit(row, position)
  })
  if (collectors.length === 0) return { picture }
  return { picture, extra: collectors.map((collector): ExtraPicture => collector.finish(picture)) }
}
