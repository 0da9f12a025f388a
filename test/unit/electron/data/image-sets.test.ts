import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { isIdxFile, loadDataset, openDatasetStore, previewImages } from '../../../../electron/data'
import { nameOfSet } from '../../../../electron/data/idx/set-name'
import { shapeOf } from '../../../../engine/data/datasets'
import type { ImageSetInfo } from '../../../../engine/data/idx-set'
import { datasetSchema } from '../../../../engine/spec/schema'
import { barImages, idxBytes, writeBarSet } from '../../../fixtures/idx-files'
import { temporaryFile, temporaryFolder } from './temporary-folder'

const specOf = ({ hash }: ImageSetInfo, parameters = {}) =>
  datasetSchema.parse({ id: 'idx', parameters: { hash, ...parameters } })

function written(name: string, bytes: Uint8Array): string {
  return temporaryFile(bytes, name)
}
function pair(images: Uint8Array, labels: Uint8Array): string[] {
  return [written('images', images), written('labels', labels)]
}

describe('importing images', () => {
  it('keeps the unpacked files one behind another under their SHA-256, and what they hold beside them', async () => {
    const folder = join(temporaryFolder(), 'not', 'there', 'yet')
    const store = openDatasetStore(folder)
    const files = writeBarSet(join(temporaryFolder(), 'bars'), 40, 10)
    const { testLabels, testImages, trainingLabels, trainingImages } = files
    const info = await store.importImages([testLabels, testImages, trainingLabels, trainingImages])
    const parts = [barImages(40), barImages(10)].flatMap(({ images, labels }) => [images, labels])
    const bytes = Buffer.concat(parts)
    expect(info).toEqual({
      kind: 'images',
      hash: createHash('sha256').update(bytes).digest('hex'),
      name: 'bars',
      fileNames: ['train-images', 'train-labels', 't10k-images', 't10k-labels'].map((name) =>
        expect.stringMatching(`^${name}.*gz$`),
      ),
      bytes: bytes.length,
      importedAt: expect.any(Number),
      height: 6,
      width: 9,
      channels: 1,
      trainingImages: 40,
      testImages: 10,
      classCounts: { training: [14, 13, 13], test: [4, 3, 3] },
    })
    expect(readFileSync(store.idxPath(info.hash)).equals(bytes)).toBe(true)
    expect(await store.list()).toEqual([info])
    expect(await store.images(info.hash)).toEqual(info)
    expect(readdirSync(folder).sort()).toEqual([`${info.hash}.idx`, `${info.hash}.json`])
  })

  it('is the same set packed or not, and imported again it is what is there already', async () => {
    const store = openDatasetStore(temporaryFolder())
    const packed = Object.values(writeBarSet(temporaryFolder(), 12, 6))
    const plain = Object.values(writeBarSet(temporaryFolder(), 12, 6, false))
    const first = await store.importImages(packed, { name: 'First' })
    expect(await store.importImages(plain, { name: 'Second' })).toEqual(first)
    expect(await store.list()).toHaveLength(1)
  })

  it('loads as MNIST does: pixels as bytes, the test part of its own behind', async () => {
    const store = openDatasetStore(temporaryFolder())
    const info = await store.importImages(Object.values(writeBarSet(temporaryFolder(), 12, 6)))
    const all = await loadDataset(specOf(info), store)
    expect(all).toMatchObject({ count: 18, testFrom: 12, hash: info.hash })
    expect(all.shape).toEqual(shapeOf(specOf(info), info))
    const pixels = barImages(12).images.subarray(16)
    expect([...all.inputs.subarray(0, 54)]).toEqual([...pixels.subarray(0, 54)])
    const some = await loadDataset(specOf(info, { trainingExamples: 5, testExamples: 0 }), store)
    expect(some).toMatchObject({ count: 5, testFrom: 5 })
    expect([...some.targets]).toEqual([0, 1, 2, 0, 1])
    await expect(loadDataset(specOf(info, { testExamples: 7 }), store)).rejects.toMatchObject({
      code: 'bad-spec',
      message: expect.stringContaining('has 6 test images; 7 were asked for'),
    })
  })

  it('takes two files without a test part, and images with channels', async () => {
    const store = openDatasetStore(temporaryFolder())
    const pixels = Array.from({ length: 4 * 2 * 2 * 3 }, (_, index) => index)
    const info = await store.importImages(pair(idxBytes([4, 2, 2, 3], pixels), idxBytes([4], [0, 1, 1, 0])))
    expect(info).toMatchObject({ channels: 3, trainingImages: 4, testImages: 0 })
    const dataset = await loadDataset(specOf(info), store)
    expect(dataset).toMatchObject({ count: 4, testFrom: 4 })
    expect(dataset.shape).toMatchObject({ input: [2, 2, 3], outputs: 1 })
    expect(dataset.inputs[3]).toBe(3)
  })

  const { images, labels } = barImages(9)
  it.each([
    ['a truncated gzip', gzipSync(images).subarray(0, 90), labels, /^images: its gzip data end too early/],
    [
      'a damaged gzip',
      Buffer.concat([gzipSync(images).subarray(0, 60), Buffer.alloc(90, 1)]),
      labels,
      /^images: its gzip data are damaged/,
    ],
    [
      'values cut short',
      images.subarray(0, 400),
      labels,
      /^images: 384 bytes of values; needs 486 \(9 x 6 x 9\)/,
    ],
    [
      'more values than the header tells',
      gzipSync(Buffer.concat([images, Buffer.alloc(50_000_000)])),
      labels,
      /^images: more than 486 bytes of values; needs 486/,
    ],
    [
      'a header that tells of too much',
      idxBytes([100_000, 1000, 1000], []),
      labels,
      /^images: its header tells of 100000000000 bytes .* at most 1000000000 can be read/,
    ],
    ['a header cut short', images.subarray(0, 9), labels, /^images: 9 bytes; needs 16 bytes of header/],
    ['an empty file', new Uint8Array(0), labels, /^images: 0 bytes; needs at least 4 bytes/],
    [
      'two dimensions',
      idxBytes([9, 2], new Uint8Array(18)),
      labels,
      /^images: 2 dimensions; needs 1 or 3 or 4/,
    ],
    [
      'floats',
      idxBytes([9, 1, 1], new Uint8Array(9), [0, 0, 13, 3]),
      labels,
      /needs type 0x08, unsigned bytes/,
    ],
    ['text', Buffer.from('a,b\n1,2\n'), labels, /^images: magic number 0x612c620a/],
    [
      'one class',
      images,
      idxBytes([9], new Uint8Array(9)),
      /^labels: every label is 0; needs at least 2 classes/,
    ],
    [
      'too large images',
      idxBytes([9, 300, 300], new Uint8Array(810_000)),
      labels,
      /90000 inputs; needs 1 to 65536/,
    ],
    ['images of no pixels', idxBytes([9, 0, 5], []), labels, /images of 0 x 5 are 0 inputs/],
    [
      'too many channels',
      idxBytes([9, 2, 2, 9], new Uint8Array(324)),
      labels,
      /have 9 channels; needs 1 to 4/,
    ],
    ['no images', idxBytes([0, 2, 2], []), idxBytes([0], []), /^images has 0 images/],
    ['labels above images', images, idxBytes([10], new Uint8Array(10)), /10 labels for the 9 images/],
  ])(
    'refuses %s naming file and problem, and leaves nothing behind',
    async (_kind, first, second, message) => {
      const folder = temporaryFolder()
      const paths = pair(first, second)
      await expect(openDatasetStore(folder).importImages(paths)).rejects.toMatchObject({
        code: 'bad-data',
        message: expect.stringMatching(message),
        hint: expect.stringMatching(/./),
      })
      expect(readdirSync(folder)).toEqual([])
      await expect(previewImages(paths)).rejects.toThrow(message)
    },
  )

  it('names a file that is not there', async () => {
    const missing = join(temporaryFolder(), 'images')
    await expect(openDatasetStore(temporaryFolder()).importImages([missing])).rejects.toMatchObject({
      code: 'missing-file',
      message: `There is no file ${missing}.`,
    })
  })

  it('tells how far it is and stops when canceled, storing nothing', async () => {
    const folder = temporaryFolder()
    const count = 60_000
    const pixels = new Uint8Array(count * 100)
    const paths = pair(
      idxBytes([count, 10, 10], pixels),
      idxBytes(
        [count],
        Array.from({ length: count }, (_, i) => i % 2),
      ),
    )
    const seen: number[] = []
    await openDatasetStore(temporaryFolder()).importImages(paths, {
      onProgress: ({ bytesRead, bytesTotal }) => seen.push(bytesRead / bytesTotal),
    })
    expect(seen.length).toBeGreaterThan(3)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(1)
    const abort = new AbortController()
    const importing = openDatasetStore(folder).importImages(paths, {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    })
    await expect(importing).rejects.toMatchObject({ code: 'canceled' })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('an imported image set', () => {
  const imported = async (folder = temporaryFolder()) => {
    const store = openDatasetStore(folder)
    return {
      store,
      folder,
      info: await store.importImages(Object.values(writeBarSet(temporaryFolder(), 9, 3))),
    }
  }

  it('can be removed and restored, or is gone after a purge', async () => {
    const { store, folder, info } = await imported()
    await store.remove(info.hash)
    expect(await store.list()).toEqual([])
    await expect(loadDataset(specOf(info), store)).rejects.toMatchObject({ code: 'not-found' })
    expect(await store.restore(info.hash)).toEqual(info)
    expect(await loadDataset(specOf(info), store)).toMatchObject({ count: 12 })
    await store.remove(info.hash)
    await store.purge()
    await expect(store.restore(info.hash)).rejects.toMatchObject({ code: 'not-found' })
    expect(readdirSync(folder)).toEqual([])
  })

  it('is named with the remedy when its file is gone or was changed', async () => {
    const gone = await imported()
    rmSync(gone.store.idxPath(gone.info.hash))
    // Numbers that no other test has asked for: what was loaded once is answered from memory.
    await expect(loadDataset(specOf(gone.info, { trainingExamples: 2 }), gone.store)).rejects.toMatchObject({
      code: 'missing-file',
      message: expect.stringContaining(gone.store.idxPath(gone.info.hash)),
      hint: expect.stringMatching(/^Import train-images.* again\.$/),
    })
    const changed = await imported()
    const path = changed.store.idxPath(changed.info.hash)
    const bytes = readFileSync(path)
    bytes[100] ^= 1
    writeFileSync(path, bytes)
    await expect(
      loadDataset(specOf(changed.info, { trainingExamples: 3 }), changed.store),
    ).rejects.toMatchObject({
      code: 'bad-data',
      message: expect.stringContaining(path),
      hint: expect.stringContaining('import the IDX files again'),
    })
    await changed.store.remove(changed.info.hash)
    expect(await changed.store.list()).toEqual([])
  })

  it('with a damaged description is reported with its path and left out of the list', async () => {
    const { folder, info } = await imported()
    const damaged: string[] = []
    writeFileSync(join(folder, `${info.hash}.json`), JSON.stringify({ ...info, height: 'six' }))
    const store = openDatasetStore(folder, ({ message }) => damaged.push(message))
    expect(await store.list()).toEqual([])
    expect(damaged).toEqual([expect.stringContaining(`${info.hash}.json`)])
  })

  it('is no table, and a table is no image set', async () => {
    const { store, info } = await imported()
    const table = await store.import(temporaryFile('a,b\n1,2\n3,4\n'), {
      delimiter: null,
      decimal: null,
      hasHeader: null,
      encoding: null,
      skipBadRows: false,
    })
    expect((await store.list()).map(({ kind }) => kind).sort()).toEqual(['images', 'table'])
    await expect(store.table(info.hash)).rejects.toMatchObject({ code: 'not-found' })
    await expect(store.images(table.hash)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('leaves no file without a description for long', async () => {
    const { store, folder, info } = await imported()
    rmSync(join(folder, `${info.hash}.json`))
    await store.purge()
    expect(existsSync(store.idxPath(info.hash))).toBe(true)
    utimesSync(store.idxPath(info.hash), 0, 0)
    await store.purge()
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('the preview of images', () => {
  it('tells what each file is and shows 40 images with their labels', async () => {
    const folder = join(temporaryFolder(), 'bars')
    const preview = await previewImages(Object.values(writeBarSet(folder, 90, 30)).reverse())
    expect(preview).toMatchObject({ name: 'bars', trainingImages: 90, testImages: 30, channels: 1 })
    expect(preview.files.map(({ part, dimensions }) => [part, ...dimensions])).toEqual([
      ['trainingImages', 90, 6, 9],
      ['trainingLabels', 90],
      ['testImages', 30, 6, 9],
      ['testLabels', 30],
    ])
    const { samples } = preview
    expect(samples).toMatchObject({ count: 40, height: 6, width: 9 })
    expect(samples.pixels).toHaveLength(40 * 54)
    // A bar's place is its label: the picture and its label belong together.
    samples.labels.forEach((label, index) => {
      expect(samples.pixels[index * 54 + label * 3]).toBeGreaterThan(100)
      expect(samples.pixels[index * 54 + ((label + 1) % 3) * 3]).toBeLessThan(40)
    })
    expect(await previewImages(Object.values(writeBarSet(folder, 90, 30)))).toEqual(preview)
  })

  it('shows all images of a small set, and whole ones across the chunks of a large file', async () => {
    const { images, labels } = barImages(7)
    expect((await previewImages(pair(images, labels))).samples).toMatchObject({
      count: 7,
      labels: Uint8Array.of(0, 1, 2, 0, 1, 2, 0),
    })
    // 250 x 250 pixels each: an image ends within a chunk of 256 KiB now and then.
    const side = 250
    const pixels = new Uint8Array(60 * side * side)
    for (let i = 0; i < 60; i++) pixels.fill(i + 1, i * side * side, (i + 1) * side * side)
    const marks = Array.from({ length: 60 }, (_, i) => i + 1)
    for (const bytes of [idxBytes([60, side, side], pixels), gzipSync(idxBytes([60, side, side], pixels))]) {
      const { samples } = await previewImages(pair(bytes, idxBytes([60], marks)))
      expect(samples.count).toBe(40)
      samples.labels.forEach((label, index) => {
        const own = samples.pixels.subarray(index * side * side, (index + 1) * side * side)
        expect(own.every((pixel) => pixel === label)).toBe(true)
      })
    }
  })
})

describe('an IDX file', () => {
  it('is known by its content, packed or not', async () => {
    const { images } = barImages(3)
    expect(await isIdxFile(temporaryFile(images, 'table.csv'))).toBe(true)
    expect(await isIdxFile(temporaryFile(gzipSync(images), 'table.csv'))).toBe(true)
    for (const content of ['', 'a,b\n', gzipSync('a,b\n'), gzipSync(images).subarray(0, 12)]) {
      expect(await isIdxFile(temporaryFile(content, 'train-images-idx3-ubyte'))).toBe(false)
    }
    await expect(isIdxFile(join(temporaryFolder(), 'none'))).rejects.toMatchObject({ code: 'missing-file' })
  })

  it.each([
    ['/data/emnist-letters-train-images-idx3-ubyte.gz', 'emnist-letters'],
    ['/data/kmnist/train-images-idx3-ubyte.gz', 'kmnist'],
    ['/data/kmnist/train-images.idx3-ubyte', 'kmnist'],
    ['/data/leaves images.idx', 'leaves'],
    ['/images', 'images'],
  ])('%s belongs to a set called %s', (path, name) => {
    expect(nameOfSet(path)).toBe(name)
  })
})

describe('Fashion-MNIST', () => {
  const spec = datasetSchema.parse({ id: 'fashion-mnist' })
  const debian = '/usr/share/datasets/fashion-mnist'
  const few = (trainingExamples: number) =>
    datasetSchema.parse({ id: 'fashion-mnist', parameters: { trainingExamples, testExamples: 2 } })

  it('that is not there is named with its folder, the package and the other way', async () => {
    const folder = temporaryFolder()
    await expect(
      loadDataset(spec, openDatasetStore(folder), { fashionFolder: folder }),
    ).rejects.toMatchObject({
      code: 'missing-file',
      message: `There are no Fashion-MNIST files in ${folder}.`,
      hint: expect.stringMatching(/dataset-fashion-mnist.*import/),
    })
    writeFileSync(join(folder, 'train-images-idx3-ubyte.gz'), '')
    await expect(
      loadDataset(spec, openDatasetStore(folder), { fashionFolder: folder }),
    ).rejects.toMatchObject({
      code: 'missing-file',
      message: expect.stringMatching('there is no train-labels-idx1-ubyte, no t10k-images.*, no t10k-labels'),
    })
  })

  it('is read packed or unpacked, under the hash of the unpacked files', async () => {
    const write = (isPacked: boolean): string => {
      const folder = temporaryFolder()
      const files = {
        'train-images-idx3-ubyte': idxBytes([3, 28, 28], new Uint8Array(3 * 784).fill(51)),
        'train-labels-idx1-ubyte': idxBytes([3], [0, 9, 5]),
        't10k-images-idx3-ubyte': idxBytes([2, 28, 28], new Uint8Array(2 * 784)),
        't10k-labels-idx1-ubyte': idxBytes([2], [1, 2]),
      }
      mkdirSync(folder, { recursive: true })
      for (const [name, bytes] of Object.entries(files)) {
        writeFileSync(join(folder, isPacked ? `${name}.gz` : name), isPacked ? gzipSync(bytes) : bytes)
      }
      return folder
    }
    const store = openDatasetStore(temporaryFolder())
    const packed = await loadDataset(few(3), store, { fashionFolder: write(true) })
    const plain = await loadDataset(few(3), store, { fashionFolder: write(false) })
    expect(packed).toEqual(plain)
    expect(packed).toMatchObject({ count: 5, testFrom: 3 })
    expect(packed.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it.skipIf(!existsSync(debian))(
    `has 6,000 of each article (skipped where ${debian} is missing: the Debian package dataset-fashion-mnist)`,
    async () => {
      const dataset = await loadDataset(spec, openDatasetStore(temporaryFolder()))
      expect(dataset).toMatchObject({ count: 70_000, testFrom: 60_000 })
      expect([...dataset.targets.subarray(0, 5)]).toEqual([9, 0, 0, 3, 0])
      const counts = new Array<number>(10).fill(0)
      for (const label of dataset.targets.subarray(0, 60_000)) counts[label]++
      expect(counts).toEqual(new Array(10).fill(6000))
      // Mean of the training pixels that the tutorials use.
      let sum = 0
      for (const pixel of dataset.inputs.subarray(0, 60_000 * 784)) sum += pixel
      expect(sum / 255 / (60_000 * 784)).toBeCloseTo(0.286, 3)
    },
    30_000,
  )
})
