// Image sets that a person imports as IDX files: what is known of them. Types only, shared by the importer
// (electron/data/idx), the contract and the renderer; they all use these and no others.

import type { IdxFileKey } from './idx-images'

/** Examples of each class, by class index; one array as long as the other. */
export interface ClassCounts {
  training: readonly number[]
  test: readonly number[]
}

/** Of what an image set consists. */
export interface ImageSetSizes {
  height: number
  width: number
  /** 1: grey. */
  channels: number
  trainingImages: number
  /** 0 where the set has no test part of its own. */
  testImages: number
  /** Classes are the labels from 0 to the highest; some may have no example. */
  classCounts: ClassCounts
}

/** What the import dialog shows before anything is stored. */
export interface ImageSetPreview extends ImageSetSizes {
  /** Name that the set gets unless another is chosen. */
  name: string
  /** What each file was recognized as, in the order in which they are stored. */
  files: readonly { fileName: string; bytes: number; part: IdxFileKey; dimensions: readonly number[] }[]
  samples: ImageSamples
}

/** Training images drawn at random, always the same ones, in their order. */
export interface ImageSamples {
  height: number
  width: number
  count: number
  /** count x height x width, 0 to 255; the first channel of each image. */
  pixels: Uint8Array
  /** Class index of each image. */
  labels: Uint8Array
}

/** An imported image set in the application's store; kept beside its file as JSON. */
export interface ImageSetInfo extends ImageSetSizes {
  kind: 'images'
  /** SHA-256 of the unpacked files one behind another: training images, their labels, test images, their labels. */
  hash: string
  name: string
  /** Names of the files as they were imported, in the order of the hash. */
  fileNames: readonly string[]
  /** Of the unpacked files. */
  bytes: number
  importedAt: number
}
