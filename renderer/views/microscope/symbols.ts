// The symbols of a layer's parameters and of the sums over them, as LaTeX: what is shared has one index, what is not
// has that of the cell too.

import type { ParameterTrace, TracedLayer } from '../../../engine/microscope/types'

const tex = String.raw

/** The symbol of a weight or bias: w_{2,1} of a dense layer, w_5 where cells share it. */
export function parameterSymbol(
  layer: TracedLayer,
  { kind, index }: Pick<ParameterTrace, 'kind' | 'index'>,
): string {
  if (kind === 'bias') {
    return layer.isBiasRow ? `w_{${index + 1},${layer.inputs + 1}}` : `b_{${index + 1}}`
  }
  if (layer.kind === 'dense')
    return `w_{${Math.floor(index / layer.inputs) + 1},${(index % layer.inputs) + 1}}`
  const places = kernelPlaces(layer)
  if (layer.grid?.sharing === 'none') return `w_{${Math.floor(index / places) + 1},${(index % places) + 1}}`
  return `w_{${index + 1}}`
}

/** The same in plain words, for lists: "w 2,1". */
export function parameterText(layer: TracedLayer, parameter: Pick<ParameterTrace, 'kind' | 'index'>): string {
  return parameterSymbol(layer, parameter).replace('_{', ' ').replace('}', '')
}

function kernelPlaces({ grid }: TracedLayer): number {
  if (grid === null) return 1
  return grid.plane === null ? grid.kernelSize : grid.kernelSize ** 2
}

/** The weights' indices under a sum over the cells q that cell p reads, or the places k of a kernel. */
export function sumOverInputs(layer: TracedLayer, j: number): string {
  switch (layer.grid?.sharing) {
    case 'source':
      return tex`\sum_{q \in N(${j})} w_q\, x_q`
    case 'kernel':
      return tex`\sum_{k} w_k\, x_{q(${j},k)}`
    case 'none':
      return tex`\sum_{k} w_{${j},k}\, x_{q(${j},k)}`
    default:
      return tex`\sum_{i=1}^{${layer.inputs}} w_{${j},i}\, x_i`
  }
}

/** The same backward: over the cells p that read cell j. */
export function errorSum(behind: TracedLayer, j: number, m: string): string {
  switch (behind.grid?.sharing) {
    case 'source':
      return tex`w_{${j}}^{(${m})} \sum_{p} \delta_p^{(${m})}`
    case 'kernel':
      return tex`\sum_{p} w_{k(p,${j})}^{(${m})}\, \delta_p^{(${m})}`
    case 'none':
      return tex`\sum_{p} w_{p,k(p,${j})}^{(${m})}\, \delta_p^{(${m})}`
    default:
      return tex`\sum_{k=1}^{${behind.outputs}} w_{k,${j}}^{(${m})}\, \delta_k^{(${m})}`
  }
}
