// One optimizer update of a whole network: clipping, then the optimizer over weights and biases.

import { allocate, roundingOf } from '../network/arrays'
import type { FloatArray, Round } from '../network/arrays'
import type { Network } from '../network/network'
import { clipByNorm, clipByValue } from '../optimizers/gradients'
import { optimizerFor } from '../optimizers/optimizers'
import type { ExperimentSpec, OptimizerSpec } from '../spec/schema'

export class ParameterUpdate {
  /** The optimizer's memory: its arrays for the weights, then those for the biases. */
  readonly moments: readonly FloatArray[]

  private readonly network: Network
  private readonly optimizer: OptimizerSpec
  private readonly round: Round
  private readonly weightMoments: readonly FloatArray[]
  private readonly biasMoments: readonly FloatArray[]

  constructor(spec: ExperimentSpec, network: Network) {
    this.network = network
    this.optimizer = spec.optimizer
    const { precision } = spec.training
    this.round = roundingOf(precision)
    const { momentCount } = optimizerFor(spec.optimizer)
    const make = (length: number) => Array.from({ length: momentCount }, () => allocate(precision, length))
    this.weightMoments = make(network.weights.length)
    this.biasMoments = make(network.biases.length)
    this.moments = [...this.weightMoments, ...this.biasMoments]
  }

  /**
   * @param step 1-based count of updates, this one included
   * @param norm global norm of the gradients as they are now
   */
  apply(step: number, rate: number, norm: number): void {
    const { network, optimizer, round } = this
    const { weights, weightGradients, biases, biasGradients } = network
    if (optimizer.gradientClip !== null) {
      const { kind, threshold } = optimizer.gradientClip
      if (kind === 'norm') {
        clipByNorm(weightGradients, norm, threshold, round)
        clipByNorm(biasGradients, norm, threshold, round)
      } else {
        clipByValue(weightGradients, threshold, round)
        clipByValue(biasGradients, threshold, round)
      }
    }
    const method = optimizerFor(optimizer)
    method.update(
      weights,
      weightGradients,
      this.weightMoments,
      optimizer,
      step,
      rate,
      optimizer.weightDecay,
      round,
    )
    method.update(biases, biasGradients, this.biasMoments, optimizer, step, rate, 0, round)
  }
}
