import { describe, expect, it } from 'vitest'
import { shapeOf } from '../../../../engine/data/datasets'
import { fashionMnistFromFiles } from '../../../../engine/data/fashion-mnist'
import { beginsLikeIdx, parseIdx } from '../../../../engine/data/idx'
import { datasetFromIdx, imagesShape } from '../../../../engine/data/idx-images'
import { inOrder, recognizeIdx, type IdxFacts } from '../../../../engine/data/idx-recognize'
import type { ImageSetInfo } from '../../../../engine/data/idx-set'
import { datasetSchema } from '../../../../engine/spec/schema'
import { barImages, idxBytes } from '../../../fixtures/idx-files'

const file = (fileName: string, ...dimensions: number[]): IdxFacts => ({ fileName, dimensions })
const namesOf = (files: readonly IdxFacts[]) => inOrder(recognizeIdx(files)).map(({ fileName }) => fileName)

describe('recognizeIdx', () => {
  it('takes two files as images and labels, in any order and under any name', () => {
    expect(namesOf([file('b', 5), file('a', 5, 2, 2)])).toEqual(['a', 'b'])
    expect(recognizeIdx([file('b', 5), file('a.test', 5, 2, 2, 3)]).test).toBeNull()
  })

  it('finds the test part of four files by name', () => {
    const mnist = ['t10k-labels.gz', 'train-images.gz', 't10k-images.gz', 'train-labels.gz']
    const dimensions = [[2], [5, 2, 2], [2, 2, 2], [5]]
    expect(namesOf(mnist.map((name, i) => file(name, ...dimensions[i])))).toEqual([
      'train-images.gz',
      'train-labels.gz',
      't10k-images.gz',
      't10k-labels.gz',
    ])
    expect(namesOf([file('X_TEST', 2, 2, 2), file('X', 5, 2, 2), file('y', 5), file('y_TEST', 2)])).toEqual([
      'X',
      'y',
      'X_TEST',
      'y_TEST',
    ])
    // "latest" says nothing of a test.
    expect(
      namesOf([
        file('latest-train-x', 5, 2, 2),
        file('latest-train-y', 5),
        file('latest-test-x', 2, 2, 2),
        file('latest-test-y', 2),
      ])[2],
    ).toBe('latest-test-x')
  })

  it.each([
    ['no file', [], /^0 files: ; needs images and as many files of labels/],
    ['one file', [file('a', 5, 28, 28)], /^1 file: a \(5 images of 28 x 28\); needs/],
    ['three files', [file('a', 5, 2, 2), file('b', 5), file('c', 5)], /^3 files: .*c \(5 labels\); needs/],
    ['images twice', [file('a', 5, 2, 2), file('b', 5, 2, 2)], /^2 files: .*; needs images and as many/],
    [
      'no name that says test',
      [file('a', 5, 2, 2), file('b', 5), file('c', 2, 2, 2), file('d', 2)],
      /4 files: a \(5 images of 2 x 2\), b \(5 labels\), c .*; needs one of two names to say that it is of the test part/,
    ],
    [
      'a test part of images only by name',
      [file('a', 5, 2, 2), file('b', 5), file('test-c', 2, 2, 2), file('d', 2)],
      /test-c \(2 test images of 2 x 2\), d \(2 labels\); needs one of two names/,
    ],
    ['too few labels', [file('a', 5, 2, 2), file('b', 4)], /^b has 4 labels for the 5 images of a/],
    ['labels above images', [file('a', 5, 2, 2), file('b', 6)], /^b has 6 labels for the 5 images of a/],
    ['an empty set', [file('a', 0, 2, 2), file('b', 0)], /^a has 0 images; needs at least 1/],
    [
      'images of different sizes',
      [file('a', 5, 2, 2), file('b', 5), file('test-c', 2, 2, 3), file('test-d', 2)],
      /^test-c has images of 2 x 3, a of 2 x 2; needs the same size in both/,
    ],
  ])('refuses %s and says what it found', (_name, files, message) => {
    expect(() => recognizeIdx(files)).toThrow(message)
  })
})

describe('IDX bytes', () => {
  it('are known by their beginning, whatever their type', () => {
    expect(beginsLikeIdx(Uint8Array.of(0, 0, 8, 3))).toBe(true)
    expect(beginsLikeIdx(Uint8Array.of(0, 0, 0x0d, 2, 9))).toBe(true)
    for (const bytes of [[], [0, 0, 8], [0, 0, 7, 1], [1, 0, 8, 1], [0, 0, 8, 0]]) {
      expect(beginsLikeIdx(Uint8Array.from(bytes))).toBe(false)
    }
  })
})

describe('datasetFromIdx', () => {
  const shape = imagesShape([6, 9, 1], ['0', '1', '2'], 3, 'label')
  const named = (name: string, bytes: Uint8Array) => ({ name, ...parseIdx(bytes, name, 1, 3, 4) })
  const part = (count: number, examples = count) => {
    const { images, labels } = barImages(count)
    return { images: named('a', images), labels: named('b', labels), examples }
  }

  it('takes the first of each part; without a test part all are there to be split', () => {
    expect(datasetFromIdx(shape, part(6, 4), part(3, 2), '')).toMatchObject({ count: 6, testFrom: 4 })
    expect(datasetFromIdx(shape, part(6), null, '')).toMatchObject({ count: 6, testFrom: 6 })
  })

  it('uses the pixels where they are when they lie one behind another, and copies them otherwise', () => {
    const size = 6 * 9
    const memory = Uint8Array.from({ length: 1 + 5 * size }, (_, i) => i % 251)
    const pixels = (from: number, count: number) => ({
      name: 'a',
      dimensions: [count, 6, 9],
      values: memory.subarray(1 + from * size, 1 + (from + count) * size),
    })
    const labels = (count: number) => named('b', idxBytes([count], new Uint8Array(count)))
    const training = { images: pixels(0, 3), labels: labels(3), examples: 3 }
    const test = { images: pixels(3, 2), labels: labels(2), examples: 2 }
    const all = datasetFromIdx(shape, training, test, '')
    expect(all.inputs).toEqual(memory.slice(1))
    expect(all.inputs.buffer).toBe(memory.buffer)
    const few = datasetFromIdx(shape, { ...training, examples: 2 }, { ...test, examples: 1 }, '')
    expect([...few.inputs]).toEqual([
      ...memory.subarray(1, 1 + 2 * size),
      ...memory.subarray(1 + 3 * size, 1 + 4 * size),
    ])
    expect(few.inputs.buffer).not.toBe(memory.buffer)
    expect(datasetFromIdx(shape, { ...training, examples: 1 }, null, '').inputs.buffer).toBe(memory.buffer)
  })

  it('reads channels as the last dimension', () => {
    const images = named('a', idxBytes([1, 1, 2, 3], [0, 51, 102, 153, 204, 255]))
    const labels = named('b', idxBytes([1], [1]))
    const coloured = imagesShape([1, 2, 3], ['0', '1'], 1, 'label')
    const dataset = datasetFromIdx(coloured, { images, labels, examples: 1 }, null, '')
    expect(dataset.inputs).toEqual(Uint8Array.of(0, 51, 102, 153, 204, 255))
    expect(() => datasetFromIdx(shape, { images, labels, examples: 1 }, null, '')).toThrow(
      'a: images of 1 x 2 x 3; needs 6 x 9 x 1.',
    )
  })

  it('refuses more than fits in memory before it asks for it', () => {
    expect(() => datasetFromIdx(shape, part(3, 5_000_000), null, '')).toThrow(/at most 100000000 fit/)
  })
})

describe('Fashion-MNIST', () => {
  it('has ten classes of clothes in the order of its labels', () => {
    const spec = datasetSchema.parse({ id: 'fashion-mnist' })
    expect(spec.parameters).toEqual({ trainingExamples: 60_000, testExamples: 10_000 })
    expect(shapeOf(spec)).toMatchObject({ input: [28, 28, 1], outputs: 10 })
    expect(shapeOf(spec).classNames).toEqual([
      'T-shirt/top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ])
  })

  it('is read as MNIST is', () => {
    const images = parseIdx(idxBytes([2, 28, 28], new Uint8Array(2 * 784).fill(51)), 'images', 3)
    const labels = parseIdx(idxBytes([2], [9, 0]), 'labels', 1)
    const files = { trainingImages: images, trainingLabels: labels, testImages: images, testLabels: labels }
    const dataset = fashionMnistFromFiles(files, { trainingExamples: 1, testExamples: 2 })
    expect(dataset).toMatchObject({ count: 3, testFrom: 1 })
    expect([...dataset.targets]).toEqual([9, 9, 0])
    expect(dataset.inputs.every((byte) => byte === 51)).toBe(true)
    const odd = { ...files, testLabels: parseIdx(idxBytes([2], [1, 10]), 'labels', 1) }
    expect(() => fashionMnistFromFiles(odd, { trainingExamples: 1, testExamples: 2 })).toThrow(
      /label 10 of image 2; needs 0 to 9/,
    )
  })
})

describe('the shape of an imported set', () => {
  const info: ImageSetInfo = {
    kind: 'images',
    hash: 'b'.repeat(64),
    name: 'bars',
    fileNames: ['a', 'b'],
    bytes: 1,
    importedAt: 0,
    height: 6,
    width: 9,
    channels: 1,
    trainingImages: 10,
    testImages: 0,
    classCounts: { training: [5, 0, 5], test: [0, 0, 0] },
  }
  const spec = (parameters = {}) =>
    datasetSchema.parse({ id: 'idx', parameters: { hash: info.hash, ...parameters } })

  it('has one class a label up to the highest', () => {
    expect(shapeOf(spec(), info)).toMatchObject({ input: [6, 9, 1], outputs: 3, classNames: ['0', '1', '2'] })
  })

  it('is not known without the set, or with a table in its place', () => {
    expect(() => shapeOf(spec())).toThrow(/bbbbbbbbbbbb is not in the list of data sets/)
  })

  it('refuses more images than there are and offers their number', () => {
    expect(() => shapeOf(spec({ trainingExamples: 11 }), info)).toThrow(
      '"bars" has 10 training images; 11 were asked for.',
    )
    try {
      shapeOf(spec({ testExamples: 1 }), info)
      expect.unreachable()
    } catch (thrown) {
      expect(thrown).toMatchObject({
        code: 'bad-spec',
        problems: [{ path: 'dataset.parameters.testExamples', suggestion: 0 }],
      })
    }
  })
})
