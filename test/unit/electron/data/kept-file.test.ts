import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadKept } from '../../../../electron/data/kept-file'
import { canMapFiles, shareMapped } from '../../../../electron/kernels/mapped-file'
import { MAPPED_PAGE_BYTES } from '../../../../engine/kernels/program/kernel'
import { createRandom } from '../../../../engine/random'
import type { Dataset } from '../../../../engine/data/types'
import { temporaryFile, temporaryFolder } from './temporary-folder'

const WIDTH = 28
const COUNT = 6000

/** Images of more than 4 MiB, the rest of their pages of memory being in use. */
function images(count = COUNT): Dataset {
  const random = createRandom(count, 'images')
  return {
    shape: {
      input: [WIDTH, WIDTH, 1],
      outputs: 3,
      task: 'classification',
      classNames: ['eins', 'zwei', 'größer als "zwei"'],
      inputNames: [],
      targetNames: ['class'],
    },
    count,
    inputs: Uint8Array.from({ length: count * WIDTH * WIDTH }, () => random.next()),
    targets: Float64Array.from({ length: count }, () => random.below(3)),
    testFrom: count - 10,
    hash: 'a'.repeat(64),
  }
}

/** With hashes in the place of the numbers: comparing millions of them one by one would take long. */
function told({ inputs, targets, ...rest }: Dataset) {
  const hash = (values: Uint8Array | Float64Array) =>
    createHash('sha256')
      .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
      .digest('hex')
  return { ...rest, inputs: hash(inputs), targets: hash(targets) }
}

/** Counts how often the sources are read. */
function keptIn(folder: string, dataset = images()) {
  let loads = 0
  const load = (key = 'images') =>
    loadKept(folder, 'images', key, () => {
      loads++
      return Promise.resolve(dataset)
    })
  return { load, dataset, loads: () => loads, files: () => readdirSync(join(folder, 'kept')) }
}

const pathOf = (folder: string): string => join(folder, 'kept', readdirSync(join(folder, 'kept'))[0])

describe.runIf(canMapFiles())('a data set kept in a file', () => {
  it('is read from its sources once, and has every number, name and hash of them', async () => {
    const { load, dataset, loads } = keptIn(temporaryFolder())
    expect(told(await load())).toEqual(told(dataset))
    expect(told(await load())).toEqual(told(dataset))
    expect(loads()).toBe(1)
  })

  it('is one file for all that load it at the same time, and each goes on using it', async () => {
    const folder = temporaryFolder()
    const { load, dataset, files } = keptIn(folder)
    const loaded = await Promise.all([load(), load(), load()])
    expect(files()).toHaveLength(1)
    for (const each of loaded) {
      expect(told(each)).toEqual(told(dataset))
      const inputs = each.inputs as Uint8Array
      const pages = Math.ceil(inputs.length / MAPPED_PAGE_BYTES)
      const { buffer } = new WebAssembly.Memory({ initial: pages, maximum: pages })
      expect(shareMapped(inputs, new Uint8Array(buffer))).toBe(true)
      expect(Buffer.compare(new Uint8Array(buffer, 0, inputs.length), inputs)).toBe(0)
    }
  })

  it('is another file where it is made from something else', async () => {
    const { load, loads, files } = keptIn(temporaryFolder())
    await load('one')
    await load('other')
    expect([loads(), files().length]).toEqual([2, 2])
  })

  it('does not change with what somebody writes into its numbers', async () => {
    const folder = temporaryFolder()
    const { load, dataset } = keptIn(folder)
    const loaded = await load()
    const before = readFileSync(pathOf(folder))
    loaded.inputs.fill(1)
    loaded.targets.fill(1)
    expect(readFileSync(pathOf(folder)).equals(before)).toBe(true)
    expect(told(await load())).toEqual(told(dataset))
  })

  it('is read from its sources again where its file is damaged, and is whole after that', async () => {
    const folder = temporaryFolder()
    const { load, dataset, loads } = keptIn(folder)
    await load()
    const whole = readFileSync(pathOf(folder))
    const places = [0, 8, 12, 20, 1000, 50_000, 65_536, 1_000_000, whole.length - 1]
    for (const [index, place] of places.entries()) {
      const damaged = Buffer.from(whole)
      damaged[place] ^= 4
      writeFileSync(pathOf(folder), damaged)
      expect(told(await load())).toEqual(told(dataset))
      expect(loads()).toBe(index + 2)
      expect(readFileSync(pathOf(folder)).equals(whole)).toBe(true)
    }
  })

  it.each([0, 10, 65_536, 131_072])('is read again where its file ends after %i bytes', async (length) => {
    const folder = temporaryFolder()
    const { load, dataset, loads } = keptIn(folder)
    await load()
    truncateSync(pathOf(folder), length)
    expect(told(await load())).toEqual(told(dataset))
    expect(loads()).toBe(2)
  })

  it('is not kept where it is small, or of numbers', async () => {
    const folder = temporaryFolder()
    const small = keptIn(folder, images(20))
    const ofNumbers = images()
    const numbers = keptIn(folder, { ...ofNumbers, inputs: Float64Array.from(ofNumbers.inputs) })
    expect(await small.load()).toBe(small.dataset)
    expect(await numbers.load()).toBe(numbers.dataset)
    expect(readdirSync(folder)).toEqual([])
  })

  it('is read from its sources where no file can be written', async () => {
    const { load, dataset, loads } = keptIn(temporaryFile('no folder'))
    expect(await load()).toBe(dataset)
    expect(await load()).toBe(dataset)
    expect(loads()).toBe(2)
  })

  it('makes room by what was not used for the longest time', async () => {
    const folder = temporaryFolder()
    await mkdir(join(folder, 'kept'))
    const put = (name: string, megabytes: number, usedHoursAgo: number): void => {
      const path = join(folder, 'kept', name)
      writeFileSync(path, '')
      truncateSync(path, megabytes * 2 ** 20)
      const used = Date.now() / 1000 - usedHoursAgo * 3600
      utimesSync(path, used, used)
    }
    put('old.bytes', 300, 48)
    put('newer.bytes', 209, 24)
    put('abandoned.bytes.1.writing', 1, 2)
    put('in-work.bytes.2.writing', 1, 0.5)
    await keptIn(folder).load()
    const left = readdirSync(join(folder, 'kept')).filter(
      (name) => statSync(join(folder, 'kept', name)).size > 0,
    )
    expect(left).toHaveLength(3)
    expect(left).toEqual(expect.arrayContaining(['newer.bytes', 'in-work.bytes.2.writing']))
  })
})
