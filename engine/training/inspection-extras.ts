// The pictures beside the main one: which of them there are for a model and its data. Each collects what it needs
// while the examples go through the network once.

import type { InspectedModel, Visit } from './inspected-model'
import { gridCollectors } from './inspection-grid'
import { exampleImages, reconstructions } from './inspection-images'
import type { ExtraPicture, Inspection } from './types'

export interface Collector {
  /** Sees every example, in order, after its forward pass. */
  visit: Visit
  /** After the last example. */
  finish(main: Inspection['picture']): ExtraPicture
}

export function collectorsFor(model: InspectedModel, indices: Uint32Array): Collector[] {
  const images = model.encoding === 'values' ? reconstructions(model, indices) : exampleImages(model, indices)
  return [...(images === null ? [] : [images]), ...gridCollectors(model, indices)]
}

/** Bytes of the arrays in an inspection's further pictures. */
export function extraBytes({ extra = [] }: Inspection): number {
  return extra
    .flatMap((picture): unknown[] => Object.values(picture))
    .reduce<number>((sum, value) => sum + (ArrayBuffer.isView(value) ? value.byteLength : 0), 0)
}
