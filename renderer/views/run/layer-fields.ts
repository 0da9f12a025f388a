// A layer's parameters as fields to be drawn, and each number in words.

import type { LayerForm, LayerWeights } from '../../../electron/contract'
import { formatCount } from '../../format'
import type { Field } from './field-layout'

/** How the bias of a dense layer is looked at: beside W, or as the last row of W~ with y = [x 1] W~. */
export type BiasForm = Extract<LayerForm, { kind: 'dense' }>['biasForm']

export interface LayerField {
  /** "W", "b", "W̃" */
  symbol: string
  /** What lies where: "outputs down, inputs across". */
  axes: string
  /** "4 × 9" or "2 layers × 64 cells" */
  size: string
  field: Field
  /** The last row holds the biases: a line sets it apart. */
  hasBiasRow?: boolean
  /** Where a value is: "from input 3 to output 5". */
  placeOf(index: number): string
}

const one = (rows: number, columns: number, values: Float64Array): Field => ({
  planes: 1,
  rows,
  columns,
  values,
})
const times = (...lengths: number[]) => lengths.map((length) => formatCount(length)).join(' × ')

function vectorForm({ inputs, outputs, weights, biases }: LayerWeights): LayerField[] {
  return [
    {
      symbol: 'W',
      axes: 'outputs down, inputs across',
      size: times(outputs, inputs),
      field: one(outputs, inputs, weights),
      placeOf: (index) => `from input ${(index % inputs) + 1} to output ${Math.floor(index / inputs) + 1}`,
    },
    {
      symbol: 'b',
      axes: '',
      size: times(outputs),
      field: one(outputs, 1, biases),
      placeOf: (index) => `bias of output ${index + 1}`,
    },
  ]
}

/** W~ with W~[i][j] = W[j][i], and the biases as its last row. */
function inputRowForm({ inputs, outputs, weights, biases }: LayerWeights): LayerField[] {
  const values = new Float64Array((inputs + 1) * outputs)
  for (let j = 0; j < outputs; j++) {
    for (let i = 0; i < inputs; i++) values[i * outputs + j] = weights[j * inputs + i]
    values[inputs * outputs + j] = biases[j]
  }
  return [
    {
      symbol: 'W̃',
      axes: 'inputs down and the bias as the last row, outputs across',
      size: times(inputs + 1, outputs),
      field: one(inputs + 1, outputs, values),
      hasBiasRow: true,
      placeOf: (index) => {
        const [row, column] = [Math.floor(index / outputs), (index % outputs) + 1]
        return row === inputs ? `bias of output ${column}` : `from input ${row + 1} to output ${column}`
      },
    },
  ]
}

type GridForm = Extract<LayerForm, { kind: 'grid' }>

function cellText({ rows, columns }: GridForm, cell: number): string {
  return rows === 1
    ? `cell ${cell + 1}`
    : `cell in row ${Math.floor(cell / columns) + 1}, column ${(cell % columns) + 1}`
}

function placeText({ kernelRows, kernelColumns }: GridForm, place: number): string {
  return kernelRows === 1
    ? `kernel place ${place + 1}`
    : `kernel row ${Math.floor(place / kernelColumns) + 1}, column ${(place % kernelColumns) + 1}`
}

/** Not shared: the weights of one kernel place side by side, so that neighbouring cells are neighbours. */
function byPlace(
  { depth, rows, columns, kernelRows, kernelColumns }: GridForm,
  weights: Float64Array,
): Field {
  const [cells, places] = [rows * columns, kernelRows * kernelColumns]
  const values = new Float64Array(weights.length)
  for (let sheet = 0; sheet < depth; sheet++) {
    for (let cell = 0; cell < cells; cell++) {
      for (let place = 0; place < places; place++) {
        values[(sheet * places + place) * cells + cell] = weights[(sheet * cells + cell) * places + place]
      }
    }
  }
  return { planes: depth * places, rows, columns, values }
}

function gridWeights(form: GridForm, weights: Float64Array): LayerField {
  const { depth, rows, columns, kernelRows, kernelColumns } = form
  const [cells, places] = [rows * columns, kernelRows * kernelColumns]
  const isLine = rows === 1
  switch (form.sharing) {
    case 'source':
      return {
        symbol: 'W',
        axes: isLine
          ? 'layers down, cells across; a weight belongs to the cell that is read'
          : 'a tile a layer; a weight belongs to the cell that is read',
        size: `${times(depth)} layers × ${times(cells)} cells`,
        field: { planes: depth, rows, columns, values: weights },
        placeOf: (index) => `layer ${Math.floor(index / cells) + 1}, ${cellText(form, index % cells)}`,
      }
    case 'kernel':
      return {
        symbol: 'W',
        axes: isLine
          ? 'layers down, places of the kernel across; shared by all cells'
          : 'a kernel a layer; shared by all cells',
        size: `${times(depth)} layers × ${times(places)} places`,
        field: { planes: depth, rows: kernelRows, columns: kernelColumns, values: weights },
        placeOf: (index) => `layer ${Math.floor(index / places) + 1}, ${placeText(form, index % places)}`,
      }
    case 'none':
      return {
        symbol: 'W',
        axes: isLine
          ? `cells across; down ${formatCount(places)} places of the kernel for each layer`
          : `a tile for each of ${formatCount(places)} places of the kernel, layer after layer`,
        size: `${times(depth)} layers × ${times(cells)} cells × ${times(places)} places`,
        field: byPlace(form, weights),
        placeOf: (index) => {
          const plane = Math.floor(index / cells)
          const layer = Math.floor(plane / places) + 1
          return `layer ${layer}, ${placeText(form, plane % places)}, ${cellText(form, index % cells)}`
        },
      }
  }
}

function gridBiases(form: GridForm, biases: Float64Array): LayerField {
  const { depth, rows, columns } = form
  const cells = rows * columns
  return {
    symbol: 'b',
    axes: rows === 1 ? 'layers down, cells across' : 'a tile a layer',
    size: `${times(depth)} layers × ${times(cells)} cells`,
    field: { planes: depth, rows, columns, values: biases },
    placeOf: (index) => `bias of layer ${Math.floor(index / cells) + 1}, ${cellText(form, index % cells)}`,
  }
}

/** @param biasForm of dense layers; grids have one view */
export function layerFields(layer: LayerWeights, biasForm: BiasForm): LayerField[] {
  const { form } = layer
  if (form.kind === 'grid') return [gridWeights(form, layer.weights), gridBiases(form, layer.biases)]
  return biasForm === 'input-row' ? inputRowForm(layer) : vectorForm(layer)
}
