// From a built network to the operations of its programs: one that trains, one that measures, one that only
// predicts, and one that brings the transposed weights up to date.

import { linkOf } from '../../network/network'
import type { Network } from '../../network/network'
import { layerKind } from '../../network/layers'
import type { Layer } from '../../network/layers'
import { parameterOf } from '../../network/activations'
import type { FloatArray } from '../../network/arrays'
import { lossParameterOf } from '../../network/losses'
import type { TargetEncoding } from '../../network/targets'
import type { ActivationKind, ExperimentSpec, LossKind, OptimizerKind } from '../../spec/schema'
import type { GridGeometry, GridSharing } from '../grid'
import { gridExtent } from '../grid'
import * as abi from './abi'
import type { ArenaPlan, Matrix, Operation } from './arena'
import type { LayerParameters, ParameterLayout } from './parameters'

const ACTIVATION_CODES: Readonly<Record<Exclude<ActivationKind, 'softmax'>, number>> = {
  identity: abi.ACTIVATION_IDENTITY,
  logistic: abi.ACTIVATION_LOGISTIC,
  tanh: abi.ACTIVATION_TANH,
  relu: abi.ACTIVATION_RELU,
  'leaky-relu': abi.ACTIVATION_LEAKY_RELU,
  elu: abi.ACTIVATION_ELU,
  gelu: abi.ACTIVATION_GELU,
  softplus: abi.ACTIVATION_SOFTPLUS,
  sine: abi.ACTIVATION_SINE,
}
/** Activations whose slope follows from their output alone: what went in need not be kept. */
const SLOPE_FROM_OUTPUT: ReadonlySet<ActivationKind> = new Set([
  'identity',
  'logistic',
  'tanh',
  'relu',
  'softmax',
])

const LOSS_CODES: Readonly<Record<LossKind, number>> = {
  'half-sse': abi.LOSS_HALF_SSE,
  sse: abi.LOSS_SSE,
  mse: abi.LOSS_MSE,
  mae: abi.LOSS_MAE,
  huber: abi.LOSS_HUBER,
  'binary-cross-entropy': abi.LOSS_BINARY_CROSS_ENTROPY,
  'categorical-cross-entropy': abi.LOSS_CATEGORICAL_CROSS_ENTROPY,
}
const OPTIMIZER_CODES: Readonly<Record<OptimizerKind, number>> = {
  sgd: abi.OPTIMIZER_SGD,
  momentum: abi.OPTIMIZER_MOMENTUM,
  nesterov: abi.OPTIMIZER_NESTEROV,
  rmsprop: abi.OPTIMIZER_RMSPROP,
  adam: abi.OPTIMIZER_ADAM,
  adamw: abi.OPTIMIZER_ADAM,
}
const SHARING_CODES: Readonly<Record<GridSharing, number>> = {
  source: abi.SHARING_SOURCE,
  kernel: abi.SHARING_KERNEL,
  none: abi.SHARING_NONE,
}
const TARGET_CODES: Readonly<Record<TargetEncoding, number>> = {
  binary: abi.TARGETS_BINARY,
  'one-hot': abi.TARGETS_ONE_HOT,
  values: abi.TARGETS_VALUES,
}

/** Where everything stands that operations speak of. */
export interface Places {
  spec: ExperimentSpec
  network: Network
  encoding: TargetEncoding
  threads: number
  elementBytes: number
  matrices: ReadonlyMap<FloatArray, Matrix>
  parameters: ParameterLayout
  /** Addresses of arrays of the parameters' layout. */
  weights: number
  gradients: number
  moments: readonly number[]
  /** By layer: transposed weights, squares of a dense layer's units, what returns through a grid layer. */
  transposed: ReadonlyMap<Layer, { address: number; width: number; stride: number }>
  squares: ReadonlyMap<Layer, number>
  returned: ReadonlyMap<Layer, Matrix>
  geometries: ReadonlyMap<GridGeometry, readonly [number, number, number, number]>
  rowLoss: number
  rowCorrect: number
  normBlocks: number
  data: {
    address: number
    isBytes: boolean
    divisor: number
    table: number
    targets: number
    order: number
  } | null
}

/** The activation that works element by element and comes behind the layer's own sum. */
function elementwise(layer: Layer): { code: number; parameter: number } {
  const spec = layerKind(layer.spec).activation(layer.spec)
  if (spec.kind === 'softmax') return { code: abi.ACTIVATION_IDENTITY, parameter: 0 }
  return { code: ACTIVATION_CODES[spec.kind], parameter: parameterOf(spec) }
}

export class ProgramCompiler {
  constructor(private readonly places: Places) {}

  private matrix(array: FloatArray): Matrix {
    const matrix = this.places.matrices.get(array)
    if (matrix === undefined) throw new Error('An array of the network has no place in the program.')
    return matrix
  }

  private parametersOf(layer: Layer): LayerParameters {
    const found = this.places.parameters.layers.find((each) => each.layer === layer)
    if (found === undefined) throw new Error('A layer with parameters has no place in the program.')
    return found
  }

  private at(base: number, offset: number): number {
    return base + offset * this.places.elementBytes
  }

  /** Nothing where there is one thread. */
  private barrier(): Operation[] {
    return this.places.threads > 1 ? [{ kind: abi.BARRIER, words: {} }] : []
  }

  // ---- programs -------------------------------------------------------------------------------------

  /** The batch comes from the data set, its first operation; without that, from the host. */
  gather(): Operation[] {
    const { data, network, encoding } = this.places
    if (data === null) return []
    const x = this.matrix(network.input)
    const t = this.matrix(network.targets)
    return [
      {
        kind: abi.GATHER,
        words: {
          [abi.GATHER_DATA]: data.address,
          [abi.GATHER_DATA_KIND]: data.isBytes ? abi.DATA_BYTES : abi.DATA_NUMBERS,
          [abi.GATHER_WIDTH]: network.inputs,
          [abi.GATHER_X]: x.address,
          [abi.GATHER_LDX]: x.stride,
          [abi.GATHER_TARGETS]: data.targets,
          [abi.GATHER_TARGET_KIND]: TARGET_CODES[encoding],
          [abi.GATHER_OUTPUTS]: network.outputs,
          [abi.GATHER_T]: t.address,
          [abi.GATHER_LDT]: t.stride,
          [abi.GATHER_ORDER]: data.order,
          [abi.GATHER_TABLE]: data.table,
        },
        numbers: { [abi.GATHER_DIVISOR]: data.divisor },
      },
    ]
  }

  /** One optimizer step on the batch in the network's arrays. */
  train(): Operation[] {
    const { spec } = this.places
    return [
      ...this.forward(false),
      ...this.loss(true),
      ...this.backward(),
      ...this.barrier(),
      this.lossSum(true),
      ...this.weightGradients(),
      ...this.barrier(),
      this.norm(),
      // A clipped gradient may replace what another thread still reads for the norm.
      ...(spec.optimizer.gradientClip === null ? [] : this.barrier()),
      ...this.update(),
      ...this.transpose(),
      ...this.barrier(),
      { kind: abi.CHECK_PARAMETERS, words: {} },
    ]
  }

  /** Loss and accuracy of the batch. */
  measure(): Operation[] {
    return [
      ...this.forward(false),
      ...this.loss(false),
      ...this.barrier(),
      this.lossSum(false),
      ...this.barrier(),
    ]
  }

  /** Everything a picture may look at: outputs and what went into each activation. */
  predict(): Operation[] {
    return [...this.forward(true), ...this.barrier()]
  }

  prepare(): Operation[] {
    return [...this.transpose(), ...this.barrier()]
  }

  // ---- forward --------------------------------------------------------------------------------------

  private forward(keepsAll: boolean): Operation[] {
    const { network, spec } = this.places
    const operations = network.layers.flatMap((layer) => this.layerForward(layer, keepsAll))
    const { link, isOwn } = linkOf(spec)
    if (link === null || isOwn) return operations
    const logits = network.layers[network.layers.length - 1].output
    return [...operations, this.activation(link, 0, logits, network.output)]
  }

  private layerForward(layer: Layer, keepsAll: boolean): Operation[] {
    const spec = layerKind(layer.spec).activation(layer.spec)
    const isSoftmax = spec.kind === 'softmax'
    if (layer.spec.kind === 'activation') {
      if (layer.preActivation === layer.output) return []
      return [this.activation(spec.kind, parameterOf(spec), layer.preActivation, layer.output)]
    }
    const parameters = this.parametersOf(layer)
    const { code, parameter } = elementwise(layer)
    // A softmax is an operation of its own, so the layer itself ends with its sums.
    const z = this.matrix(layer.preActivation)
    const y = this.matrix(isSoftmax ? layer.preActivation : layer.output)
    const x = this.matrix(layer.input)
    const keepsSums = keepsAll || this.needsSums(layer)
    const w = this.at(this.places.weights, parameters.weightOffset)
    const b = this.at(this.places.weights, parameters.biasOffset)
    const own: Operation =
      parameters.panels !== null
        ? {
            kind: abi.DENSE_FORWARD,
            words: {
              [abi.DENSE_FORWARD_X]: x.address,
              [abi.DENSE_FORWARD_LDX]: x.stride,
              [abi.DENSE_FORWARD_W]: w,
              [abi.DENSE_FORWARD_PANEL_STRIDE]: parameters.panels.stride,
              [abi.DENSE_FORWARD_PANEL_WIDTH]: parameters.panels.width,
              [abi.DENSE_FORWARD_B]: b,
              [abi.DENSE_FORWARD_Z]: keepsSums ? z.address : 0,
              [abi.DENSE_FORWARD_LDZ]: z.stride,
              [abi.DENSE_FORWARD_Y]: y.address,
              [abi.DENSE_FORWARD_LDY]: y.stride,
              [abi.DENSE_FORWARD_INPUTS]: layer.inputs,
              [abi.DENSE_FORWARD_OUTPUTS]: layer.outputs,
              [abi.DENSE_FORWARD_ACTIVATION]: code,
            },
            numbers: { [abi.DENSE_FORWARD_PARAMETER]: parameter },
          }
        : {
            kind: abi.GRID_FORWARD,
            words: {
              [abi.GRID_FORWARD_X]: x.address,
              [abi.GRID_FORWARD_LDX]: x.stride,
              [abi.GRID_FORWARD_W]: w,
              [abi.GRID_FORWARD_B]: b,
              [abi.GRID_FORWARD_Z]: keepsSums ? z.address : 0,
              [abi.GRID_FORWARD_LDZ]: z.stride,
              [abi.GRID_FORWARD_Y]: y.address,
              [abi.GRID_FORWARD_LDY]: y.stride,
              [abi.GRID_FORWARD_ACTIVATION]: code,
              ...this.gridWords(layer),
            },
            numbers: { [abi.GRID_FORWARD_PARAMETER]: parameter },
          }
    return isSoftmax ? [own, this.activation('softmax', 0, layer.preActivation, layer.output)] : [own]
  }

  /** Whether what goes into the layer's activation is read after the forward pass. */
  private needsSums(layer: Layer): boolean {
    if (layer.preActivation === layer.output) return true
    const { kind } = layerKind(layer.spec).activation(layer.spec)
    return layer.isFused || !SLOPE_FROM_OUTPUT.has(kind) || kind === 'softmax'
  }

  private activation(
    kind: ActivationKind,
    parameter: number,
    input: FloatArray,
    output: FloatArray,
  ): Operation {
    const [z, y] = [this.matrix(input), this.matrix(output)]
    if (kind === 'softmax') {
      return {
        kind: abi.SOFTMAX_FORWARD,
        words: {
          [abi.SOFTMAX_FORWARD_Z]: z.address,
          [abi.SOFTMAX_FORWARD_LDZ]: z.stride,
          [abi.SOFTMAX_FORWARD_Y]: y.address,
          [abi.SOFTMAX_FORWARD_LDY]: y.stride,
          [abi.SOFTMAX_FORWARD_WIDTH]: z.width,
        },
      }
    }
    return {
      kind: abi.ACTIVATION_FORWARD,
      words: {
        [abi.ACTIVATION_FORWARD_Z]: z.address,
        [abi.ACTIVATION_FORWARD_LDZ]: z.stride,
        [abi.ACTIVATION_FORWARD_Y]: y.address,
        [abi.ACTIVATION_FORWARD_LDY]: y.stride,
        [abi.ACTIVATION_FORWARD_WIDTH]: z.width,
        [abi.ACTIVATION_FORWARD_ACTIVATION]: ACTIVATION_CODES[kind],
      },
      numbers: { [abi.ACTIVATION_FORWARD_PARAMETER]: parameter },
    }
  }

  private gridWords(layer: Layer): Record<number, number> {
    const { geometry, spec } = layer
    if (geometry === null || spec.kind !== 'grid')
      throw new Error('A grid layer was built without its geometry.')
    const { rows, columns } = gridExtent(spec, layer.inputs)
    const runs = this.places.geometries.get(geometry)
    if (runs === undefined) throw new Error('The runs of a grid have no place in the program.')
    return {
      [abi.GRID_SHARING]: SHARING_CODES[spec.sharing],
      [abi.GRID_CELLS]: layer.inputs,
      [abi.GRID_PLANE_ROWS]: rows,
      [abi.GRID_PLANE_COLUMNS]: columns,
      [abi.GRID_KERNEL_ROWS]: spec.plane === null ? 1 : spec.kernelSize,
      [abi.GRID_KERNEL_COLUMNS]: spec.kernelSize,
      [abi.GRID_CIRCULAR]: spec.border === 'circular' ? 1 : 0,
      [abi.GRID_RUNS]: geometry.runs,
      [abi.GRID_RUN_PLACES]: runs[0],
      [abi.GRID_RUN_READERS]: runs[1],
      [abi.GRID_RUN_SOURCES]: runs[2],
      [abi.GRID_RUN_LENGTHS]: runs[3],
    }
  }

  // ---- loss -----------------------------------------------------------------------------------------

  private loss(wantsGradient: boolean): Operation[] {
    const { network, spec, encoding, rowLoss, rowCorrect } = this.places
    const last = network.layers[network.layers.length - 1]
    const { link, isOwn } = linkOf(spec)
    const code =
      link === null
        ? LOSS_CODES[spec.loss.kind]
        : link === 'softmax'
          ? abi.LOSS_FUSED_SOFTMAX
          : abi.LOSS_FUSED_LOGISTIC
    const z = this.matrix(isOwn ? last.preActivation : last.output)
    const y = this.matrix(network.output)
    const t = this.matrix(network.targets)
    const g = this.matrix(last.gradient)
    return [
      {
        kind: abi.LOSS,
        words: {
          [abi.LOSS_KIND]: code,
          [abi.LOSS_Z]: z.address,
          [abi.LOSS_LDZ]: z.stride,
          [abi.LOSS_Y]: y.address,
          [abi.LOSS_LDY]: y.stride,
          [abi.LOSS_T]: t.address,
          [abi.LOSS_LDT]: t.stride,
          [abi.LOSS_G]: wantsGradient ? g.address : 0,
          [abi.LOSS_LDG]: g.stride,
          [abi.LOSS_WIDTH]: network.outputs,
          [abi.LOSS_ROW_LOSS]: rowLoss,
          [abi.LOSS_ROW_CORRECT]: rowCorrect,
          [abi.LOSS_ACCURACY]: encoding === 'values' ? 0 : 1,
        },
        numbers: { [abi.LOSS_PARAMETER]: lossParameterOf(spec.loss) },
      },
    ]
  }

  private lossSum(isChecked: boolean): Operation {
    return {
      kind: abi.LOSS_SUM,
      words: {
        [abi.LOSS_SUM_ROW_LOSS]: this.places.rowLoss,
        [abi.LOSS_SUM_ROW_CORRECT]: this.places.rowCorrect,
        [abi.LOSS_SUM_CHECK]: isChecked ? 1 : 0,
      },
    }
  }

  // ---- backward -------------------------------------------------------------------------------------

  /** From the loss's gradient down to every layer's dL/dz; gradients of parameters come after it. */
  private backward(): Operation[] {
    const { layers } = this.places.network
    const operations: Operation[] = []
    // The slope of a layer's activation may already be in the gradient that the layer after it handed down.
    let isSloped = false
    for (let index = layers.length - 1; index >= 0; index--) {
      const layer = layers[index]
      if (!isSloped) operations.push(...this.activationBackward(layer))
      isSloped = false
      if (layer.spec.kind === 'activation') continue
      const below = layer.inputGradient === null || index === 0 ? null : layers[index - 1]
      const isFusing = below !== null && this.hasElementwiseSlope(below)
      const operation = this.inputGradient(layer, isFusing ? below : null)
      if (operation !== null) operations.push(operation)
      isSloped = isFusing
    }
    return operations
  }

  private hasElementwiseSlope(layer: Layer): boolean {
    const { kind } = layerKind(layer.spec).activation(layer.spec)
    return layer.preActivation !== layer.output && kind !== 'softmax'
  }

  private activationBackward(layer: Layer): Operation[] {
    if (layer.isFused || layer.preActivation === layer.output) return []
    const spec = layerKind(layer.spec).activation(layer.spec)
    const g = this.matrix(layer.gradient)
    const y = this.matrix(layer.output)
    if (spec.kind === 'softmax') {
      return [
        {
          kind: abi.SOFTMAX_BACKWARD,
          words: {
            [abi.SOFTMAX_BACKWARD_G]: g.address,
            [abi.SOFTMAX_BACKWARD_LDG]: g.stride,
            [abi.SOFTMAX_BACKWARD_Y]: y.address,
            [abi.SOFTMAX_BACKWARD_LDY]: y.stride,
            [abi.SOFTMAX_BACKWARD_WIDTH]: layer.outputs,
          },
        },
      ]
    }
    const z = this.sumsOf(layer)
    return [
      {
        kind: abi.ACTIVATION_BACKWARD,
        words: {
          [abi.ACTIVATION_BACKWARD_G]: g.address,
          [abi.ACTIVATION_BACKWARD_LDG]: g.stride,
          [abi.ACTIVATION_BACKWARD_Z]: z.address,
          [abi.ACTIVATION_BACKWARD_LDZ]: z.stride,
          [abi.ACTIVATION_BACKWARD_Y]: y.address,
          [abi.ACTIVATION_BACKWARD_LDY]: y.stride,
          [abi.ACTIVATION_BACKWARD_WIDTH]: layer.outputs,
          [abi.ACTIVATION_BACKWARD_ACTIVATION]: ACTIVATION_CODES[spec.kind],
        },
        numbers: { [abi.ACTIVATION_BACKWARD_PARAMETER]: parameterOf(spec) },
      },
    ]
  }

  /** What a slope may be computed from beside the output: the output again where the sums are not kept. */
  private sumsOf(layer: Layer): Matrix {
    // An activation layer's sums are the output of the layer before it, which is always there.
    const isKept = layer.spec.kind === 'activation' || this.needsSums(layer)
    return this.matrix(isKept ? layer.preActivation : layer.output)
  }

  /** @param below the layer whose activation's slope goes into the result */
  private inputGradient(layer: Layer, below: Layer | null): Operation | null {
    const dx = layer.inputGradient === null ? null : this.matrix(layer.inputGradient)
    const g = this.matrix(layer.gradient)
    const z = below === null ? null : this.sumsOf(below)
    const y = below === null ? null : this.matrix(below.output)
    const { code, parameter } =
      below === null ? { code: abi.ACTIVATION_IDENTITY, parameter: 0 } : elementwise(below)
    const parameters = this.parametersOf(layer)
    const geometry = layer.geometry
    if (geometry === null) {
      if (dx === null) return null
      const transposed = this.places.transposed.get(layer)
      if (transposed === undefined) throw new Error('The transposed weights of a layer have no place.')
      return {
        kind: abi.DENSE_BACKWARD_INPUT,
        words: {
          [abi.DENSE_BACKWARD_INPUT_G]: g.address,
          [abi.DENSE_BACKWARD_INPUT_LDG]: g.stride,
          [abi.DENSE_BACKWARD_INPUT_WT]: transposed.address,
          [abi.DENSE_BACKWARD_INPUT_T_STRIDE]: transposed.stride,
          [abi.DENSE_BACKWARD_INPUT_T_WIDTH]: transposed.width,
          [abi.DENSE_BACKWARD_INPUT_DX]: dx.address,
          [abi.DENSE_BACKWARD_INPUT_LDDX]: dx.stride,
          [abi.DENSE_BACKWARD_INPUT_INPUTS]: layer.inputs,
          [abi.DENSE_BACKWARD_INPUT_OUTPUTS]: layer.outputs,
          [abi.DENSE_BACKWARD_INPUT_ACTIVATION]: code,
          [abi.DENSE_BACKWARD_INPUT_Z]: z?.address ?? 0,
          [abi.DENSE_BACKWARD_INPUT_LDZ]: z?.stride ?? 0,
          [abi.DENSE_BACKWARD_INPUT_Y]: y?.address ?? 0,
          [abi.DENSE_BACKWARD_INPUT_LDY]: y?.stride ?? 0,
        },
        numbers: { [abi.DENSE_BACKWARD_INPUT_PARAMETER]: parameter },
      }
    }
    const returned = this.places.returned.get(layer)
    if (dx === null && returned === undefined) return null
    return {
      kind: abi.GRID_BACKWARD_INPUT,
      words: {
        [abi.GRID_BACKWARD_INPUT_G]: g.address,
        [abi.GRID_BACKWARD_INPUT_LDG]: g.stride,
        [abi.GRID_BACKWARD_INPUT_W]: this.at(this.places.weights, parameters.weightOffset),
        [abi.GRID_BACKWARD_INPUT_RETURNED]: returned?.address ?? 0,
        [abi.GRID_BACKWARD_INPUT_LDR]: returned?.stride ?? 0,
        [abi.GRID_BACKWARD_INPUT_DX]: dx?.address ?? 0,
        [abi.GRID_BACKWARD_INPUT_LDDX]: dx?.stride ?? 0,
        [abi.GRID_BACKWARD_INPUT_ACTIVATION]: code,
        [abi.GRID_BACKWARD_INPUT_Z]: z?.address ?? 0,
        [abi.GRID_BACKWARD_INPUT_LDZ]: z?.stride ?? 0,
        [abi.GRID_BACKWARD_INPUT_Y]: y?.address ?? 0,
        [abi.GRID_BACKWARD_INPUT_LDY]: y?.stride ?? 0,
        ...this.gridWords(layer),
      },
      numbers: { [abi.GRID_BACKWARD_INPUT_PARAMETER]: parameter },
    }
  }

  private weightGradients(): Operation[] {
    const { parameters, gradients } = this.places
    return parameters.layers.map(({ layer, panels, weightOffset, biasOffset }): Operation => {
      const x = this.matrix(layer.input)
      const g = this.matrix(layer.gradient)
      const dw = this.at(gradients, weightOffset)
      const db = this.at(gradients, biasOffset)
      if (panels !== null) {
        return {
          kind: abi.DENSE_BACKWARD_WEIGHTS,
          words: {
            [abi.DENSE_BACKWARD_WEIGHTS_X]: x.address,
            [abi.DENSE_BACKWARD_WEIGHTS_LDX]: x.stride,
            [abi.DENSE_BACKWARD_WEIGHTS_G]: g.address,
            [abi.DENSE_BACKWARD_WEIGHTS_LDG]: g.stride,
            [abi.DENSE_BACKWARD_WEIGHTS_DW]: dw,
            [abi.DENSE_BACKWARD_WEIGHTS_PANEL_STRIDE]: panels.stride,
            [abi.DENSE_BACKWARD_WEIGHTS_PANEL_WIDTH]: panels.width,
            [abi.DENSE_BACKWARD_WEIGHTS_DB]: db,
            [abi.DENSE_BACKWARD_WEIGHTS_SQUARES]: this.places.squares.get(layer) ?? 0,
            [abi.DENSE_BACKWARD_WEIGHTS_INPUTS]: layer.inputs,
            [abi.DENSE_BACKWARD_WEIGHTS_OUTPUTS]: layer.outputs,
          },
        }
      }
      const returned = this.places.returned.get(layer)
      return {
        kind: abi.GRID_BACKWARD_WEIGHTS,
        words: {
          [abi.GRID_BACKWARD_WEIGHTS_X]: x.address,
          [abi.GRID_BACKWARD_WEIGHTS_LDX]: x.stride,
          [abi.GRID_BACKWARD_WEIGHTS_G]: g.address,
          [abi.GRID_BACKWARD_WEIGHTS_LDG]: g.stride,
          [abi.GRID_BACKWARD_WEIGHTS_RETURNED]: returned?.address ?? 0,
          [abi.GRID_BACKWARD_WEIGHTS_LDR]: returned?.stride ?? 0,
          [abi.GRID_BACKWARD_WEIGHTS_DW]: dw,
          [abi.GRID_BACKWARD_WEIGHTS_DB]: db,
          ...this.gridWords(layer),
        },
      }
    })
  }

  // ---- norm and update ------------------------------------------------------------------------------

  /** The blocks that NORM adds up, weights first: int32 quadruples. */
  normBlocks(): number[] {
    const { parameters, gradients, squares } = this.places
    const weights = parameters.layers.flatMap(({ layer, panels, weightOffset }) =>
      panels !== null
        ? [abi.NORM_UNITS, squares.get(layer) ?? 0, layer.outputs, 0]
        : [abi.NORM_LANES, this.at(gradients, weightOffset), layer.weights.length, 0],
    )
    const biases = parameters.layers.flatMap(({ layer, biasOffset }) => [
      abi.NORM_LANES,
      this.at(gradients, biasOffset),
      layer.biases.length,
      0,
    ])
    return [...weights, ...biases]
  }

  private norm(): Operation {
    const count = this.places.parameters.layers.length
    return {
      kind: abi.NORM,
      words: {
        [abi.NORM_BLOCKS]: this.places.normBlocks,
        [abi.NORM_WEIGHT_BLOCKS]: count,
        [abi.NORM_BIAS_BLOCKS]: count,
      },
    }
  }

  private update(): Operation[] {
    const { spec, parameters, threads } = this.places
    const { optimizer } = spec
    // With one rule for weights and biases and one thread, all parameters are one array.
    if (threads === 1 && optimizer.weightDecay === 0) {
      return [this.updateOf(0, parameters.length, parameters.length, true)]
    }
    return parameters.layers.flatMap(({ panels, weightOffset, weightCount, biasOffset, biasCount }) => [
      this.updateOf(weightOffset, weightCount, panels === null ? weightCount : panels.stride, true),
      this.updateOf(biasOffset, biasCount, biasCount, false),
    ])
  }

  private updateOf(offset: number, count: number, chunk: number, isWeights: boolean): Operation {
    const { spec, weights, gradients, moments } = this.places
    const { optimizer } = spec
    const round = spec.training.precision === 'float32' ? Math.fround : (x: number): number => x
    const clip = optimizer.gradientClip
    const isDecoupled = optimizer.kind === 'adamw'
    const numbers: Record<number, number> = {
      [abi.UPDATE_DECAY]: isWeights && !isDecoupled ? round(optimizer.weightDecay) : 0,
      [abi.UPDATE_THRESHOLD]:
        clip === null ? 0 : clip.kind === 'value' ? round(clip.threshold) : clip.threshold,
    }
    switch (optimizer.kind) {
      case 'sgd':
        break
      case 'momentum':
      case 'nesterov':
        numbers[abi.UPDATE_FIRST] = round(optimizer.momentum)
        break
      case 'rmsprop':
        numbers[abi.UPDATE_FIRST] = round(optimizer.decay)
        numbers[abi.UPDATE_FIRST_REST] = round(1 - optimizer.decay)
        numbers[abi.UPDATE_EPSILON] = round(optimizer.epsilon)
        break
      case 'adam':
      case 'adamw':
        numbers[abi.UPDATE_FIRST] = round(optimizer.beta1)
        numbers[abi.UPDATE_FIRST_REST] = round(1 - optimizer.beta1)
        numbers[abi.UPDATE_SECOND] = round(optimizer.beta2)
        numbers[abi.UPDATE_SECOND_REST] = round(1 - optimizer.beta2)
        numbers[abi.UPDATE_EPSILON] = round(optimizer.epsilon)
    }
    const [m = 0, v = 0] = moments.map((address) => this.at(address, offset))
    return {
      kind: abi.UPDATE,
      words: {
        [abi.UPDATE_OPTIMIZER]: OPTIMIZER_CODES[optimizer.kind],
        [abi.UPDATE_W]: this.at(weights, offset),
        [abi.UPDATE_G]: this.at(gradients, offset),
        [abi.UPDATE_M]: m,
        [abi.UPDATE_V]: v,
        [abi.UPDATE_COUNT]: count,
        [abi.UPDATE_CHUNK]: chunk,
        [abi.UPDATE_CLIP]:
          clip === null ? abi.CLIP_NONE : clip.kind === 'norm' ? abi.CLIP_NORM : abi.CLIP_VALUE,
        [abi.UPDATE_SHRINKS]: isDecoupled && isWeights && optimizer.weightDecay !== 0 ? 1 : 0,
      },
      numbers,
    }
  }

  private transpose(): Operation[] {
    const { parameters, transposed, weights } = this.places
    return parameters.layers.flatMap(({ layer, panels, weightOffset }): Operation[] => {
      const target = transposed.get(layer)
      if (panels === null || target === undefined) return []
      return [
        {
          kind: abi.TRANSPOSE,
          words: {
            [abi.TRANSPOSE_W]: this.at(weights, weightOffset),
            [abi.TRANSPOSE_PANEL_STRIDE]: panels.stride,
            [abi.TRANSPOSE_PANEL_WIDTH]: panels.width,
            [abi.TRANSPOSE_WT]: target.address,
            [abi.TRANSPOSE_T_STRIDE]: target.stride,
            [abi.TRANSPOSE_T_WIDTH]: target.width,
            [abi.TRANSPOSE_INPUTS]: layer.inputs,
            [abi.TRANSPOSE_OUTPUTS]: layer.outputs,
          },
        },
      ]
    })
  }
}

/** Space for the arrays of examples, one for each array of the network. */
export function placeMatrices(
  network: Network,
  plan: ArenaPlan,
  elementBytes: number,
): Map<FloatArray, Matrix> {
  const matrices = new Map<FloatArray, Matrix>()
  const place = (array: FloatArray | null, width: number): void => {
    if (array === null || matrices.has(array)) return
    const stride = rowStride(width, elementBytes)
    const address = plan.reserve(network.capacity * stride * elementBytes)
    matrices.set(array, { address, width, stride })
  }
  place(network.input, network.inputs)
  place(network.targets, network.outputs)
  for (const layer of network.layers) {
    place(layer.input, layer.inputs)
    place(layer.preActivation, layer.outputs)
    place(layer.output, layer.outputs)
    place(layer.gradient, layer.outputs)
  }
  place(network.output, network.outputs)
  return matrices
}

/** Room for whole panels; not a multiple of 512 bytes, or rows would share the same few sets of the cache. */
function rowStride(width: number, elementBytes: number): number {
  const whole = width <= 8 ? 8 : Math.ceil(width / 16) * 16
  return (whole * elementBytes) % 512 === 0 ? whole + 16 : whole
}
