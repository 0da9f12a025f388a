// What pictures are made of: a network, its data, and how the one is fed with the other.

import type { PreparedData } from '../data/prepared'
import type { DataShape } from '../data/types'
import type { Network } from '../network/network'
import type { TargetEncoding } from '../network/targets'

export interface InspectedModel {
  network: Network
  data: PreparedData
  encoding: TargetEncoding
  /** The outputs of all layers for examples of the data; not more at a time than the network's arrays hold. */
  forwardExamples(indices: Uint32Array): void
}

/** Called after forward(): row of the network's batch, and position among the examples that are looked at. */
export type Visit = (row: number, position: number) => void

export function classCount(shape: DataShape): number {
  return Math.max(2, shape.classNames.length, shape.outputs)
}

/** At most `limit` of 0 .. length - 1, evenly spaced, ascending, 0 among them. */
export function evenlySpaced(length: number, limit: number): number[] {
  const count = Math.min(length, limit)
  return Array.from({ length: count }, (_, i) => Math.floor((i * length) / count))
}
