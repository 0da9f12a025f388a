// Sums up the chosen measures of engine/metrics over one epoch. Nothing is allocated between epochs but two views
// for the loss of a last example.

import { largestDifference, MEASURE_TABLE } from '../metrics/measures'
import type { Measure } from '../metrics/measures'
import type { Network } from '../network/network'
import type { MeasureName } from '../spec/schema'

export class EpochMeasures {
  private readonly names: readonly MeasureName[]
  private readonly measures: readonly Measure[]
  /** Of the open epoch: sums of means, and last values; one a measure. */
  private readonly values: Float64Array

  constructor(
    names: readonly MeasureName[],
    private readonly network: Network,
    /** Weights that made the data, where they are known. */
    private readonly teacher: Float64Array | null,
  ) {
    this.names = [...new Set(names)]
    this.measures = this.names.map((name) => MEASURE_TABLE[name])
    this.values = new Float64Array(this.names.length)
  }

  get isEmpty(): boolean {
    return this.names.length === 0
  }

  beginEpoch(): void {
    this.values.fill(0)
  }

  /** After forward() of a batch, before its update. */
  addBatch(rows: number, isLastOfEpoch: boolean): void {
    const { output, targets, outputs } = this.network
    for (let m = 0; m < this.measures.length; m++) {
      const { ofExample, statistic } = this.measures[m]
      if (statistic === 'mean' && ofExample !== null) {
        for (let row = 0; row < rows; row++) {
          this.values[m] += ofExample(output, targets, row * outputs, outputs)
        }
      } else if (statistic === 'last' && isLastOfEpoch) {
        const row = rows - 1
        this.values[m] =
          ofExample === null ? this.network.lossOf(row) : ofExample(output, targets, row * outputs, outputs)
      }
    }
  }

  /** Metrics of the epoch that has ended, `train/` before each name. */
  metrics(examples: number): Record<string, number> {
    const metrics: Record<string, number> = {}
    this.measures.forEach(({ statistic }, m) => {
      metrics[`train/${this.names[m]}`] =
        statistic === 'mean'
          ? this.values[m] / examples
          : statistic === 'last'
            ? this.values[m]
            : this.teacher === null
              ? NaN
              : largestDifference(this.network.weights, this.teacher)
    })
    return metrics
  }

  exportValues(): number[] {
    return [...this.values]
  }

  importValues(values: readonly number[]): void {
    this.values.set(values.slice(0, this.values.length))
  }
}
