// What one weight or bias is called where a person has to find it.

import type { ParameterBlock } from '../network/network'
import type { LayerSpec } from '../spec/schema'

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

/** The same within its layer: "weight from cell 3 to cell 7". */
export function parameterPlace(
  { inputs }: Pick<ParameterBlock, 'inputs'>,
  { kind }: LayerSpec,
  part: ParameterPart,
  index: number,
): string {
  if (part === 'biases') return `bias of cell ${index}`
  // The layout of network.ts: index = from + inputs * to.
  if (kind === 'dense') return `weight from cell ${index % inputs} to cell ${Math.floor(index / inputs)}`
  return `weight ${index}`
}
