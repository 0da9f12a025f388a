import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { sentEpochs } from '../../../engine/training/sent-epochs'
import { openTemporaryLog, startRun } from '../support/open-log'
import { exampleBatch, exampleChunk } from '../support/run-samples'
import { temporaryFolder } from '../support/temporary-folder'

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

  it('keeps every epoch of a batch, however many it has, and which metrics each of them measured', () => {
    const log = openTemporaryLog()
    const id = startRun(log)
    let next = 1
    const counts = [0, 1, 10, 31, 32, 33, 200]
    counts.forEach((count, sequence) => {
      const epochs = Array.from({ length: count }, () => {
        const epoch = next++
        const validation: Record<string, number> =
          epoch % 5 === 0 ? { 'val/loss': epoch % 10 === 0 ? NaN : -epoch } : {}
        return {
          epoch,
          step: epoch * 10,
          elapsedMs: epoch / 3,
          metrics: { 'train/loss': epoch / 7, ...validation },
        }
      })
      log.appendBatch(id, exampleBatch(sequence, 10, { epochs }))
    })
    const { epochs } = log.curves([id])[0]
    const numbers = Array.from({ length: next - 1 }, (_, index) => index + 1)
    expect([...epochs.epoch]).toEqual(numbers)
    expect([...epochs.step]).toEqual(numbers.map((epoch) => epoch * 10))
    expect([...epochs.elapsedMs]).toEqual(numbers.map((epoch) => epoch / 3))
    expect([...epochs.metrics['train/loss'].values]).toEqual(numbers.map((epoch) => epoch / 7))
    const { values, measured } = epochs.metrics['val/loss']
    expect([...measured]).toEqual(numbers.map((epoch) => Number(epoch % 5 === 0)))
    expect([...values]).toEqual(numbers.map((epoch) => (epoch % 10 === 5 ? -epoch : NaN)))
  })

  it('keeps epochs that come as columns as it keeps those that come one by one', () => {
    const log = openTemporaryLog()
    // Of three batches: in the second validation is left out once, in the third a loss is minus zero.
    const batches = [0, 1, 2].map((sequence) =>
      Array.from({ length: 70 }, (_, i) => ({
        epoch: sequence * 70 + i + 1,
        step: sequence * 70 + i + 1,
        elapsedMs: i / 7,
        metrics: {
          'train/loss': sequence === 2 && i === 40 ? -0 : 1 / (i + 3),
          ...(sequence === 1 && i === 50 ? {} : { 'val/loss': 2 / (i + 3), 'val/accuracy': i / 70 }),
        },
      })),
    )
    const [single, together] = [startRun(log), startRun(log)]
    batches.flat().forEach((record, sequence) => {
      log.appendBatch(single, exampleBatch(sequence, 1, { epochs: [record] }))
    })
    batches.forEach((records, sequence) => {
      log.appendBatch(together, exampleBatch(sequence, 70, { epochs: sentEpochs(records) }))
    })
    const [one, other] = log.curves([single, together])
    expect(other.epochs).toStrictEqual(one.epochs)
    expect(other.epochs.metrics['val/loss'].measured.indexOf(0)).toBe(120)
    expect(other.epochs.metrics['train/loss'].values[180]).toBe(-0)
    const [ofOne, ofOther] = [single, together].map((id) => log.getRun(id))
    expect(ofOther?.metrics).toStrictEqual(ofOne?.metrics)
    expect(ofOther?.sparkline).toStrictEqual(ofOne?.sparkline)
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

  it('joins the chunks of many small batches and changes nothing that is read', () => {
    const log = openTemporaryLog(join(temporaryFolder({ isFast: true }), 'descent.db'))
    const id = startRun(log)
    const batches = 4096 + 70
    for (let sequence = 0; sequence < batches; sequence++) {
      // Every hundredth batch has no points, and the interval between points changes in mid-run.
      const chunk = { ...exampleChunk(sequence, 2, sequence * 20 + 10), stride: sequence < 2000 ? 10 : 7 }
      log.appendBatch(id, exampleBatch(sequence, 2, { chunk: sequence % 100 === 99 ? null : chunk }))
    }
    const { steps } = log.curves([id])[0]
    let point = 0
    for (let sequence = 0; sequence < batches; sequence++) {
      if (sequence % 100 === 99) continue
      const chunk = exampleChunk(sequence, 2)
      const start = sequence * 20 + 10
      expect([...steps.step.subarray(point, point + 2)]).toEqual([start, start + (sequence < 2000 ? 10 : 7)])
      expect(steps.columns['batch/loss'].subarray(point, point + 2)).toEqual(chunk.columns['batch/loss'])
      expect(steps.elapsedMs.subarray(point, point + 2)).toEqual(chunk.elapsedMs)
      point += 2
    }
    expect(steps.step.length).toBe(point)

    const database = new BetterSqlite(log.path, { readonly: true })
    const early = 'SELECT COUNT(*) FROM step_chunk WHERE metric = ? AND first_step < 2000 * 20'
    // One piece between two batches without points.
    expect(database.prepare(early).pluck().get('batch/loss')).toBeLessThan(25)
    database.close()
  })
})
