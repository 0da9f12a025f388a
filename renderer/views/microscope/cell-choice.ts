// Which cell is looked at when a layer is come to: where one was before, else the one that matters most.

import { INPUT } from './layer-names'
import type { CellPlace } from './network-layout'
import type { Sight } from './useMicroscope'

/** @param visited cells that were selected before, by layer */
export function cellInLayer(
  { trace, cell, selected }: Sight,
  layer: number,
  visited: ReadonlyMap<number, number>,
): CellPlace | null {
  if (layer < INPUT || layer >= trace.layers.length) return null
  const count = layer === INPUT ? trace.example.inputs.length : trace.layers[layer].outputs
  const terms =
    layer === selected.layer - 1
      ? cell?.forward?.terms
      : layer === selected.layer + 1 && cell?.errorFrom.kind === 'weights'
        ? cell.errorFrom.terms
        : undefined
  const trueClass = layer === trace.layers.length - 1 && count > 1 ? trace.example.trueClass : null
  const wanted = visited.get(layer) ?? trueClass ?? terms?.strongest[0]?.cell ?? selected.cell
  return { layer, cell: Math.min(wanted, count - 1) }
}

/** The cell to begin with: the strongest of the first layer. */
export function firstCell({ layers }: Sight['trace']): CellPlace {
  const { outputValues } = layers[0]
  let cell = 0
  outputValues.forEach((value, at) => {
    if (Math.abs(value) > Math.abs(outputValues[cell])) cell = at
  })
  return { layer: 0, cell }
}
