// Mean activations of a grid's cells for each class: what passes through its layers when it sees a 3, and a 7.
// Source: NeuralGrid, the heat maps of the activations before and after training.

import { gridExtent } from '../kernels/grid'
import type { Layer } from '../network/layers'
import { classCount } from './inspected-model'
import type { InspectedModel } from './inspected-model'
import type { Collector } from './inspection-extras'

/** Means kept of one inspection, all grids together. Beyond it there are fewer layers or fewer classes. */
export const MAXIMUM_MEANS = 120_000

/** The layers of each grid of the network, as they were built. */
function gridsOf({ network }: InspectedModel): Layer[][] {
  const grids = new Map<number, Layer[]>()
  for (const layer of network.layers) {
    if (layer.spec.kind !== 'grid') continue
    grids.set(layer.index, [...(grids.get(layer.index) ?? []), layer])
  }
  return [...grids.values()]
}

/** At most `limit` of the layers: evenly spaced, the first and the last among them. */
function thinned(layers: readonly Layer[], limit: number): readonly Layer[] {
  if (layers.length <= limit) return layers
  if (limit === 1) return layers.slice(-1)
  const last = layers.length - 1
  return Array.from({ length: limit }, (_, i) => layers[Math.round((i * last) / (limit - 1))])
}

function gridCollector(
  { network, data, encoding }: InspectedModel,
  indices: Uint32Array,
  layers: readonly Layer[],
  limit: number,
): Collector {
  const [{ spec, index, inputs, outputs: cells }] = layers
  const { shape, targets } = data.dataset
  const isRegression = encoding === 'values'
  const classesOfAll = isRegression ? 1 : classCount(shape)
  const classes = Math.min(classesOfAll, Math.floor(limit / cells))
  const shown = thinned(layers, Math.floor(limit / (cells * classes)))
  const { rows, columns } = spec.kind === 'grid' ? gridExtent(spec, inputs) : { rows: 1, columns: cells }
  const sums = new Float64Array(classes * shown.length * cells)
  const counts = new Uint32Array(classes)
  return {
    visit(row, position) {
      const truth = isRegression ? 0 : targets[indices[position]]
      if (truth >= classes) return
      counts[truth]++
      let to = truth * shown.length * cells
      for (const { output } of shown) {
        const from = row * cells
        for (let cell = 0; cell < cells; cell++) sums[to++] += output[from + cell]
      }
    },
    finish: () => ({
      kind: 'grid-activations',
      layer: index,
      title: network.blocks[index].title,
      classNames: Array.from({ length: classes }, (_, name) =>
        isRegression ? '' : (shape.classNames[name] ?? String(name)),
      ),
      classesOfAll,
      sheets: shown.map(({ sheet }) => sheet),
      sheetsOfAll: layers.length,
      rows,
      columns,
      counts,
      means: Float32Array.from(sums, (sum, i) => sum / counts[Math.floor(i / (shown.length * cells))]),
    }),
  }
}

/** One for each grid of the network, as long as one of its layers has room. */
export function gridCollectors(model: InspectedModel, indices: Uint32Array): Collector[] {
  const grids = gridsOf(model).filter((layers) => layers[0].outputs <= MAXIMUM_MEANS)
  const limit = Math.floor(MAXIMUM_MEANS / Math.max(1, grids.length))
  return grids
    .filter((layers) => layers[0].outputs <= limit)
    .map((layers) => gridCollector(model, indices, layers, limit))
}
