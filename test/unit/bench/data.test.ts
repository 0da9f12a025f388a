import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { batchLoss, createRandom, makeArrays, readData, writeData } from '../../bench/lib/data.mjs'
import { stepFlops, sweep, workloads } from '../../bench/lib/workloads.mjs'

const folder = mkdtempSync(join(tmpdir(), 'descent-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
const [playground, , mnist] = workloads

describe('data of the benchmark', () => {
  it('is the same each time, from numbers of [0, 1)', () => {
    expect(makeArrays(playground)).toEqual(makeArrays(playground))
    const random = createRandom(1)
    const numbers = Array.from({ length: 2000 }, random)
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers)).toBeLessThan(1)
    expect(numbers.reduce((a, b) => a + b) / 2000).toBeCloseTo(0.5, 1)
  })

  it.each([playground, mnist])('comes back from its files: $title', (workload) => {
    const layers = [{ ...workload.layers[0], inputs: 3 }, ...workload.layers.slice(1)]
    const small = { ...workload, layers, batches: 2, batch: 3 }
    const arrays = makeArrays(small)
    expect(readData(writeData(folder, small, arrays))).toEqual({ ...small, arrays })
  })

  it('has the loss each work load asks for, as the mean over a batch', () => {
    const small = { ...playground, batch: 2, layers: [{ ...playground.layers[0], outputs: 2 }] }
    const t = { shape: [1, 2, 2], values: Float64Array.of(0, 0, 0, 1) }
    const data = { ...small, arrays: { t } }
    expect(batchLoss({ ...data, loss: 'mse' }, 0, () => [1, 0])).toBeCloseTo((0.5 + 1) / 2)
    expect(batchLoss({ ...data, loss: 'half-sse' }, 0, () => [1, 0])).toBeCloseTo((0.5 + 1) / 2)
    const labels = { shape: [1, 2], values: Int32Array.of(0, 1) }
    const classes = { ...small, loss: 'cross-entropy' as const, arrays: { labels } }
    expect(batchLoss(classes, 0, () => [0.25, 0.75])).toBeCloseTo(-(Math.log(0.25) + Math.log(0.75)) / 2)
  })

  it('counts the operations of a step: three products a layer, two in the first', () => {
    expect(stepFlops(mnist)).toBe(2 * 64 * (2 * 784 * 128 + 3 * 128 * 10))
    expect(stepFlops(sweep[0])).toBe(4 * 64 * 64 * 64)
  })
})
