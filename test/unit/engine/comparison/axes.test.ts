import { describe, expect, it } from 'vitest'
import { xColumn } from '../../../../engine/comparison/axes'
import type { RunAxes } from '../../../../engine/comparison/types'

const axes: RunAxes = { stepsPerEpoch: 4, batchSize: 32, examplesPerEpoch: 100, pauses: [] }
const columns = {
  step: Float64Array.of(0, 1, 3, 4, 5, 8, 11),
  epoch: Float64Array.of(0, 0.25, 0.75, 1, 1.25, 2, 2.75),
  elapsedMs: Float64Array.of(0, 10, 30, 40, 50, 80, 110),
}

describe('xColumn', () => {
  it('hands on what is logged as it is', () => {
    expect(xColumn(columns, axes, 'step')).toBe(columns.step)
    expect(xColumn(columns, axes, 'epoch')).toBe(columns.epoch)
    expect(xColumn(columns, axes, 'active')).toBe(columns.elapsedMs)
  })

  it('counts examples with a smaller last batch', () => {
    expect([...xColumn(columns, axes, 'examples')]).toEqual([0, 32, 96, 100, 132, 200, 296])
  })

  it('counts whole batches of a run that does not know its epochs yet', () => {
    expect([...xColumn(columns, { ...axes, stepsPerEpoch: 0 }, 'examples')].slice(0, 3)).toEqual([0, 32, 96])
  })

  it('adds to active time the pauses that began at or before it', () => {
    const pauses = [
      { afterActiveMs: 30, durationMs: 1000 },
      { afterActiveMs: 30, durationMs: 500 },
      { afterActiveMs: 45, durationMs: 7 },
    ]
    expect([...xColumn(columns, { ...axes, pauses }, 'wall')]).toEqual([0, 10, 1530, 1540, 1557, 1587, 1617])
    expect(xColumn(columns, axes, 'wall')).toBe(columns.elapsedMs)
  })
})
