// The pictures of the presets, made once by test/tools/make-preset-pictures.ts and stored in pictures.json.

import { decodeBase64, encodeBase64 } from './base64'
import type { PicturePoints, PresetPicture, StoredPicture, StoredPoints } from './picture-types'
import stored from './pictures.json'

const WORD = 0xffff
const BYTE = 0xff
/** Classes of a surface share the range of a word: class + probability, this many at most. */
const CLASS_LIMIT = 16

/** The picture of a preset; null where it has none. */
export function presetPicture(id: string): PresetPicture | null {
  const picture = new Map(Object.entries(stored as unknown as Record<string, StoredPicture>)).get(id)
  return picture === undefined ? null : unpackPicture(picture)
}

export function unpackPicture(picture: StoredPicture): PresetPicture {
  switch (picture.kind) {
    case 'surface': {
      const range = picture.classes === 2 ? 1 : CLASS_LIMIT
      return { ...picture, values: unpackWords(picture.values, range), points: unpackPoints(picture.points) }
    }
    case 'points':
      return { ...picture, points: unpackPoints(picture.points) }
    case 'curve':
      return { kind: 'curve', y: unpackWords(picture.y, 1), points: unpackPoints(picture.points) }
    case 'images': {
      const pixels = decodeBase64(picture.pixels)
      return { ...picture, count: pixels.length / (picture.width * picture.height), pixels }
    }
    case 'strips':
      return {
        kind: 'strips',
        strips: picture.strips.map(({ title, values }) => ({ title, values: unpackSigned(values) })),
      }
    case 'heat':
      return { ...picture, values: unpackSigned(picture.values) }
    case 'graph':
      return { ...picture, weights: unpackSigned(picture.weights) }
  }
}

/** The inverse, to within the precision of what is stored. */
export function packPicture(picture: PresetPicture): StoredPicture {
  switch (picture.kind) {
    case 'surface': {
      const range = picture.classes === 2 ? 1 : CLASS_LIMIT
      return { ...picture, values: packWords(picture.values, range), points: packPoints(picture.points) }
    }
    case 'points':
      return { ...picture, points: packPoints(picture.points) }
    case 'curve':
      return { kind: 'curve', y: packWords(picture.y, 1), points: packPoints(picture.points) }
    case 'images': {
      const { width, height, pixels } = picture
      return { kind: 'images', width, height, pixels: encodeBase64(pixels) }
    }
    case 'strips':
      return {
        kind: 'strips',
        strips: picture.strips.map(({ title, values }) => ({ title, values: packSigned(values) })),
      }
    case 'heat':
      return { ...picture, values: packSigned(picture.values) }
    case 'graph':
      return { ...picture, weights: packSigned(picture.weights) }
  }
}

/** Numbers from -1 to 1 as bytes. */
function packSigned(values: Float32Array): string {
  return encodeBase64(Uint8Array.from(values, (value) => Math.round(((value + 1) / 2) * BYTE)))
}

function unpackSigned(text: string): Float32Array {
  return Float32Array.from(decodeBase64(text), (byte) => (2 * byte) / BYTE - 1)
}

function unpackPoints({ positions, labels }: StoredPoints): PicturePoints {
  const unpacked = unpackWords(positions, 1)
  return { count: unpacked.length / 2, positions: unpacked, labels: decodeBase64(labels) }
}

function packPoints({ positions, labels }: PicturePoints): StoredPoints {
  return { positions: packWords(positions, 1), labels: encodeBase64(labels) }
}

/** Numbers from 0 up to `range` as big-endian 16-bit words. Floor, so that a class plus 0.9999 stays its class. */
function packWords(values: Float32Array, range: number): string {
  const bytes = new Uint8Array(2 * values.length)
  values.forEach((value, i) => {
    const word = Math.max(0, Math.min(WORD, Math.floor((value / range) * (WORD + 1))))
    bytes[2 * i] = word >> 8
    bytes[2 * i + 1] = word & BYTE
  })
  return encodeBase64(bytes)
}

function unpackWords(text: string, range: number): Float32Array {
  const bytes = decodeBase64(text)
  return Float32Array.from(
    { length: bytes.length / 2 },
    (_, i) => (((bytes[2 * i] << 8) | bytes[2 * i + 1]) / (WORD + 1)) * range,
  )
}
