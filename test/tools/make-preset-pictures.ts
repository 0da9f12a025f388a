// Makes engine/presets/pictures.json: trains the small presets with our own engine and keeps what a card shows.
// Run it again after a change of a preset, a generator or the engine:
//
//   npx tsx test/tools/make-preset-pictures.ts

import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadDataset, openDatasetStore } from '../../electron/data'
import { createSession } from '../../engine'
import type { TrainingSession } from '../../engine'
import { copyInputs, ownInput } from '../../engine/data/inputs'
import { prepareData } from '../../engine/data/prepare'
import type { Dataset } from '../../engine/data/types'
import { PRESETS, presetSpec } from '../../engine/presets'
import type { PicturePoints, Preset, PresetPicture } from '../../engine/presets'
import { packPicture } from '../../engine/presets/pictures'
import { Network } from '../../engine/network/network'
import { createRandom } from '../../engine/random'
import type { ExperimentSpec } from '../../engine/spec/schema'
import { createRunRandom } from '../../engine/training/run-random'

const TARGET = join(import.meta.dirname, '../../engine/presets/pictures.json')
/** Holds no imported tables. */
const STORE = join(tmpdir(), 'descent-preset-pictures')

const COLUMNS = 48
const ROWS = 32
const ASPECT = 3 / 2
const SURFACE_POINTS = 150
const CURVE_POINTS = 60
const CURVE_LENGTH = 120
/** Left free around the examples, as a share of their extent. */
const MARGIN = 0.08
/** For the four corners of XOR, which would sit in those of the picture. */
const WIDE_MARGIN = 0.4

interface Bounds {
  x: readonly [number, number]
  y: readonly [number, number]
}

async function main(): Promise<void> {
  const pictures: Record<string, unknown> = {}
  for (const preset of PRESETS) pictures[preset.id] = packPicture(await pictureOf(preset))
  const text = `${JSON.stringify(pictures, null, 2)}\n`
  writeFileSync(TARGET, text)
  console.log(`${TARGET}: ${PRESETS.length} pictures, ${text.length} bytes`)
}

async function pictureOf(preset: Preset): Promise<PresetPicture> {
  const spec = presetSpec(preset)
  const dataset = await loadDataset(spec.dataset, openDatasetStore(STORE))
  switch (preset.id) {
    case 'mnist-mlp':
      return digits(dataset)
    case 's0-author':
    case 's0-document':
      return gridActivations(spec, dataset)
    case 's1':
      return images(dataset, dataset.count)
    case 's2-mnist':
      // Digits stand in the middle 20 x 20 pixels.
      return images(dataset, 6, 4)
  }
  const session = createSession(spec, prepareData(spec.dataset, dataset))
  switch (preset.id) {
    case 'sine':
      return curve(dataset, session)
    case 'iris':
      return flowers(dataset)
    case 'teacher':
      return strips(session, 2)
    case 's4':
      return strips(session, 1, dataset.teacher)
    case 's3-hand':
      return graph(session)
    default:
      return surface(dataset, session)
  }
}

function train(session: TrainingSession, steps = Infinity): void {
  const until = session.progress().step + steps
  while (session.progress().step < until && session.advance() === 'working');
}

function surface(dataset: Dataset, session: TrainingSession): PresetPicture {
  train(session)
  const bounds = boundsOf(dataset, 0, 1, true)
  const grid = new Float64Array(COLUMNS * ROWS * 2)
  for (let row = 0, i = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++, i += 2) {
      grid[i] = at(bounds.x, (column + 0.5) / COLUMNS)
      grid[i + 1] = at(bounds.y, (row + 0.5) / ROWS)
    }
  }
  const { outputs, classNames } = dataset.shape
  const predicted = session.predict(grid)
  const values = Float32Array.from({ length: COLUMNS * ROWS }, (_, i) => {
    const output = predicted.subarray(i * outputs, (i + 1) * outputs)
    if (outputs === 1) return Math.min(0.9999, output[0])
    const best = output.indexOf(Math.max(...output))
    return best + Math.min(0.9999, output[best])
  })
  const points = pointsOf(dataset, SURFACE_POINTS, 0, 1, bounds)
  return { kind: 'surface', columns: COLUMNS, rows: ROWS, classes: classNames.length, values, points }
}

function curve(dataset: Dataset, session: TrainingSession): PresetPicture {
  train(session)
  const x = Float64Array.from({ length: CURVE_LENGTH }, (_, i) => 2 * (i / (CURVE_LENGTH - 1)) - 1)
  const y: readonly [number, number] = [-1.5, 1.5]
  const chosen = someOf(dataset.count, CURVE_POINTS)
  const positions = Float32Array.from(
    chosen.flatMap((i) => [share([-1, 1], ownInput(dataset.inputs, i)), share(y, dataset.targets[i])]),
  )
  return {
    kind: 'curve',
    y: Float32Array.from(session.predict(x), (value) => share(y, value)),
    points: { count: chosen.length, positions, labels: new Uint8Array(0) },
  }
}

/** Petal length and width: the two inputs that tell the species apart. */
function flowers(dataset: Dataset): PresetPicture {
  const bounds = boundsOf(dataset, 2, 3, false)
  const points = pointsOf(dataset, SURFACE_POINTS, 2, 3, bounds)
  return { kind: 'points', classes: dataset.shape.classNames.length, points }
}

/** The student's weights before, while and after it learns; after, they are the teacher's, or stand above them. */
function strips(session: TrainingSession, epochs: number, teacher?: Dataset['teacher']): PresetPicture {
  const seen: { title: string; values: Float64Array }[] = []
  const look = (title: string) =>
    seen.push({ title, values: Float64Array.from(session.parameters().weights) })
  look('student, epoch 0')
  train(session, epochs * session.stepsPerEpoch)
  look(`student, epoch ${epochs}`)
  train(session)
  if (teacher === undefined) look('student = teacher')
  else seen.push({ title: 'teacher', values: teacher.weights })
  const largest = Math.max(...seen.map(({ values }) => Math.max(...values.map(Math.abs))))
  return {
    kind: 'strips',
    strips: seen.map(({ title, values }) => ({
      title,
      values: Float32Array.from(values, (w) => w / largest),
    })),
  }
}

/** What the layers of a new grid make of one digit, the mean over a hundred of its images. */
function gridActivations(spec: ExperimentSpec, dataset: Dataset): PresetPicture {
  const count = 100
  const data = prepareData(spec.dataset, dataset)
  const network = new Network(spec, dataset.shape.input, count)
  network.initialize(createRunRandom(spec.training, undefined).layer)
  const zeros = [...data.split.training].filter((index) => data.targets[index] === 0).slice(0, count)
  zeros.forEach((index, row) => copyInputs(data, index, network.input, row * network.inputs))
  network.forward(count)
  const sheets = network.layers.filter(({ spec: { kind } }) => kind === 'grid')
  const columns = sheets[0].outputs
  const values = new Float32Array(sheets.length * columns)
  sheets.forEach(({ output }, sheet) => {
    for (let row = 0; row < count; row++) {
      for (let cell = 0; cell < columns; cell++) {
        values[sheet * columns + cell] += output[row * columns + cell] / count
      }
    }
  })
  return { kind: 'heat', rows: sheets.length, columns, values }
}

/** The trained weights of a small network. */
function graph(session: TrainingSession): PresetPicture {
  train(session)
  const { weights } = session.parameters()
  const largest = Math.max(...weights.map(Math.abs))
  return {
    kind: 'graph',
    sizes: [session.blocks[0].inputs, ...session.blocks.map(({ outputs }) => outputs)],
    weights: Float32Array.from(weights, (w) => w / largest),
  }
}

/** The first images as they come, whatever their range; `margin` pixels are left out on every side. */
function images(dataset: Dataset, count: number, margin = 0): PresetPicture {
  const [fullHeight, fullWidth] = dataset.shape.input
  const [width, height] = [fullWidth - 2 * margin, fullHeight - 2 * margin]
  const seen = Float64Array.from({ length: count * width * height }, (_, i) => {
    const [image, pixel] = [Math.floor(i / (width * height)), i % (width * height)]
    const [row, column] = [margin + Math.floor(pixel / width), margin + (pixel % width)]
    return ownInput(dataset.inputs, (image * fullHeight + row) * fullWidth + column)
  })
  const low = Math.min(...seen)
  const high = Math.max(...seen)
  const pixels = Uint8Array.from(seen, (value) => Math.round((255 * (value - low)) / (high - low)))
  return { kind: 'images', width, height, count, pixels }
}

/** The first training image of each digit. */
function digits(dataset: Dataset): PresetPicture {
  const [height, width] = dataset.shape.input
  const size = width * height
  const pixels = new Uint8Array(10 * size)
  for (let digit = 0; digit < 10; digit++) {
    const start = dataset.targets.indexOf(digit) * size
    for (let p = 0; p < size; p++)
      pixels[digit * size + p] = Math.round(255 * ownInput(dataset.inputs, start + p))
  }
  return { kind: 'images', width, height, count: 10, pixels }
}

function pointsOf(
  dataset: Dataset,
  limit: number,
  first: number,
  second: number,
  bounds: Bounds,
): PicturePoints {
  const chosen = someOf(dataset.count, limit)
  const width = dataset.inputs.length / dataset.count
  const positions = chosen.flatMap((i) => [
    share(bounds.x, ownInput(dataset.inputs, i * width + first)),
    share(bounds.y, ownInput(dataset.inputs, i * width + second)),
  ])
  return {
    count: chosen.length,
    positions: Float32Array.from(positions),
    labels: Uint8Array.from(chosen, (i) => dataset.targets[i]),
  }
}

/** Always the same examples, drawn at random because classes come in turn. */
function someOf(count: number, limit: number): number[] {
  const indices = Uint32Array.from({ length: count }, (_, i) => i)
  if (count > limit) createRandom(0, 'pictures').shuffle(indices)
  return [...indices.slice(0, limit).sort()]
}

/** Extent of two inputs with a margin; with equal units, widened to the aspect of the picture. */
function boundsOf(dataset: Dataset, first: number, second: number, hasEqualUnits: boolean): Bounds {
  const width = dataset.inputs.length / dataset.count
  const range = (input: number): [number, number] => {
    const values = Array.from({ length: dataset.count }, (_, i) =>
      ownInput(dataset.inputs, i * width + input),
    )
    const [low, high] = [Math.min(...values), Math.max(...values)]
    const margin = (dataset.count < 10 ? WIDE_MARGIN : MARGIN) * (high - low)
    return [low - margin, high + margin]
  }
  const [x, y] = [range(first), range(second)]
  if (!hasEqualUnits) return { x, y }
  const height = Math.max(y[1] - y[0], (x[1] - x[0]) / ASPECT)
  return { x: around(x, height * ASPECT), y: around(y, height) }
}

function around([low, high]: readonly [number, number], length: number): readonly [number, number] {
  const centre = (low + high) / 2
  return [centre - length / 2, centre + length / 2]
}

function at([low, high]: readonly [number, number], share: number): number {
  return low + share * (high - low)
}

function share([low, high]: readonly [number, number], value: number): number {
  return Math.max(0, Math.min(0.9999, (value - low) / (high - low)))
}

await main()
