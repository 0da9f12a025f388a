import { describe, expect, it } from 'vitest'
import { PRESETS, presetPicture } from '../../../../engine/presets'
import type { SurfacePicture } from '../../../../engine/presets'
import { decodeBase64, encodeBase64 } from '../../../../engine/presets/base64'
import stored from '../../../../engine/presets/pictures.json'
import { packPicture, unpackPicture } from '../../../../engine/presets/pictures'

describe('the pictures of the presets', () => {
  it('are small enough to come with the window', () => {
    expect(JSON.stringify(stored).length).toBeLessThan(60_000)
  })

  it.each(PRESETS.map(({ id }) => id))('has one of %s that is stored as it is unpacked', (id) => {
    const picture = presetPicture(id)
    if (picture === null) throw new Error('none')
    expect(unpackPicture(packPicture(picture))).toEqual(picture)
    if ('values' in picture && 'rows' in picture) {
      expect(picture.values).toHaveLength(picture.rows * picture.columns)
    }
    if (!('points' in picture)) return
    expect(picture.points.count).toBeLessThanOrEqual(150)
    expect(picture.points.positions.every((share) => share >= 0 && share <= 1)).toBe(true)
  })

  it('have no other one', () => {
    expect(presetPicture('constructor')).toBeNull()
    expect(Object.keys(stored).sort()).toEqual(PRESETS.map(({ id }) => id).sort())
  })

  it.each(['xor', 'moons', 'spirals', 'circles', 'blobs', 's2-xor', 's3-disc'])(
    'has a surface of %s that decides as its points say',
    (id) => {
      const { columns, rows, classes, values, points } = presetPicture(id) as SurfacePicture
      let right = 0
      for (let i = 0; i < points.count; i++) {
        const column = Math.floor(points.positions[2 * i] * columns)
        const row = Math.floor(points.positions[2 * i + 1] * rows)
        const value = values[row * columns + column]
        const decided = classes === 2 ? Number(value > 0.5) : Math.floor(value)
        if (decided === points.labels[i]) right++
      }
      // A cell of the grid may lie on both sides of a boundary.
      expect(right / points.count).toBeGreaterThan(0.93)
    },
  )
})

describe('base64', () => {
  it.each([0, 1, 2, 3, 4, 255, 256])('gives back %i bytes', (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37) & 255)
    expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
    expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes)
  })

  it('refuses what is not base64', () => {
    expect(() => decodeBase64('AB*D')).toThrow(/"\*" is no base64 digit/)
  })
})
