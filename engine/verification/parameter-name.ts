// What one weight or bias is called where a person has to find it.

import { kernelPlaces } from '../kernels/grid'
import type { ParameterBlock } from '../network/network'
import type { GridSpec, LayerSpec } from '../spec/schema'

/** The two arrays of a network's parameters. */
export type ParameterPart = 'weights' | 'biases'

/** "weight from cell 3 to cell 7 of layer 2 (Dense 16, tanh)". Layers count from 1, cells from 0 as in the formulas. */
export function parameterName(
  block: Pick<ParameterBlock, 'title' | 'layer' | 'inputs'>,
  spec: LayerSpec,
  part: ParameterPart,
  index: number,
): string {
  return `${parameterPlace(block, spec, part, index)} of layer ${block.layer + 1} (${block.title})`
}

/** The same within its layer: "weight from cell 3 to cell 7", "weight of cell 12, sheet 4". */
export function parameterPlace(
  { inputs }: Pick<ParameterBlock, 'inputs'>,
  spec: LayerSpec,
  part: ParameterPart,
  index: number,
): string {
  switch (spec.kind) {
    case 'dense':
      if (part === 'biases') return `bias of cell ${index}`
      // The layout of network.ts: index = from + inputs * to.
      return `weight from cell ${index % inputs} to cell ${Math.floor(index / inputs)}`
    case 'grid':
      return gridPlace(spec, inputs, part, index)
    default:
      return `${part === 'weights' ? 'weight' : 'bias'} ${index}`
  }
}

/** Sheet after sheet, each in the layout of kernels/grid.ts; sheets count from 0 too. */
function gridPlace(spec: GridSpec, cells: number, part: ParameterPart, index: number): string {
  const places = kernelPlaces(spec)
  const inSheet =
    part === 'biases' ? cells : { source: cells, kernel: places, none: cells * places }[spec.sharing]
  const sheet = spec.depth === 1 ? '' : `, sheet ${Math.floor(index / inSheet)}`
  const at = index % inSheet
  if (part === 'biases') return `bias of cell ${at}${sheet}`
  switch (spec.sharing) {
    case 'source':
      return `weight of cell ${at}${sheet}`
    case 'kernel':
      return `weight of kernel place ${at}${sheet}`
    case 'none':
      return `weight of kernel place ${at % places} at cell ${Math.floor(at / places)}${sheet}`
    default:
      return spec.sharing satisfies never
  }
}
