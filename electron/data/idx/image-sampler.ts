// Picks some images out of a file that goes by in chunks, for a picture of the data set.

import type { ImageSamples } from '../../../engine/data/idx-set'
import { createRandom } from '../../../engine/random'
import type { IdxFileHead } from './idx-file'

/** Eight columns of five. */
const SAMPLES = 40

export class ImageSampler {
  /** Indices of the images that are shown, ascending. */
  private readonly chosen: Uint32Array
  private readonly images: Uint8Array
  private readonly bytesEach: number
  /** First chosen image that is not complete yet. */
  private next = 0

  /** @param file of the images to choose from */
  constructor(private readonly file: IdxFileHead) {
    const [count] = file.dimensions
    this.bytesEach = file.size / count
    // At random, always the same: images that lie in the order of their classes would show one class only.
    const chosen = new Set<number>()
    const random = createRandom(0, 'preview')
    while (chosen.size < Math.min(SAMPLES, count)) {
      chosen.add(count <= SAMPLES ? chosen.size : Math.floor(random.uniform() * count))
    }
    this.chosen = Uint32Array.from(chosen).sort()
    this.images = new Uint8Array(chosen.size * this.bytesEach)
  }

  /** @param at place of the chunk in the unpacked file */
  push(chunk: Uint8Array, at: number): void {
    const from = at - this.file.headerLength
    for (let i = this.next; i < this.chosen.length; i++) {
      const begin = this.chosen[i] * this.bytesEach
      const end = begin + this.bytesEach
      if (begin >= from + chunk.length) return
      const part = chunk.subarray(Math.max(0, begin - from), Math.max(0, end - from))
      this.images.set(part, i * this.bytesEach + Math.max(0, from - begin))
      if (end > from + chunk.length) return
      this.next = i + 1
    }
  }

  /** @param labels of all images of the file */
  finish(labels: Uint8Array): ImageSamples {
    const [, height, width, channels = 1] = this.file.dimensions
    return {
      height,
      width,
      count: this.chosen.length,
      pixels: Uint8Array.from(
        { length: this.images.length / channels },
        (_, pixel) => this.images[pixel * channels],
      ),
      labels: Uint8Array.from(this.chosen, (index) => labels[index]),
    }
  }
}
