import { describe, expect, it } from 'vitest'
import { openTemporaryLog, startRun } from '../support/open-log'
import { exampleBatch, exampleChunk } from '../support/run-samples'

describe('appending batches', () => {
  it('stores a batch that arrives twice once', () => {
    const log = openTemporaryLog()
    const id = startRun(log)
    for (const sequence of [0, 0, 1, 0, 1, 2]) log.appendBatch(id, exampleBatch(sequence))
    expect(log.curves([id])[0].steps.step).toEqual(Float64Array.from({ length: 30 }, (_, index) => index + 1))
    expect(log.progress(id).step).toBe(30)
  })

  it('refuses a gap, an unknown run and a run that has ended, and stores nothing of it', () => {
    const log = openTemporaryLog()
    const id = startRun(log)
    expect(() => log.appendBatch(id, exampleBatch(1))).toThrow('batch 1 came where batch 0 was expected')
    expect(() => log.appendBatch('r0', exampleBatch(0))).toThrow('There is no run r0.')
    log.markEnded(id, 'failed', 'The trainer ended.')
    expect(() => log.appendBatch(id, exampleBatch(0))).toThrow(`Run ${id} is failed`)
    expect(log.curves([id])[0].steps.step.length).toBe(0)
    expect(log.getRun(id)).toMatchObject({ status: 'failed', reason: 'The trainer ended.' })
  })

  it('stores all of a batch or nothing of it', () => {
    const log = openTemporaryLog()
    const id = startRun(log)
    const twice = { epoch: 1, step: 10, elapsedMs: 1, metrics: { 'train/loss': 1 } }
    expect(() => log.appendBatch(id, exampleBatch(0, 10, { epochs: [twice, twice] }))).toThrow()
    expect(log.curves([id])[0].steps.step.length).toBe(0)
    expect(log.progress(id).step).toBe(0)
    log.appendBatch(id, exampleBatch(0))
    expect(log.curves([id])[0].steps.step.length).toBe(10)
  })

  it('keeps chunks of any stride and batches without points', () => {
    const log = openTemporaryLog()
    const id = startRun(log)
    log.appendBatch(id, exampleBatch(0, 2, { chunk: { ...exampleChunk(0, 2, 10), stride: 10 } }))
    log.appendBatch(id, exampleBatch(1, 2, { chunk: null }))
    // The last interval of a run may be shorter.
    log.appendBatch(id, exampleBatch(2, 1, { chunk: { ...exampleChunk(2, 1, 25), stride: 10 } }))
    expect([...log.curves([id])[0].steps.step]).toEqual([10, 20, 25])
  })
})
