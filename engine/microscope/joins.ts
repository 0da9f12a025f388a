// Which weight joins which cells of a built layer: the reading side of what the kernels do in bulk. Geometry of grids
// is the kernels' own (engine/kernels/grid.ts).

import type { GridGeometry } from '../kernels/grid'
import type { Layer } from '../network/layers'
import type { GridSpec } from '../spec/schema'

/** Cell `reader` of the layer reads cell `source` of the layer before through weight `weight`. */
export interface Join {
  reader: number
  source: number
  weight: number
}

/** Joins that the predicate lets through, in the order in which a forward sum adds them. */
function* gridJoins(geometry: GridGeometry, { sharing }: GridSpec): Generator<Join> {
  const { kernelPlaces, runs, places, readers, sources, lengths } = geometry
  for (let run = 0; run < runs; run++) {
    for (let i = 0; i < lengths[run]; i++) {
      const reader = readers[run] + i
      const source = sources[run] + i
      const place = places[run]
      const weight =
        sharing === 'source' ? source : sharing === 'kernel' ? place : reader * kernelPlaces + place
      yield { reader, source, weight }
    }
  }
}

function filterGrid(layer: Layer, isWanted: (join: Join) => boolean): Join[] {
  const { geometry, spec } = layer
  const found: Join[] = []
  if (geometry === null || spec.kind !== 'grid') return found
  for (const join of gridJoins(geometry, spec)) if (isWanted(join)) found.push(join)
  return found
}

/** What a cell reads, in the order of its sum. */
export function joinsOfReader(layer: Layer, reader: number): Join[] {
  if (layer.spec.kind !== 'dense') return filterGrid(layer, (join) => join.reader === reader)
  const { inputs } = layer
  return Array.from({ length: inputs }, (_, source) => ({ reader, source, weight: source + inputs * reader }))
}

/** Who reads a cell of the layer before. */
export function joinsOfSource(layer: Layer, source: number): Join[] {
  if (layer.spec.kind !== 'dense') return filterGrid(layer, (join) => join.source === source)
  const { inputs, outputs } = layer
  return Array.from({ length: outputs }, (_, reader) => ({
    reader,
    source,
    weight: source + inputs * reader,
  }))
}

/** What a weight joins: one pair of cells, more where cells share it. */
export function joinsOfWeight(layer: Layer, weight: number): Join[] {
  if (layer.spec.kind !== 'dense') return filterGrid(layer, (join) => join.weight === weight)
  const { inputs } = layer
  return [{ reader: Math.floor(weight / inputs), source: weight % inputs, weight }]
}
