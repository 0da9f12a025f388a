// Images that a person can judge: those an autoencoder has to repeat beside what it makes of them, and those of
// classes with what the model takes them for.

import { BYTE_NUMBERS, ownInput } from '../data/inputs'
import type { Dataset } from '../data/types'
import { confidenceOf, predictedClass } from '../metrics/classification'
import { evenlySpaced } from './inspected-model'
import type { InspectedModel } from './inspected-model'
import type { Collector } from './inspection-extras'
import type { Judged } from './types'

const RECONSTRUCTIONS = 36
const EXAMPLES = 40
/** Numbers of all reconstructions, and pixels of all examples and of all mistakes: large images are fewer. */
export const MAXIMUM_PIXELS = 100_000

/** Height and width of one grey image; null for anything else. */
function imageSize({ shape }: Dataset): { height: number; width: number } | null {
  const [height, width, channels = 1] = shape.input
  return shape.input.length >= 2 && channels === 1 ? { height, width } : null
}

/** Which of the visited positions are chosen, by their place among the chosen ones. */
function placesOf(length: number, limit: number): Map<number, number> {
  return new Map(evenlySpaced(length, limit).map((position, place) => [position, place]))
}

/** For grey images whose targets are the images themselves. */
export function reconstructions(model: InspectedModel, indices: Uint32Array): Collector | null {
  const { network, data } = model
  const { dataset, targetNormalization } = data
  const size = imageSize(dataset)
  const pixels = network.inputs
  if (size === null || network.outputs !== pixels) return null
  const places = placesOf(indices.length, Math.min(RECONSTRUCTIONS, Math.floor(MAXIMUM_PIXELS / pixels)))
  const chosen = Uint32Array.from(places.keys(), (position) => indices[position])
  const isSame = (index: number) => {
    const [from, to] = [index * pixels, (index + 1) * pixels]
    for (let i = from; i < to; i++) if (ownInput(dataset.inputs, i) !== dataset.targets[i]) return false
    return true
  }
  if (chosen.length === 0 || !chosen.every(isSame)) return null

  const { offset, scale } = targetNormalization
  const inputs = new Float32Array(chosen.length * pixels)
  const outputs = new Float32Array(chosen.length * pixels)
  return {
    visit(row, position) {
      const place = places.get(position)
      if (place === undefined) return
      for (let i = 0; i < pixels; i++) {
        inputs[place * pixels + i] = ownInput(dataset.inputs, indices[position] * pixels + i)
        outputs[place * pixels + i] = network.output[row * pixels + i] * scale[i] + offset[i]
      }
    },
    finish: () => ({ kind: 'reconstructions', ...size, indices: chosen, inputs, outputs }),
  }
}

/** From the lowest of these examples' inputs to the highest as 0 to 255. */
function greyScale({ inputs }: Dataset, indices: Uint32Array, pixels: number) {
  const { lowest, highest } = extremesOf(inputs, indices, pixels)
  const scale = highest > lowest ? 255 / (highest - lowest) : 0
  // A mistake that is not among the examples may hold a value beyond theirs.
  const greyOf = (value: number): number => Math.min(255, Math.max(0, Math.round((value - lowest) * scale)))
  // Before the first step the code is cold, and 256 calls are soon done.
  const greys = inputs instanceof Uint8Array ? Uint8Array.from(BYTE_NUMBERS, greyOf) : null
  return (of: readonly number[]) => {
    const grey = new Uint8Array(of.length * pixels)
    of.forEach((index, place) => {
      const from = index * pixels
      const to = place * pixels
      if (greys === null) for (let i = 0; i < pixels; i++) grey[to + i] = greyOf(inputs[from + i])
      else for (let i = 0; i < pixels; i++) grey[to + i] = greys[inputs[from + i]]
    })
    return grey
  }
}

function extremesOf(inputs: Dataset['inputs'], indices: Uint32Array, pixels: number) {
  let lowest = Infinity
  let highest = -Infinity
  for (const index of indices) {
    for (let i = index * pixels; i < (index + 1) * pixels; i++) {
      const value = inputs[i]
      if (value < lowest) lowest = value
      if (value > highest) highest = value
    }
  }
  // Bytes are in the order of their numbers.
  if (inputs instanceof Uint8Array) return { lowest: BYTE_NUMBERS[lowest], highest: BYTE_NUMBERS[highest] }
  return { lowest, highest }
}

/** For grey images of classes. Which examples are shown depends on nothing but the part, so that epochs compare. */
export function exampleImages(model: InspectedModel, indices: Uint32Array): Collector | null {
  const { network, data } = model
  const { dataset } = data
  const size = imageSize(dataset)
  const pixels = network.inputs
  const room = Math.floor(MAXIMUM_PIXELS / pixels)
  if (size === null || room === 0 || indices.length === 0) return null
  const places = placesOf(indices.length, Math.min(EXAMPLES, room))
  const examples: Judged[] = []
  return {
    visit(row, position) {
      if (!places.has(position)) return
      const index = indices[position]
      const predicted = predictedClass(network.output, row, network.outputs)
      const confidence = confidenceOf(network.output, row, network.outputs, predicted)
      examples.push({ index, truth: dataset.targets[index], predicted, confidence })
    },
    finish(main) {
      const shown = examples.map(({ index }) => index)
      const greyOf = greyScale(dataset, Uint32Array.from(shown), pixels)
      const mistakes = main.kind === 'confusion' ? main.mistakes.slice(0, room) : []
      return {
        kind: 'example-images',
        ...size,
        classNames: dataset.shape.classNames,
        examples,
        pixels: greyOf(shown),
        mistakePixels: greyOf(mistakes.map(({ index }) => index)),
      }
    },
  }
}
