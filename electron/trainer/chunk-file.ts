// Long columns on their way from a trainer process to the main one: through a file that both have open, of which the
// message tells the places. A message with two million bytes is copied eight times, mostly into memory that the system
// has to clear first, and costs a small network a seventh of its speed; a file's pages are copied in and out once.
// The file has a name only until the main process has opened it, and what is in it is read before it is reused.

import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SentChunk } from '../../engine/training/sent-chunk'
import { STEP_METRICS, type StepMetric } from '../../engine/training/types'
import type { MetricBatch } from './protocol'

/** Shorter ones are sent as they are. */
const LEAST_BYTES = 256 * 1024
/** Beyond it batches are sent as they are, until some have been acknowledged. */
const MOST_BYTES = 64 * 1024 * 1024

/** Where the numbers of a column are, in bytes. */
interface Place {
  start: number
  bytes: number
}

type WithoutColumns<Chunk> = Chunk extends unknown ? Omit<Chunk, 'columns'> : never

/** A batch whose chunk has its columns in a file. */
export interface FiledBatch extends Omit<MetricBatch, 'chunk'> {
  chunk: WithoutColumns<SentChunk> & { file: string; columns: Record<StepMetric, Place> }
}

type AnyBatch = MetricBatch | FiledBatch

function isFiled(batch: AnyBatch): batch is FiledBatch {
  return batch.chunk !== null && 'file' in batch.chunk
}

/** The trainer's end. */
export class ChunkFileWriter {
  private file: { path: string; descriptor: number } | null = null
  private isRefused = false
  /** What is not acknowledged yet, oldest first. */
  private used: { sequence: number; start: number; end: number }[] = []

  constructor(private readonly folder = tmpdir()) {}

  /** The batch as it is to be sent. Where the file can not be had it is the batch itself, now and later. */
  handOver(batch: MetricBatch): AnyBatch {
    const { chunk, sequence } = batch
    if (chunk === null || this.isRefused) return batch
    const bytes = STEP_METRICS.reduce((sum, metric) => sum + chunk.columns[metric].byteLength, 0)
    const start = bytes < LEAST_BYTES ? null : this.room(bytes)
    if (start === null) return batch
    try {
      const { path, descriptor } = (this.file ??= createFile(this.folder))
      const places = {} as Record<StepMetric, Place>
      let at = start
      for (const metric of STEP_METRICS) {
        const column = chunk.columns[metric]
        writeWhole(descriptor, column, at)
        places[metric] = { start: at, bytes: column.byteLength }
        at += column.byteLength
      }
      this.used.push({ sequence, start, end: at })
      return { ...batch, chunk: { ...chunk, file: path, columns: places } }
    } catch {
      // A full or a read-only folder is no reason to stop: messages carry everything too.
      this.isRefused = true
      return batch
    }
  }

  /** Batches up to this one were read. */
  acknowledged(sequence: number): void {
    this.used = this.used.filter((each) => each.sequence > sequence)
  }

  /** All batches were read: those of another run follow, with numbers from 0. */
  reset(): void {
    this.used = []
  }

  /** Where so many bytes are free, as near to the beginning as can be; null where there would be too many of them. */
  private room(bytes: number): number | null {
    const first = this.used.at(0)
    const last = this.used.at(-1)
    if (!first || !last) return bytes <= MOST_BYTES ? 0 : null
    const isWrapped = last.start < first.start
    if (isWrapped) return last.end + bytes <= first.start ? last.end : null
    if (bytes <= first.start) return 0
    return last.end + bytes <= MOST_BYTES ? last.end : null
  }
}

/** The main process' end, of one trainer process. */
export class ChunkFileReader {
  private descriptor: number | null = null

  /** @throws of the file system, and where the file holds less than was told */
  read(batch: AnyBatch): MetricBatch {
    if (!isFiled(batch)) return batch
    const { file, columns: places, ...chunk } = batch.chunk
    const descriptor = (this.descriptor ??= openAndForget(file))
    const columns = {} as Record<StepMetric, Float64Array>
    for (const metric of STEP_METRICS) {
      columns[metric] = readWhole(descriptor, places[metric].start, places[metric].bytes)
    }
    return { ...batch, chunk: { ...chunk, columns } }
  }

  close(): void {
    if (this.descriptor !== null) closeSync(this.descriptor)
    this.descriptor = null
  }
}

function createFile(folder: string): { path: string; descriptor: number } {
  const path = join(folder, `descent-points-${randomUUID()}`)
  return { path, descriptor: openSync(path, 'wx', 0o600) }
}

/** Without its name the file is gone with the last process that has it open, however that ends. */
function openAndForget(path: string): number {
  const descriptor = openSync(path, 'r')
  rmSync(path, { force: true })
  return descriptor
}

function bytesOf(column: Float64Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
}

function writeWhole(descriptor: number, column: Float64Array, start: number): void {
  const bytes = bytesOf(column)
  for (let done = 0; done < bytes.length;) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, start + done)
  }
}

function readWhole(descriptor: number, start: number, length: number): Float64Array {
  const column = new Float64Array(length / Float64Array.BYTES_PER_ELEMENT)
  const bytes = bytesOf(column)
  for (let done = 0; done < length;) {
    const count = readSync(descriptor, bytes, done, length - done, start + done)
    if (count === 0) {
      throw new Error(`The file of points ends at byte ${start + done}; ${start + length} were expected.`)
    }
    done += count
  }
  return column
}
