import { describe, expect, it } from 'vitest'
import { decodePicture, encodePicture } from '../../../../electron/run-log/inspection-codec'

describe('a stored picture', () => {
  it('comes back as it was, arrays of every type and odd lengths included', () => {
    const picture = {
      kind: 'surface',
      x: [-1.5, 2.25],
      values: Float32Array.of(0.1, NaN, -Infinity),
      counts: Uint32Array.of(4_294_967_295),
      pixels: Uint8Array.of(0, 127, 255),
      exact: Float64Array.of(0.1, -0, 5e-324),
      none: new Float32Array(0),
      nothing: null,
      classNames: ['a "quoted" name', ''],
      mistakes: [{ index: 3, confidence: NaN }, { index: 4, confidence: Infinity }, { confidence: -0 }],
    }
    const { header, data } = encodePicture(picture)
    expect(decodePicture({ header, data })).toEqual(picture)
  })

  it('can be decoded from bytes at any address', () => {
    const { header, data } = encodePicture({ values: Float32Array.of(1, 2, 3) })
    const shifted = new Uint8Array(data.length + 1)
    shifted.set(data, 1)
    expect(decodePicture({ header, data: shifted.subarray(1) })).toEqual({ values: Float32Array.of(1, 2, 3) })
  })

  it('says where each array lies, for readers in other languages', () => {
    const { header, data } = encodePicture({ a: Float32Array.of(1, 2, 3), b: Uint32Array.of(7) })
    expect(JSON.parse(header)).toEqual({
      a: { array: 'float32', offset: 0, count: 3 },
      b: { array: 'uint32', offset: 16, count: 1 },
    })
    expect(new DataView(data.buffer).getUint32(16, true)).toBe(7)
  })
})
