import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathData } from '../../../../../engine/comparison/svg/path-data'

/** The corners of a path, as a reader of SVG finds them; each stretch is a list of points. */
function cornersOf(path: string): [number, number][][] {
  const stretches: [number, number][][] = []
  let [x, y] = [0, 0]
  for (const [, command, numbers] of path.matchAll(/([Mlhvz])([^Mlhvz]*)/g)) {
    const values = [...numbers.matchAll(/-?(?:\d+\.\d+|\.\d+|\d+)/g)].map(([text]) => Number(text))
    const size = command === 'h' || command === 'v' ? 1 : 2
    for (let index = 0; index < values.length; index += size) {
      if (command === 'M') {
        ;[x, y] = [values[index], values[index + 1]]
        stretches.push([])
      } else if (command === 'h') x += values[index]
      else if (command === 'v') y += values[index]
      else [x, y] = [x + values[index], y + values[index + 1]]
      stretches.at(-1)!.push([x, y])
    }
  }
  return stretches
}

function distanceToLine([px, py]: [number, number], corners: readonly [number, number][]): number {
  let nearest = Math.hypot(px - corners[0][0], py - corners[0][1])
  for (let index = 1; index < corners.length; index++) {
    const [x, y] = corners[index - 1]
    const [dx, dy] = [corners[index][0] - x, corners[index][1] - y]
    const squared = dx * dx + dy * dy
    const share = squared === 0 ? 0 : Math.min(1, Math.max(0, ((px - x) * dx + (py - y) * dy) / squared))
    nearest = Math.min(nearest, Math.hypot(px - x - share * dx, py - y - share * dy))
  }
  return nearest
}

describe('the data of a path', () => {
  it('is relative and short, with commands and spaces only where they are needed', () => {
    expect(pathData([10, 20, 10.5, 19.5, 11, 25, 12, 25, 12, 5], 10)).toBe('M10 20l.5-.5.5 5.5h1v-20')
  })

  it('lifts the pen at NaN and shows a point alone', () => {
    expect(pathData([0, 0, 1, 5, NaN, NaN, 3, 3, NaN, NaN], 10)).toBe('M0 0l1 5M3 3h0')
    expect(pathData([], 0)).toBe('')
  })

  it('leaves out points on a straight line and keeps a spike on it', () => {
    expect(pathData([0, 0, 1, 1, 2, 2, 3, 3], 8)).toBe('M0 0l3 3')
    expect(pathData([0, 0, 1, 0, 1, -9, 1, 0, 2, 0], 10)).toBe('M0 0h1v-9 9h1')
    expect(pathData([0, 0, 5, 0, 2, 0], 6)).toBe('M0 0h5-3')
  })

  it('passes every point closer than the eye sees, wherever they lie', () => {
    const pixel = fc.double({ min: -2000, max: 4000, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(pixel, pixel), { minLength: 1, maxLength: 60 }), (points) => {
        const [corners] = cornersOf(pathData(points.flat(), points.length * 2))
        for (const point of points) expect(distanceToLine(point, corners)).toBeLessThan(0.3)
      }),
    )
  })
})
