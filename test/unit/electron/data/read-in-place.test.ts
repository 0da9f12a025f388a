import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadDataset, openDatasetStore } from '../../../../electron/data'
import { readIdxInPlace } from '../../../../electron/data/idx/read-in-place'
import { datasetSchema } from '../../../../engine/spec/schema'
import { idxBytes } from '../../../fixtures/idx-files'
import { temporaryFolder } from './temporary-folder'

const NAMES = ['train-images', 'train-labels', 'test-images', 'test-labels']
const numbered = (count: number, from = 0) => Uint8Array.from({ length: count }, (_, i) => from + i)
const CONTENTS = [
  idxBytes([5, 2, 3], numbered(30)),
  idxBytes([5], numbered(5)),
  idxBytes([2, 2, 3], numbered(12, 100)),
  idxBytes([2], numbered(2)),
]
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

function write(contents: readonly Uint8Array[]): { name: string; path: string }[] {
  const folder = temporaryFolder()
  return contents.map((bytes, index) => {
    const path = join(folder, NAMES[index])
    writeFileSync(path, bytes)
    return { name: NAMES[index], path }
  })
}

describe('readIdxInPlace', () => {
  it('reads files of their own, and files that lie in one, to the same values and the same hash', async () => {
    const joined = Buffer.concat(CONTENTS)
    const apart = await readIdxInPlace(write(CONTENTS), '')
    const [{ path }] = write([joined])
    const together = await readIdxInPlace(
      NAMES.map((name) => ({ name, path })),
      '',
    )
    expect(apart).toEqual(together)
    expect(apart.hash).toBe(sha256(joined))
    expect(apart.files.map(({ name, dimensions }) => ({ name, dimensions }))).toEqual([
      { name: 'train-images', dimensions: [5, 2, 3] },
      { name: 'train-labels', dimensions: [5] },
      { name: 'test-images', dimensions: [2, 2, 3] },
      { name: 'test-labels', dimensions: [2] },
    ])
    expect(apart.files[1].values).toEqual(numbered(5))
  })

  it('puts the test images behind the training images', async () => {
    const { files } = await readIdxInPlace(write(CONTENTS), '')
    const [{ values: training }, , { values: test }] = files
    expect(test.buffer).toBe(training.buffer)
    expect(test.byteOffset).toBe(training.byteOffset + training.length)
    expect([...training, ...test]).toEqual([...numbered(30), ...numbered(12, 100)])
  })

  it('reads files of many chunks', async () => {
    const pixels = Uint8Array.from({ length: 9 * 1024 * 1024 + 7 }, (_, i) => (i * 31) >>> 5)
    const bytes = idxBytes([pixels.length, 1, 1], pixels)
    const { files, hash } = await readIdxInPlace(write([bytes]), '')
    expect(Buffer.compare(files[0].values, pixels)).toBe(0)
    expect(hash).toBe(sha256(bytes))
  })

  it.each([
    ['an empty file', new Uint8Array(0), /^train-images: 0 bytes; needs at least 4/],
    ['a header cut short', CONTENTS[0].subarray(0, 10), /^train-images: 10 bytes; needs 16 bytes of header/],
    ['values cut short', CONTENTS[0].subarray(0, 40), /^train-images: 24 bytes of values; needs 30/],
    ['values too many', Buffer.concat([CONTENTS[0], Uint8Array.of(1)]), /^train-images: 31 bytes of values/],
    ['another format', Buffer.from('P5 28 28'), /^train-images: magic number 0x50352032/],
    ['a gzip file', Uint8Array.of(0x1f, 0x8b, 8, 0), /^train-images: a gzip file; needs the unpacked/],
  ])('refuses %s and says what it found', async (_name, bytes, message) => {
    await expect(readIdxInPlace(write([bytes]), '')).rejects.toThrow(message)
  })

  it('names a file that is not there, with the remedy', async () => {
    const places = [...write(CONTENTS.slice(0, 1)), { name: 'labels', path: join(temporaryFolder(), 'none') }]
    await expect(readIdxInPlace(places, 'Get it.')).rejects.toMatchObject({
      code: 'missing-file',
      hint: 'Get it.',
    })
  })

  it('is used by MNIST: its images are where they were read to', async () => {
    const store = openDatasetStore(temporaryFolder())
    const load = (parameters: object) => loadDataset(datasetSchema.parse({ id: 'mnist', parameters }), store)
    const all = await load({})
    const few = await load({ trainingExamples: 7, testExamples: 2 })
    // More than its own bytes: the room is that of whole files.
    expect(all.inputs.buffer.byteLength).toBeGreaterThan(all.inputs.length)
    expect(few.inputs.buffer.byteLength).toBe(9 * 784)
    const chosen = [...all.inputs.subarray(0, 7 * 784), ...all.inputs.subarray(60_000 * 784, 60_002 * 784)]
    expect(few.inputs).toEqual(Uint8Array.from(chosen))
    expect(few.hash).toBe(all.hash)
  })
})
