// Forward and backward of one grid layer: cells in a line or a plane, each reading the cells around it.
// R x C cells, kernel of Kr x Kc places (odd), x: rows x R C inputs, z: pre-activations, b: one bias a cell.
//
//   source: u_q = w_q x_q;  z_p = b_p + sum of u_q over the cells q that p reads         w: R C
//   kernel: z_p = b_p + sum over places k of w_k x_q(p, k)                                w: Kr Kc
//   none:   z_p = b_p + sum over places k of w_pk x_q(p, k)                               w: R C x Kr Kc
//
// Every sum is one chain in ascending order of the place k (row by row through the kernel), starting from the bias
// or from 0, but for the gradients of a shared kernel: see gridBackward. Each operation is rounded; a product that is
// added at once is one multiplyAdd of the run's arithmetic.
// Source of the shared form: the document NeuralGrid, equations of the grid, with w_j for the printed w_ij.

import type { MultiplyAdd } from '../math/multiply-add'
import type { FloatArray } from '../network/arrays'
import type { GridSpec } from '../spec/schema'

export type GridSharing = GridSpec['sharing']

/** Chains in which the gradient of a shared kernel's weight is added up: what a vector holds. */
const LANES = 8

/**
 * Which cells a kernel place joins, as runs of neighbouring cells: in run s, cell readers[s] + i reads cell
 * sources[s] + i through place places[s], for i < lengths[s]. Ascending by place. A run is as long as a row of
 * cells, so that loops over it go straight through memory.
 */
export interface GridGeometry {
  readonly cells: number
  readonly kernelPlaces: number
  readonly runs: number
  readonly places: Int32Array
  readonly readers: Int32Array
  readonly sources: Int32Array
  readonly lengths: Int32Array
  /** Sharing by kernel only: the chains of gridBackward, overwritten by it. */
  readonly lanes: Float64Array
}

/** Rows and columns of a grid layer on so many inputs; a line is one row. */
export function gridExtent(spec: GridSpec, inputs: number): { rows: number; columns: number } {
  return spec.plane ?? { rows: 1, columns: inputs }
}

export function kernelPlaces(spec: GridSpec): number {
  return spec.plane === null ? spec.kernelSize : spec.kernelSize * spec.kernelSize
}

/** Runs along one axis: [reader, source, length] for every offset, the parts beyond a circular border included. */
function axisRuns(length: number, kernelSize: number, isCircular: boolean): [number, number, number][][] {
  const radius = (kernelSize - 1) / 2
  return Array.from({ length: kernelSize }, (_, place) => {
    const offset = place - radius
    const start = Math.max(0, -offset)
    const end = Math.min(length, length - offset)
    const inside: [number, number, number][] = end > start ? [[start, start + offset, end - start]] : []
    if (!isCircular || offset === 0) return inside
    // The cells whose source lies beyond the border read from the other side.
    return offset < 0 ? [[0, length + offset, -offset], ...inside] : [...inside, [length - offset, 0, offset]]
  })
}

/** @param inputs number of cells; rows x columns where the spec has a plane */
export function gridGeometry(spec: GridSpec, inputs: number): GridGeometry {
  const { rows, columns } = gridExtent(spec, inputs)
  const isCircular = spec.border === 'circular'
  const across = axisRuns(columns, spec.kernelSize, isCircular)
  const down = axisRuns(rows, spec.plane === null ? 1 : spec.kernelSize, isCircular)
  const runs: [number, number, number, number][] = []
  down.forEach((rowRuns, kernelRow) => {
    across.forEach((columnRuns, kernelColumn) => {
      const place = kernelRow * across.length + kernelColumn
      for (const [readerRow, sourceRow, count] of rowRuns) {
        for (let row = 0; row < count; row++) {
          for (const [reader, source, length] of columnRuns) {
            runs.push([
              place,
              (readerRow + row) * columns + reader,
              (sourceRow + row) * columns + source,
              length,
            ])
          }
        }
      }
    })
  })
  const column = (index: 0 | 1 | 2 | 3) => Int32Array.from(runs, (run) => run[index])
  return {
    cells: inputs,
    kernelPlaces: kernelPlaces(spec),
    runs: runs.length,
    places: column(0),
    readers: column(1),
    sources: column(2),
    lengths: column(3),
    lanes: new Float64Array(spec.sharing === 'kernel' ? kernelPlaces(spec) * LANES : 0),
  }
}

/**
 * z = the grid layer of x.
 * @param z rows x cells, written
 * @param scratch cells numbers, overwritten
 */
export function gridForward(
  z: FloatArray,
  x: FloatArray,
  w: FloatArray,
  b: FloatArray,
  scratch: FloatArray,
  geometry: GridGeometry,
  sharing: GridSharing,
  rows: number,
  multiplyAdd: MultiplyAdd,
): void {
  const { cells, kernelPlaces: places } = geometry
  for (let row = 0; row < rows; row++) {
    const start = row * cells
    for (let p = 0; p < cells; p++) z[start + p] = b[p]
    if (sharing === 'source') {
      for (let q = 0; q < cells; q++) scratch[q] = w[q] * x[start + q]
      for (let s = 0; s < geometry.runs; s++) {
        const to = start + geometry.readers[s]
        const from = geometry.sources[s]
        const length = geometry.lengths[s]
        for (let i = 0; i < length; i++) z[to + i] = z[to + i] + scratch[from + i]
      }
    } else if (sharing === 'kernel') {
      for (let s = 0; s < geometry.runs; s++) {
        const weight = w[geometry.places[s]]
        const to = start + geometry.readers[s]
        const from = start + geometry.sources[s]
        const length = geometry.lengths[s]
        for (let i = 0; i < length; i++) z[to + i] = multiplyAdd(weight, x[from + i], z[to + i])
      }
    } else {
      for (let s = 0; s < geometry.runs; s++) {
        const reader = geometry.readers[s]
        const from = start + geometry.sources[s]
        const length = geometry.lengths[s]
        let weight = reader * places + geometry.places[s]
        for (let i = 0; i < length; i++, weight += places) {
          z[start + reader + i] = multiplyAdd(w[weight], x[from + i], z[start + reader + i])
        }
      }
    }
  }
}

/**
 * Gradients of a grid layer from delta = dL/dz, rows x cells. All are overwritten, not added to.
 * source: D_q = sum of delta_p over the cells p that read q; dw_q = sum over rows of x_q D_q; dx_q = w_q D_q.
 * kernel and none: dw = sum of delta_p x_q over what the weight joins; dx_q = sum over p of w delta_p.
 * db_p = sum over rows of delta_p.
 *
 * dw of a shared kernel is added up in LANES chains over all rows, the cell i of a run in chain i mod LANES; in the end
 * the chains are added in ascending order.
 *
 * @param dx rows x cells; null for the first layer, which hands nothing down
 * @param scratch cells numbers, overwritten
 */
export function gridBackward(
  dx: FloatArray | null,
  dw: FloatArray,
  db: FloatArray,
  delta: FloatArray,
  x: FloatArray,
  w: FloatArray,
  scratch: FloatArray,
  geometry: GridGeometry,
  sharing: GridSharing,
  rows: number,
  multiplyAdd: MultiplyAdd,
): void {
  const { cells, kernelPlaces: places } = geometry
  const { lanes } = geometry
  lanes.fill(0)
  dw.fill(0)
  db.fill(0)
  if (dx !== null && sharing !== 'source') dx.fill(0, 0, rows * cells)
  for (let row = 0; row < rows; row++) {
    const start = row * cells
    for (let p = 0; p < cells; p++) db[p] = db[p] + delta[start + p]
    if (sharing === 'source') {
      // D, the error that comes back to each source from all its readers.
      scratch.fill(0)
      for (let s = 0; s < geometry.runs; s++) {
        const from = start + geometry.readers[s]
        const to = geometry.sources[s]
        const length = geometry.lengths[s]
        for (let i = 0; i < length; i++) scratch[to + i] = scratch[to + i] + delta[from + i]
      }
      for (let q = 0; q < cells; q++) dw[q] = multiplyAdd(x[start + q], scratch[q], dw[q])
      if (dx !== null) for (let q = 0; q < cells; q++) dx[start + q] = w[q] * scratch[q]
      continue
    }
    if (sharing === 'kernel') {
      for (let s = 0; s < geometry.runs; s++) {
        const from = start + geometry.readers[s]
        const to = start + geometry.sources[s]
        const length = geometry.lengths[s]
        const weight = geometry.places[s]
        const first = weight * LANES
        for (let i = 0; i < length; i++) {
          const lane = first + (i & (LANES - 1))
          lanes[lane] = multiplyAdd(delta[from + i], x[to + i], lanes[lane])
          if (dx !== null) dx[to + i] = multiplyAdd(w[weight], delta[from + i], dx[to + i])
        }
      }
      continue
    }
    for (let s = 0; s < geometry.runs; s++) {
      const reader = geometry.readers[s]
      const from = start + reader
      const to = start + geometry.sources[s]
      const length = geometry.lengths[s]
      let weight = reader * places + geometry.places[s]
      for (let i = 0; i < length; i++, weight += places) {
        dw[weight] = multiplyAdd(delta[from + i], x[to + i], dw[weight])
        if (dx !== null) dx[to + i] = multiplyAdd(w[weight], delta[from + i], dx[to + i])
      }
    }
  }
  if (sharing !== 'kernel') return
  for (let place = 0; place < places; place++) {
    // The first chain as it is: dw is an array of the run's precision, which rounds each sum.
    dw[place] = lanes[place * LANES]
    for (let lane = 1; lane < LANES; lane++) dw[place] = dw[place] + lanes[place * LANES + lane]
  }
}
