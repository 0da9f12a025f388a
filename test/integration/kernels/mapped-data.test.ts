// Images that are mapped from a file train to the same bits as copied ones, and stay in memory once.

import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { createSession, parseSpec } from '../../../engine'
import { prepareData } from '../../../engine/data/prepare'
import type { Dataset } from '../../../engine/data/types'
import { FAST_KERNELS } from '../../../engine/kernels/program/kernel'
import { createRandom } from '../../../engine/random'
import { loadKept } from '../../../electron/data/kept-file'
import { fastKernel } from '../../../electron/kernels/load'
import { canMapFiles } from '../../../electron/kernels/mapped-file'
import { temporaryFolder } from '../support/temporary-folder'

// In Node.js 20 the instructions of the faster WebAssembly kernel are behind a flag.
setFlagsFromString('--experimental-wasm-relaxed-simd')

const WIDTH = 29
const COUNT = 6000

const specWith = (arithmetic: 'fused' | 'portable') =>
  parseSpec({
    version: 1,
    name: 'images',
    // The numbers come from images(); what stands here is only well-formed.
    dataset: {
      id: 'given',
      parameters: { inputs: [[0]], targets: [[0, 0, 0]] },
      split: { kind: 'random', validation: 0.1, seed: 1 },
    },
    network: {
      layers: [
        { kind: 'dense', units: 9, activation: 'relu' },
        { kind: 'dense', units: 3, activation: 'softmax' },
      ],
    },
    loss: 'categorical-cross-entropy',
    optimizer: { kind: 'sgd', learningRate: 0.01 },
    training: { epochs: 2, batchSize: 50, precision: 'float32', arithmetic },
  })

function images(): Dataset {
  const random = createRandom(7, 'images')
  return {
    shape: {
      input: [WIDTH, WIDTH, 1],
      outputs: 3,
      task: 'classification',
      classNames: ['a', 'b', 'c'],
      inputNames: [],
      targetNames: ['class'],
    },
    count: COUNT,
    inputs: Uint8Array.from({ length: COUNT * WIDTH * WIDTH }, () => random.next()),
    targets: Float64Array.from({ length: COUNT }, () => random.below(3)),
    testFrom: COUNT - 100,
    hash: 'b'.repeat(64),
  }
}

/** Of each place in this process's memory where such a file is: kilobytes that are copies and not the file's own. */
function copiedKilobytes(folder: string): number[] {
  const parts = readFileSync('/proc/self/smaps', 'utf8').split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)
  return parts
    .filter((part) => part.includes(folder))
    .map((part) => Number(/^Anonymous: +(\d+) kB/m.exec(part)?.[1]))
}

describe.runIf(canMapFiles())('images that are mapped from a file', () => {
  for (const name of FAST_KERNELS) {
    const kernel = fastKernel(name)
    it.runIf(kernel !== null)(`train to the bits of copied ones on ${name}`, async () => {
      if (kernel === null) return
      const spec = specWith(name === 'wasm-simd' ? 'portable' : 'fused')
      const folder = temporaryFolder()
      const copied = images()
      const mapped = await loadKept(folder, 'images', 'images', () => Promise.resolve(copied))
      const sessions = [copied, mapped].map((dataset) =>
        createSession(spec, prepareData(spec.dataset, dataset), { kernel, threads: 1 }),
      )
      // Also with fewer examples in the last batch that goes through the network.
      const [ofReference, ...pictures] = [
        createSession(spec, prepareData(spec.dataset, copied)),
        ...sessions,
      ].map((session) => session.inspect('training', 333))
      expect(pictures).toEqual([ofReference, ofReference])
      const outcomes = sessions.map((session) => {
        while (session.advance(40) === 'working');
        const { chunk, epochs, final } = session.drain()
        return { parameters: session.parameters(), columns: chunk?.columns, epochs, final }
      })
      expect(outcomes[1]).toEqual(outcomes[0])
      // Once for the data set itself and once for the kernel, without a page of either being copied.
      if (process.platform === 'linux') expect(copiedKilobytes(folder)).toEqual([0, 0])
      for (const session of sessions) session.close()
    })
  }
})
