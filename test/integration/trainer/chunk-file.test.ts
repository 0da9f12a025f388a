import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ChunkFileReader, ChunkFileWriter } from '../../../electron/trainer/chunk-file'
import { REPEATS_LOSS } from '../../../engine/training/sent-chunk'
import type { MetricBatch } from '../../../electron/trainer/protocol'
import { exampleBatch } from '../support/run-samples'
import { temporaryFolder } from '../support/temporary-folder'

/** 3 columns of them are longer than what is sent as it is. */
const MANY = 20_000

/** As the trainer's: the loss is its own minimum and maximum, and the rate one value. */
function batchOf(sequence: number, count = MANY): MetricBatch {
  const batch = exampleBatch(sequence, count)
  const loss = Float64Array.from({ length: count }, (_, i) => [NaN, -0, -Infinity, 5e-324, i / 3][i % 5])
  const columns = {
    ...batch.chunk!.columns,
    'batch/loss': loss,
    'batch/loss.min': REPEATS_LOSS,
    'batch/loss.max': REPEATS_LOSS,
    'batch/learning-rate': Float64Array.of(0.1),
  }
  const { firstStep, stride } = batch.chunk!
  return { ...batch, chunk: { firstStep, stride, count, slices: Float64Array.of(count, 0, 100), columns } }
}

function ends(folder = temporaryFolder()) {
  const writer = new ChunkFileWriter(folder)
  const reader = new ChunkFileReader()
  onTestFinished(() => reader.close())
  // The message crosses a border between processes.
  const send = (batch: MetricBatch) => structuredClone(writer.handOver(batch))
  const bytesOfFile = (): number => statSync(join(folder, readdirSync(folder)[0])).size
  return { writer, reader, send, folder, bytesOfFile }
}

/** Batches of many numbers are compared by the bits of their columns. */
function digest(batch: object) {
  const { chunk, ...rest } = batch as MetricBatch
  if (chunk === null) return { chunk, ...rest }
  const { columns, ...others } = chunk
  const bits = Object.entries(columns).map(([metric, values]) => [
    metric,
    values.length,
    createHash('sha1')
      .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
      .digest('hex'),
  ])
  return { ...rest, chunk: others, bits }
}

const isInFile = (sent: object): boolean => {
  const { chunk } = sent as { chunk: object | null }
  return chunk !== null && 'file' in chunk
}

describe('points that are handed over by a file', () => {
  it('are the same bits as those of a message', () => {
    const { writer, reader, send } = ends()
    for (let sequence = 0; sequence < 20; sequence++) {
      const batch = batchOf(sequence)
      const sent = send(batch)
      expect(isInFile(sent)).toBe(true)
      const read = reader.read(sent)
      expect(digest(read)).toStrictEqual(digest(batch))
      writer.acknowledged(sequence)
    }
  })

  it('are not written over before they were acknowledged, however late that comes', () => {
    const { writer, reader, send } = ends()
    const sent: { batch: MetricBatch; message: ReturnType<typeof send> }[] = []
    const readNext = (): void => {
      const { batch, message } = sent.shift()!
      expect(digest(reader.read(message))).toStrictEqual(digest(batch))
      writer.acknowledged(batch.sequence)
    }
    let sequence = 0
    // Of different lengths, with one to nine of them on the way.
    for (const wanted of [1, 4, 2, 9, 1, 3, 9, 0, 5, 1, 0]) {
      while (sent.length < wanted) {
        const batch = batchOf(sequence, MANY + ((sequence * 7919) % MANY))
        sent.push({ batch, message: send(batch) })
        sequence++
      }
      while (sent.length > wanted) readNext()
    }
    expect(sequence).toBeGreaterThan(20)
  })

  it('take no more room than what is on the way, and the file no name once it is open', () => {
    const { writer, reader, send, bytesOfFile, folder } = ends()
    send(batchOf(0))
    const once = bytesOfFile()
    for (let sequence = 1; sequence < 50; sequence++) {
      const sent = send(batchOf(sequence))
      expect(bytesOfFile()).toBe(2 * once)
      // The one before it.
      writer.acknowledged(sequence - 1)
      if (sequence === 49) reader.read(sent)
    }
    expect(readdirSync(folder)).toEqual([])
    expect(digest(reader.read(send(batchOf(50))))).toStrictEqual(digest(batchOf(50)))
  })

  it('come as they are where they are few, where too many are on the way and where no file can be made', () => {
    const { writer, send } = ends()
    expect(isInFile(send(batchOf(0, 100)))).toBe(false)
    expect(isInFile(send({ ...batchOf(1), chunk: null }))).toBe(false)
    const batch = batchOf(0)
    let sequence = 2
    while (isInFile(send({ ...batch, sequence }))) sequence++
    expect(sequence).toBeGreaterThan(100)
    expect(digest(send({ ...batch, sequence }))).toStrictEqual(digest({ ...batch, sequence }))
    writer.acknowledged(sequence)
    expect(isInFile(send({ ...batch, sequence: sequence + 1 }))).toBe(true)

    const nowhere = ends(join(temporaryFolder(), 'missing'))
    expect(digest(nowhere.send(batch))).toStrictEqual(digest(batch))
  })

  it('begin anew with another run', () => {
    const { writer, reader, send } = ends()
    reader.read(send(batchOf(0)))
    reader.read(send(batchOf(1)))
    writer.reset()
    expect(digest(reader.read(send(batchOf(0))))).toStrictEqual(digest(batchOf(0)))
  })

  it('say where the file ends too soon', () => {
    const { reader, send } = ends()
    const sent = send(batchOf(0))
    const { chunk } = sent as { chunk: { columns: Record<string, { bytes: number }> } }
    for (const place of Object.values(chunk.columns)) place.bytes += 8
    expect(() => reader.read(sent)).toThrow(/The file of points ends at byte \d+; \d+ were expected\./)
  })
})
