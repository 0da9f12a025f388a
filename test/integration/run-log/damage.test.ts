import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { csvPieces, textOf } from '../../../electron/export'
import { openRunLog } from '../../../electron/run-log'
import type { RunCurves } from '../../../electron/contract'
import { DescentError } from '../../../engine/errors'
import { createRandom } from '../../../engine/random'
import { startRun } from '../support/open-log'
import { exampleBatch, exampleChunk } from '../support/run-samples'
import { temporaryFolder } from '../support/temporary-folder'

const POINTS = 64
const BATCHES = 40

function filledDatabase(path: string, batches = BATCHES): string {
  const log = openRunLog(path, { owner: 'app' })
  const id = startRun(log)
  for (let sequence = 0; sequence < batches; sequence++) log.appendBatch(id, exampleBatch(sequence, POINTS))
  log.markDone(id, { kind: 'finished' }, {}, 'w')
  log.close()
  return id
}

/** Opens, reads and exports; the error is what a person would see. */
function readAll(path: string, id: string): DescentError | RunCurves {
  try {
    const log = openRunLog(path, { owner: 'app' })
    try {
      textOf(csvPieces(log, { format: 'long', runIds: [id] }))
      log.listRuns()
      log.detail(id)
      return log.curves([id])[0]
    } finally {
      log.close()
    }
  } catch (thrown) {
    if (thrown instanceof DescentError) return thrown
    throw thrown
  }
}

function flipBit(bytes: Buffer, places: readonly number[], bit: number): Buffer {
  const flipped = Buffer.from(bytes)
  for (const place of places) flipped[place] ^= 1 << bit
  return flipped
}

/** Every place of `part`: SQLite leaves stale copies behind where it has moved rows. */
function placesOf(part: Buffer, bytes: Buffer): number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(part); at !== -1; at = bytes.indexOf(part, at + 1)) places.push(at)
  return places
}

describe('a flipped bit', () => {
  it('in stored values is reported on reading and on export, 100 times of 100, by run, metric and batch', () => {
    const path = join(temporaryFolder(), 'descent.db')
    const id = filledDatabase(path)
    const clean = readFileSync(path)
    const random = createRandom(14, 'flips')
    for (let trial = 0; trial < 100; trial++) {
      const sequence = random.below(BATCHES)
      const metrics = Object.entries(exampleChunk(sequence, POINTS).columns)
      const [metric, values] = metrics[random.below(metrics.length)]
      const places = placesOf(Buffer.from(values.buffer), clean)
      expect(places).not.toEqual([])
      const offset = random.below(values.byteLength)
      writeFileSync(
        path,
        flipBit(
          clean,
          places.map((place) => place + offset),
          random.below(8),
        ),
      )

      const outcome = readAll(path, id)
      expect(outcome).toBeInstanceOf(DescentError)
      const { code, message } = outcome as DescentError
      expect(code).toBe('database-damaged')
      expect(message).toContain(`the values of ${metric} in batch ${sequence} of run ${id}`)
    }
  })

  it('anywhere in the file is an error with a remedy, or changes no stored value', () => {
    const path = join(temporaryFolder(), 'descent.db')
    // Values fill most of this file: a flip in what is empty changes nothing.
    const id = filledDatabase(path, 60)
    const clean = readFileSync(path)
    const truth = readAll(path, id) as RunCurves
    const random = createRandom(15, 'flips')
    let reported = 0
    for (let trial = 0; trial < 200; trial++) {
      writeFileSync(path, flipBit(clean, [random.below(clean.length)], random.below(8)))
      const outcome = readAll(path, id)
      if (outcome instanceof DescentError) {
        reported++
        expect(outcome.hint).not.toBe('')
      } else expect(outcome.steps).toEqual(truth.steps)
    }
    expect(reported).toBeGreaterThan(100)
  })
})
