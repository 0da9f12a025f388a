import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { DescentError } from '../../../../engine/errors'
import { createRandom } from '../../../../engine/random'

describe('createRandom', () => {
  it('repeats its numbers for the same seed and stream', () => {
    const a = createRandom(7, 'init')
    const b = createRandom(7, 'init')
    for (let i = 0; i < 100; i++) {
      expect(a.next()).toBe(b.next())
      expect(a.normal()).toBe(b.normal())
    }
  })

  it('never changes its numbers from one release to the next', () => {
    const random = createRandom(1, 'init')
    expect([random.next(), random.next(), random.next()]).toEqual([894225167, 3776799566, 1856629372])
    expect([random.uniform(), random.normal(), random.normal(), random.below(1000)]).toMatchInlineSnapshot(`
      [
        0.8936614887689958,
        0.25117436119151537,
        0.7425412546913723,
        666,
      ]
    `)
  })

  it('is the published xoshiro128**, by the test vector of the rand_xoshiro crate', () => {
    const random = createRandom(0, '')
    random.importState({ generator: 'xoshiro128**', words: [1, 2, 3, 4], spareNormal: null })
    const drawn = Array.from({ length: 10 }, () => random.next())
    expect(drawn).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ])
  })

  it('gives unrelated numbers to streams and seeds that look alike', () => {
    const firsts = new Set<number>()
    for (let seed = 0; seed < 200; seed++) {
      for (const stream of ['', 'a', 'b', 'ab', 'ba', 'init', 'shuffle'])
        firsts.add(createRandom(seed, stream).next())
    }
    expect(firsts.size).toBe(200 * 7)
  })

  it('draws uniform numbers with mean 1/2 and variance 1/12 in [0, 1)', () => {
    const random = createRandom(3, 'test')
    let sum = 0
    let squares = 0
    const count = 100_000
    for (let i = 0; i < count; i++) {
      const x = random.uniform()
      if (!(x >= 0 && x < 1)) expect.fail(`${x} is not in [0, 1)`)
      sum += x
      squares += (x - 0.5) * (x - 0.5)
    }
    expect(sum / count).toBeCloseTo(0.5, 2)
    expect(squares / count).toBeCloseTo(1 / 12, 3)
  })

  it('draws normal numbers with mean 0, variance 1, no skew and kurtosis 3', () => {
    const random = createRandom(4, 'test')
    const moments = [0, 0, 0, 0]
    const count = 200_000
    for (let i = 0; i < count; i++) {
      const x = random.normal()
      for (let power = 0; power < 4; power++) moments[power] += x ** (power + 1) / count
    }
    expect(moments[0]).toBeCloseTo(0, 1)
    expect(moments[1]).toBeCloseTo(1, 1)
    expect(moments[2]).toBeCloseTo(0, 1)
    expect(Math.abs(moments[3] - 3)).toBeLessThan(0.1)
  })

  it('draws every integer below n equally often', () => {
    const random = createRandom(5, 'test')
    const counts = new Array<number>(7).fill(0)
    for (let i = 0; i < 70_000; i++) counts[random.below(7)]++
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400)
    expect(random.below(1)).toBe(0)
    expect(random.below(4294967296)).toBeGreaterThanOrEqual(0)
  })

  it('shuffles without losing an element', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.nat(), (length, seed) => {
        const array = Uint32Array.from({ length }, (_, i) => i)
        createRandom(seed, 'shuffle').shuffle(array)
        expect([...array].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i))
      }),
    )
  })

  it('shuffles with the numbers that it would draw one by one, and goes on after them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.nat(), (length, seed) => {
        const array = Uint32Array.from({ length }, (_, i) => i)
        const expected = array.slice()
        const random = createRandom(seed, 'shuffle')
        const single = createRandom(seed, 'shuffle')
        random.shuffle(array)
        for (let i = length - 1; i > 0; i--) {
          const j = single.below(i + 1)
          ;[expected[i], expected[j]] = [expected[j], expected[i]]
        }
        expect(array).toEqual(expected)
        expect(random.next()).toBe(single.next())
      }),
    )
  })

  it('goes on exactly where a stored state stopped, in the middle of a pair of normals', () => {
    const random = createRandom(9, 'resume')
    random.normal()
    const stored = JSON.parse(JSON.stringify(random.exportState()))
    const expected = [random.normal(), random.normal(), random.uniform()]
    const resumed = createRandom(0, 'other')
    resumed.importState(stored)
    expect([resumed.normal(), resumed.normal(), resumed.uniform()]).toEqual(expected)
  })

  it('refuses seeds, ranges and states that make no sense', () => {
    for (const seed of [-1, 1.5, NaN, 2 ** 32]) expect(() => createRandom(seed, 'x')).toThrow(DescentError)
    const random = createRandom(1, 'x')
    for (const n of [0, -3, 2.5, 2 ** 32 + 1, NaN]) expect(() => random.below(n)).toThrow(DescentError)
    expect(() => random.importState({ generator: 'other', words: [1, 2, 3, 4], spareNormal: null })).toThrow(
      DescentError,
    )
  })
})
