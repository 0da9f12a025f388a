// Keeps loaded data sets of this process: runs and previews ask for the same one again and again.

import type { Dataset } from '../../engine/data/types'

/** Several sets like MNIST, whose images have 55 MB. */
const BYTES_LIMIT = 256 * 1024 * 1024

export class DatasetCache {
  /** In the order of their last use, the longest unused first. Promises, so that two askers load once. */
  private readonly entries = new Map<string, { dataset: Promise<Dataset>; bytes: number }>()

  constructor(private readonly limit = BYTES_LIMIT) {}

  async get(key: string, load: () => Promise<Dataset>): Promise<Dataset> {
    const found = this.entries.get(key)
    if (found !== undefined) {
      this.entries.delete(key)
      this.entries.set(key, found)
      return found.dataset
    }
    const entry = { dataset: load(), bytes: 0 }
    this.entries.set(key, entry)
    try {
      const dataset = await entry.dataset
      entry.bytes = dataset.inputs.byteLength + dataset.targets.byteLength
      this.trim()
      return dataset
    } catch (thrown) {
      // What failed may succeed next time: a file may be there by then.
      if (this.entries.get(key) === entry) this.entries.delete(key)
      throw thrown
    }
  }

  /** Drops the longest unused until the rest fits; the newest stays, whatever its size. */
  private trim(): void {
    let bytes = 0
    for (const entry of this.entries.values()) bytes += entry.bytes
    for (const [key, entry] of this.entries) {
      if (bytes <= this.limit || this.entries.size === 1) return
      bytes -= entry.bytes
      this.entries.delete(key)
    }
  }
}
