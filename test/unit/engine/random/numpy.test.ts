// NumPy's streams against NumPy itself: 10,000 draws of each kind, for seeds on both sides of 2^31.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { DescentError } from '../../../../engine/errors'
import { createRandom, NumpyGenerator, NumpyLegacyRandom } from '../../../../engine/random'
import type { ResumableRandom } from '../../../../engine/random'
import { HEIGHTS, INNER_BOUNDS, WIDTHS } from '../../../../engine/random/ziggurat-tables'
import golden from '../../../golden/numpy-random.json'

const COUNT = 10_000
const SEEDS = ['0', '123', '3141592653'] as const
type Seed = (typeof SEEDS)[number]

/** Base64 of 10,000 float64 a seed; read here and not imported, for the type of such a file is as long as the file. */
const normals = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../../golden/numpy-random-normals.json', import.meta.url)), 'utf8'),
) as Record<'legacy' | 'generator', Record<Seed, string>>

function goldenNormals(kind: 'legacy' | 'generator', seed: Seed): Float64Array {
  const bytes = Buffer.from(normals[kind][seed], 'base64')
  return Float64Array.from({ length: bytes.length / 8 }, (_, i) => bytes.readDoubleLE(8 * i))
}

function sha256(values: Float64Array | Uint32Array | BigUint64Array): string {
  return createHash('sha256')
    .update(Buffer.from(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex')
}

interface Digest {
  sha256: string
  first: number[]
  last: number[]
}

function expectDraws(values: Float64Array | Uint32Array, expected: Digest): void {
  expect(values.length).toBe(COUNT)
  expect([...values.subarray(0, 10)]).toEqual(expected.first)
  expect([...values.subarray(-5)]).toEqual(expected.last)
  expect(sha256(values)).toBe(expected.sha256)
}

function floats(draw: () => number): Float64Array {
  return Float64Array.from({ length: COUNT }, draw)
}

function words(draw: () => number): Uint32Array {
  return Uint32Array.from({ length: COUNT }, draw)
}

function expectClose(actual: readonly number[] | Float64Array, expected: readonly number[] | Float64Array) {
  expect(actual.length).toBe(expected.length)
  expected.forEach((value, i) => {
    if (!(Math.abs(actual[i] - value) <= 1e-15 * Math.abs(value))) {
      expect.fail(`draw ${i} is ${actual[i]}, NumPy's is ${value}`)
    }
  })
}

function countDifferent(actual: Float64Array, expected: Float64Array): number {
  return actual.reduce((count, value, i) => count + (Object.is(value, expected[i]) ? 0 : 1), 0)
}

const triples = Uint32Array.from({ length: COUNT }, (_, i) => 3 * i)

describe.each(SEEDS)('numpy.random.seed(%s)', (seed) => {
  const fresh = () => new NumpyLegacyRandom(Number(seed))
  const expected = golden.legacy[seed]

  it('repeats random_sample and uniform in every bit', () => {
    const sample = fresh()
    expectDraws(
      floats(() => sample.randomSample()),
      expected.randomSample,
    )
    const uniform = fresh()
    expectDraws(
      floats(() => uniform.uniformBetween(-3, 5)),
      expected.uniform,
    )
  })

  it('repeats randn but for the last place of the logarithm', () => {
    const random = fresh()
    const drawn = floats(() => random.randn())
    const numpy = goldenNormals('legacy', seed)
    expectClose(drawn, numpy)
    expect(countDifferent(drawn, numpy)).toBeLessThan(COUNT / 20)
  })

  it('repeats permutation and shuffle', () => {
    expectDraws(fresh().permutation(COUNT), expected.permutation)
    const shuffled = triples.slice()
    fresh().shuffle(shuffled)
    expectDraws(shuffled, expected.shuffle)
  })

  it('repeats choice, with and without replacement', () => {
    expectDraws(fresh().choice(18, COUNT), expected.choice)
    const single = fresh()
    expectDraws(
      words(() => single.choice(18)),
      expected.choice,
    )
    expectDraws(fresh().choice(20_000, COUNT, false), expected.choiceWithoutReplacement)
  })

  it('repeats randint of one word and of two', () => {
    const short = fresh()
    expectDraws(
      words(() => short.randint(3, 1000)),
      expected.randint,
    )
    const full = fresh()
    expectDraws(
      words(() => full.randint(0, 2 ** 32)),
      expected.randintOfAllWords,
    )
    const long = fresh()
    expectDraws(
      floats(() => long.randint(-5, 2 ** 40)),
      expected.randintOfTwoWords,
    )
  })

  it('keeps the second normal of a pair through other draws', () => {
    const random = fresh()
    const drawn: number[] = []
    while (drawn.length < expected.interleaved.length) {
      drawn.push(random.randn(), random.randint(-5, 1000), random.randn(), random.randn())
      drawn.push(random.randomSample(), random.choice(7), random.normalWith(2.5, 0.1))
    }
    expectClose(drawn, expected.interleaved)
  })
})

describe.each(SEEDS)('numpy.random.default_rng(%s)', (seed) => {
  const fresh = () => new NumpyGenerator(Number(seed))
  const expected = golden.generator[seed]

  it('repeats random and uniform in every bit', () => {
    const unit = fresh()
    expectDraws(
      floats(() => unit.random()),
      expected.random,
    )
    const uniform = fresh()
    expectDraws(
      floats(() => uniform.uniformBetween(-3, 5)),
      expected.uniform,
    )
  })

  it('repeats standard_normal but for the last place of the logarithm in the tail', () => {
    const random = fresh()
    const drawn = floats(() => random.standardNormal())
    const numpy = goldenNormals('generator', seed)
    expectClose(drawn, numpy)
    const body = (_: number, i: number) => Math.abs(numpy[i]) < 3.65
    expect(drawn.filter(body)).toEqual(numpy.filter(body))
  })

  it('repeats permutation and shuffle', () => {
    expectDraws(fresh().permutation(COUNT), expected.permutation)
    const shuffled = triples.slice()
    fresh().shuffle(shuffled)
    expectDraws(shuffled, expected.shuffle)
  })

  it('repeats integers of one word, also where many are rejected, and of two', () => {
    const cases: [number, number, Digest][] = [
      [0, 18, expected.integers],
      [0, 3 * 2 ** 30, expected.integersOften],
      [0, 2 ** 32, expected.integersOfAllWords],
    ]
    for (const [low, high, draws] of cases) {
      const random = fresh()
      expectDraws(
        words(() => random.integers(low, high)),
        draws,
      )
    }
    const long = fresh()
    expectDraws(
      floats(() => long.integers(-5, 2 ** 40)),
      expected.integersOfTwoWords,
    )
  })

  it('keeps the unused half of a 64-bit number through draws of whole ones', () => {
    const random = fresh()
    const drawn: number[] = []
    while (drawn.length < expected.interleaved.length) {
      drawn.push(random.standardNormal(), random.integers(0, 18), random.random(), random.standardNormal())
      drawn.push(random.integers(-5, 2 ** 40), random.uniformBetween(-3, 5), random.normalWith(2.5, 0.1))
      drawn.push(random.integers(0, 2 ** 32))
    }
    expectClose(drawn, expected.interleaved)
  })
})

describe('the NumPy generators', () => {
  it('give the normals that are printed in notebooks', () => {
    const legacy = new NumpyLegacyRandom(0)
    const first = [legacy.randn(), legacy.randn(), legacy.randn()]
    expectClose(first, [1.764052345967664, 0.4001572083672233, 0.9787379841057392])
    const generator = new NumpyGenerator(123)
    expect(Array.from({ length: 9 }, () => generator.standardNormal())).toEqual([
      -0.9891213503478509, -0.3677866514678832, 1.2879252612892487, 0.1939744191326132, 0.9202308996398569,
      0.5771037912572513, -0.6364636463709805, 0.5419522204102933, -0.3165954511658161,
    ])
  })

  it('have ziggurat tables equal to those of the compiled NumPy in every bit', () => {
    expect(sha256(HEIGHTS)).toBe(golden.zigguratTables.fi)
    expect(sha256(WIDTHS)).toBe(golden.zigguratTables.wi)
    expect(sha256(BigUint64Array.from(INNER_BOUNDS, BigInt))).toBe(golden.zigguratTables.ki)
  })

  it('take seeds of more than 32 bits in default_rng', () => {
    for (const { seed, random } of golden.bigSeeds) {
      const generator = new NumpyGenerator(BigInt(seed))
      expect(random.map(() => generator.random())).toEqual(random)
    }
    expect(new NumpyGenerator(2 ** 32).next()).toBe(new NumpyGenerator(2n ** 32n).next())
  })

  const kinds: [string, (seed: number) => ResumableRandom][] = [
    ['RandomState', (seed) => new NumpyLegacyRandom(seed)],
    ['Generator', (seed) => new NumpyGenerator(seed)],
  ]

  it.each(kinds)('go on exactly where a stored state stopped: %s', (_name, create) => {
    const random = create(9)
    // An odd number of words and of normals a round: with and without a spare normal or half, and at many distances
    // from the renewal of the twister's words.
    for (let round = 0; round < 60; round++) {
      const resumed = create(1)
      resumed.normal()
      resumed.next()
      resumed.importState(JSON.parse(JSON.stringify(random.exportState())))
      expect(resumed.exportState()).toEqual(random.exportState())
      const draw = (source: ResumableRandom) => [
        ...Array.from({ length: 19 }, () => source.next()),
        ...Array.from({ length: 3 }, () => source.normal()),
        source.below(18),
        source.uniform(),
      ]
      expect(draw(resumed)).toEqual(draw(random))
    }
  })

  it('refuse states that are damaged or of another generator', () => {
    const legacy = new NumpyLegacyRandom(1)
    const generator = new NumpyGenerator(1)
    const whole = { legacy: legacy.exportState(), generator: generator.exportState() }
    const withWord = (words: readonly number[], at: number, word: number) =>
      words.map((kept, i) => (i === at ? word : kept))
    const damagedLegacy = [
      whole.generator,
      createRandom(1, 'x').exportState(),
      { ...whole.legacy, words: whole.legacy.words.slice(1) },
      { ...whole.legacy, words: withWord(whole.legacy.words, 3, 0.5) },
      { ...whole.legacy, words: withWord(whole.legacy.words, 3, 2 ** 32) },
      { ...whole.legacy, words: withWord(whole.legacy.words, 624, 625) },
      { ...whole.legacy, words: [...new Array<number>(624).fill(0), 624] },
      { ...whole.legacy, spareNormal: NaN },
    ]
    for (const state of damagedLegacy) expect(() => legacy.importState(state)).toThrow(DescentError)
    const damagedGenerator = [
      whole.legacy,
      { ...whole.generator, words: whole.generator.words.slice(0, 8) },
      { ...whole.generator, words: withWord(whole.generator.words, 0, -1) },
      { ...whole.generator, words: withWord(whole.generator.words, 4, whole.generator.words[4] - 1) },
      { ...whole.generator, words: withWord(whole.generator.words, 8, 2) },
      { ...whole.generator, spareNormal: 0.5 },
    ]
    for (const state of damagedGenerator) expect(() => generator.importState(state)).toThrow(DescentError)
    // A refused state leaves the generator where it was.
    expect(legacy.exportState()).toEqual(whole.legacy)
    expect(generator.exportState()).toEqual(whole.generator)
  })

  it('refuse seeds and ranges that make no sense', () => {
    for (const seed of [-1, 1.5, NaN, 2 ** 32])
      expect(() => new NumpyLegacyRandom(seed)).toThrow(DescentError)
    for (const seed of [-1, 1.5, NaN, 2 ** 53, -1n])
      expect(() => new NumpyGenerator(seed)).toThrow(DescentError)
    const legacy = new NumpyLegacyRandom(1)
    const generator = new NumpyGenerator(1)
    const ranges: [number, number][] = [
      [0, 0],
      [3, 2],
      [0.5, 2],
      [0, Infinity],
      [-(2 ** 53) + 1, 2 ** 53 - 1],
    ]
    for (const [low, high] of ranges) {
      expect(() => legacy.randint(low, high)).toThrow(DescentError)
      expect(() => generator.integers(low, high)).toThrow(DescentError)
    }
    expect(() => legacy.choice(10, 11, false)).toThrow(DescentError)
    expect(() => legacy.choice(0)).toThrow(DescentError)
    for (const length of [-1, 0.5, 2 ** 32]) {
      expect(() => legacy.permutation(length)).toThrow(DescentError)
      expect(() => generator.permutation(length)).toThrow(DescentError)
      expect(() => legacy.choice(10, length)).toThrow(DescentError)
    }
    for (const n of [0, -3, 2.5, 2 ** 32 + 1, NaN]) expect(() => generator.below(n)).toThrow(DescentError)
  })

  it('draw nothing for a range of one integer, as NumPy', () => {
    const legacy = new NumpyLegacyRandom(1)
    expect(legacy.randint(7, 8)).toBe(7)
    expect(legacy.exportState()).toEqual(new NumpyLegacyRandom(1).exportState())
    const generator = new NumpyGenerator(1)
    expect(generator.integers(7, 8)).toBe(7)
    expect(generator.exportState()).toEqual(new NumpyGenerator(1).exportState())
  })
})
