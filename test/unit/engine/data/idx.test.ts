import { describe, expect, it } from 'vitest'
import { parseIdx } from '../../../../engine/data/idx'
import { mnistFromFiles } from '../../../../engine/data/mnist'

function idx(
  dimensions: number[],
  values: number[] | Uint8Array,
  magic = [0, 0, 8, dimensions.length],
): Uint8Array {
  const lengths = dimensions.flatMap((length) => [
    length >>> 24,
    (length >>> 16) & 255,
    (length >>> 8) & 255,
    length & 255,
  ])
  return Uint8Array.from([...magic, ...lengths, ...values])
}

describe('parseIdx', () => {
  it('reads dimensions and values', () => {
    const file = parseIdx(idx([2, 1, 3], [1, 2, 3, 4, 5, 6]), 'file', 3)
    expect(file.dimensions).toEqual([2, 1, 3])
    expect([...file.values]).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('reads bytes that begin within a larger buffer', () => {
    const padded = Uint8Array.from([9, 9, 9, ...idx([2], [7, 8])])
    expect([...parseIdx(padded.subarray(3), 'file', 1).values]).toEqual([7, 8])
  })

  it.each([
    ['an empty file', new Uint8Array(0), /0 bytes; needs at least 4/],
    ['a gzip file', Uint8Array.from([0x1f, 0x8b, 8, 0]), /a gzip file; needs the unpacked/],
    ['another magic number', idx([1], [1], [1, 0, 8, 1]), /magic number 0x01000801/],
    ['another type of value', idx([1], [1], [0, 0, 13, 1]), /needs type 0x08/],
    ['another number of dimensions', idx([1, 1], [1]), /2 dimensions; needs 1/],
    ['a header cut short', idx([1], []).subarray(0, 6), /6 bytes; needs 8 bytes of header/],
    ['values cut short', idx([5], [1, 2]), /2 bytes of values; needs 5/],
    ['values too many', idx([1], [1, 2]), /2 bytes of values; needs 1/],
  ])('refuses %s and says what it found', (_name, bytes, message) => {
    expect(() => parseIdx(bytes, 'file', 1)).toThrow(message)
  })
})

describe('mnistFromFiles', () => {
  const images = (count: number, pixel: number) =>
    parseIdx(idx([count, 28, 28], new Uint8Array(count * 784).fill(pixel)), 'images', 3)
  const labels = (...values: number[]) => parseIdx(idx([values.length], values), 'labels', 1)
  const files = {
    trainingImages: images(3, 255),
    trainingLabels: labels(5, 0, 4),
    testImages: images(2, 51),
    testLabels: labels(7, 2),
  }

  it('puts the test digits behind the training digits, as bytes', () => {
    const dataset = mnistFromFiles(files, { trainingExamples: 2, testExamples: 1 })
    expect(dataset).toMatchObject({ count: 3, testFrom: 2 })
    expect([...dataset.targets]).toEqual([5, 0, 7])
    expect(dataset.inputs.subarray(0, 2 * 784).every((byte) => byte === 255)).toBe(true)
    expect(dataset.inputs.subarray(2 * 784).every((byte) => byte === 51)).toBe(true)
  })

  it('refuses more examples than there are, labels that do not match, and digits above 9', () => {
    expect(() => mnistFromFiles(files, { trainingExamples: 4, testExamples: 1 })).toThrow(
      /3 images; 4 were asked/,
    )
    const parameters = { trainingExamples: 3, testExamples: 2 }
    expect(() => mnistFromFiles({ ...files, testLabels: labels(1) }, parameters)).toThrow(
      /1 labels for 2 images/,
    )
    expect(() => mnistFromFiles({ ...files, testLabels: labels(1, 10) }, parameters)).toThrow(
      /label 10 of image 2/,
    )
  })
})
