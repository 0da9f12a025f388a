import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DescentError } from '../../../../engine/errors'
import { createRandom } from '../../../../engine/random'
import { createSession } from '../../../../engine/training/session'
import type { TrainingSession } from '../../../../engine/training/session-types'
import { STEP_METRICS } from '../../../../engine/training/types'
import { prepared } from '../support/prepared'
import type { PreparedOptions } from '../support/prepared'
import { specWith } from '../support/specs'

const COUNT = 53

/** Two noisy blobs of points, class 1 to the upper right. */
function blobs(options: PreparedOptions = {}) {
  const random = createRandom(1, 'blobs')
  const targets = Array.from({ length: COUNT }, (_, index) => index % 2)
  const inputs = targets.flatMap((target) => [target + 0.4 * random.normal(), target + 0.4 * random.normal()])
  return prepared(inputs, targets, 2, { classes: 2, ...options })
}

const indices = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)
const training = (changes: Record<string, unknown> = {}) => ({
  training: { epochs: 4, batchSize: 10, ...changes },
})

/** Runs to the end and gives all that was recorded; `pause` says after how many calls to drain. */
function record(session: TrainingSession, pause: () => number = () => Infinity) {
  const columns = Object.fromEntries(STEP_METRICS.map((metric) => [metric, [] as number[]]))
  const steps: number[] = []
  const epochs: unknown[] = []
  let final: Record<string, number> | null = null
  const drain = () => {
    let more = true
    while (more) {
      const drained = session.drain()
      const { chunk } = drained
      if (chunk !== null) {
        for (let i = 0; i < chunk.count; i++) steps.push(chunk.firstStep + i * chunk.stride)
        for (const metric of STEP_METRICS) columns[metric].push(...chunk.columns[metric])
      }
      epochs.push(...drained.epochs)
      final ??= drained.final
      more = drained.more
    }
  }
  let end = session.advance()
  for (let left = pause(); end === 'working'; end = session.advance()) {
    if (--left > 0) continue
    drain()
    left = pause()
  }
  drain()
  return { end, steps, columns, epochs, final, parameters: session.parameters() }
}

describe('a session', () => {
  it('trains every example once an epoch, with a smaller last batch', () => {
    const session = createSession(specWith(training()), blobs())
    expect([session.stepsPerEpoch, session.totalSteps]).toEqual([6, 24])
    const { end, steps } = record(session)
    expect(end).toEqual({ kind: 'finished' })
    expect(steps).toEqual(indices(1, 25))
    expect(session.progress()).toEqual({
      step: 24,
      totalSteps: 24,
      epoch: 4,
      totalEpochs: 4,
      samples: 4 * COUNT,
    })
  })

  it('learns', () => {
    const { epochs } = record(
      createSession(
        specWith({ ...training({ epochs: 30 }), optimizer: { kind: 'adam', learningRate: 0.05 } }),
        blobs(),
      ),
    )
    const { metrics } = epochs[29] as { metrics: Record<string, number> }
    expect(metrics['train/accuracy']).toBeGreaterThan(0.9)
  })

  it('reports the mean over the examples of an epoch as they were trained', () => {
    const { columns, epochs } = record(
      createSession(specWith(training({ epochs: 1, shuffle: false })), blobs()),
    )
    const losses = columns['batch/loss']
    const mean = (10 * (losses[0] + losses[1] + losses[2] + losses[3] + losses[4]) + 3 * losses[5]) / COUNT
    expect(epochs).toHaveLength(1)
    expect((epochs[0] as { metrics: Record<string, number> }).metrics['train/loss']).toBeCloseTo(mean, 14)
  })

  it('clips a batch that is larger than the training part', () => {
    const session = createSession(specWith(training({ batchSize: 1_000_000 })), blobs())
    expect([session.stepsPerEpoch, session.totalSteps]).toEqual([1, 4])
  })

  it('measures validation every so many epochs and at the last, and test once at the end', () => {
    const data = blobs({ validation: indices(0, 7), test: indices(7, 12) })
    const { epochs, final } = record(createSession(specWith(training({ epochs: 5, validateEvery: 2 })), data))
    const measured = (epochs as { epoch: number; metrics: Record<string, number> }[]).map(
      ({ epoch, metrics }) => [epoch, 'val/loss' in metrics && 'val/accuracy' in metrics],
    )
    expect(measured).toEqual([
      [1, false],
      [2, true],
      [3, false],
      [4, true],
      [5, true],
    ])
    expect(Object.keys(final ?? {})).toEqual(['test/loss', 'test/accuracy'])
  })

  it('measures the same whatever the size of the batch of a part', () => {
    const everything = blobs({ validation: indices(0, 50) })
    const session = createSession(specWith(training({ epochs: 1, batchSize: 1 })), everything)
    const { epochs } = record(session)
    const { metrics } = epochs[0] as { metrics: Record<string, number> }
    const inputs = Float64Array.from(everything.dataset.inputs.subarray(0, 100))
    const right = session
      .predict(inputs)
      .filter((output, i) => (output >= 0.5 ? 1 : 0) === everything.targets[i]).length
    expect(metrics['val/accuracy']).toBe(right / 50)
  })

  it('knows no accuracy for numbers to predict', () => {
    const data = prepared([0, 1, 2, 3, 4, 5], [0, 2, 4, 6, 8, 10], 1, { validation: [5] })
    const spec = specWith({ ...training(), network: { layers: [{ kind: 'dense', units: 1 }] }, loss: 'mse' })
    const { epochs } = record(createSession(spec, data))
    expect(Object.keys((epochs[0] as { metrics: object }).metrics)).toEqual(['train/loss', 'val/loss'])
  })

  it('accepts two softmax outputs for two classes', () => {
    const layers = [{ kind: 'dense', units: 2, activation: 'softmax' }]
    const session = createSession(
      specWith({ ...training(), network: { layers }, loss: 'categorical-cross-entropy' }),
      blobs(),
    )
    expect(record(session).end).toEqual({ kind: 'finished' })
    const outputs = session.predict(Float64Array.of(1, 1))
    expect(outputs[0] + outputs[1]).toBeCloseTo(1, 15)
  })

  it('refuses a spec that does not fit the data, naming the setting', () => {
    const layers = [{ kind: 'dense', units: 3, activation: 'softmax' }]
    const attempt = () =>
      createSession(specWith({ network: { layers }, loss: 'categorical-cross-entropy' }), blobs())
    expect(attempt).toThrow(/two classes need 1 output/)
    expect(attempt).toThrow(DescentError)
  })

  it('refuses to train on nothing', () => {
    expect(() => createSession(specWith({}), blobs({ test: indices(0, COUNT) }))).toThrow(/no examples/)
  })

  it('goes on saying that it has ended', () => {
    const session = createSession(specWith(training({ epochs: 1 })), blobs())
    record(session)
    expect(session.advance()).toEqual({ kind: 'finished' })
    expect(session.drain()).toEqual({ chunk: null, epochs: [], final: null, more: false })
  })
})

describe('log intervals', () => {
  it('keep mean, minimum and maximum, and the last one may be shorter', () => {
    const every = record(createSession(specWith(training({ logEvery: 1 })), blobs()))
    const fifth = record(createSession(specWith(training({ logEvery: 5 })), blobs()))
    const losses = every.columns['batch/loss']
    expect(fifth.steps).toEqual([5, 10, 15, 20, 24])
    for (const [point, from, to] of [
      [0, 0, 5],
      [3, 15, 20],
      [4, 20, 24],
    ] as const) {
      const part = losses.slice(from, to)
      expect(fifth.columns['batch/loss'][point]).toBeCloseTo(part.reduce((a, b) => a + b) / part.length, 14)
      expect(fifth.columns['batch/loss.min'][point]).toBe(Math.min(...part))
      expect(fifth.columns['batch/loss.max'][point]).toBe(Math.max(...part))
    }
    expect(fifth.parameters).toEqual(every.parameters)
  })

  it('are closed for a host that stops early', () => {
    const session = createSession(specWith(training({ logEvery: 5 })), blobs())
    for (let i = 0; i < 7; i++) session.advance()
    session.closeInterval()
    expect(session.drain()).toMatchObject({ chunk: { firstStep: 5, stride: 5, count: 1 }, more: true })
    expect(session.drain()).toMatchObject({ chunk: { firstStep: 7, stride: 2, count: 1 }, more: false })
  })

  it('wait for the drain, however late it comes', () => {
    const { steps } = record(createSession(specWith(training({ epochs: 300 })), blobs()))
    expect(steps).toEqual(indices(1, 1801))
  })
})

describe('the same seed', () => {
  const variants = {
    float64: {},
    float32: { precision: 'float32' },
    'float32 with intervals': { precision: 'float32', logEvery: 7 },
  }
  it.each(Object.entries(variants))('gives the same bits twice in %s', (_name, changes) => {
    const spec = specWith({ ...training(changes), optimizer: { kind: 'adam', learningRate: 0.01 } })
    const data = blobs({ validation: indices(0, 9) })
    expect(record(createSession(spec, data))).toEqual(record(createSession(spec, data)))
  })

  it('gives the same bits however often the host drains, looks and predicts', () => {
    const spec = specWith(training({ precision: 'float32', logEvery: 3 }))
    const data = blobs({ validation: indices(0, 9), test: indices(9, 12) })
    const expected = record(createSession(spec, data))
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (pauses) => {
        const session = createSession(spec, data)
        let call = 0
        const actual = record(session, () => {
          session.inspect()
          session.predict(Float64Array.of(0.5, 0.5))
          return pauses[call++ % pauses.length]
        })
        expect(actual).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })

  it('gives other bits with another seed', () => {
    const run = (seed: number) => record(createSession(specWith(training({ seed })), blobs())).parameters
    expect(run(1)).not.toEqual(run(2))
  })

  it('takes up a stored state in the middle of everything and ends with the same bits', () => {
    const spec = specWith({ ...training({ logEvery: 4 }), optimizer: { kind: 'adam', learningRate: 0.01 } })
    const data = blobs({ validation: indices(0, 9) })
    const expected = record(createSession(spec, data))
    for (const calls of [1, 9, 14]) {
      const first = createSession(spec, data)
      for (let i = 0; i < calls; i++) first.advance()
      const before = first.drain()
      const second = createSession(spec, data)
      second.importState(structuredClone(first.exportState()))
      const after = record(second)
      expect(after.parameters).toEqual(expected.parameters)
      const losses = [...(before.chunk?.columns['batch/loss'] ?? []), ...after.columns['batch/loss']]
      expect(losses).toEqual(expected.columns['batch/loss'])
      expect([...before.epochs, ...after.epochs]).toEqual(expected.epochs)
    }
  })

  it('refuses the state of another spec', () => {
    const state = createSession(specWith(training({ seed: 1 })), blobs()).exportState()
    expect(() => createSession(specWith(training({ seed: 2 })), blobs()).importState(state)).toThrow(
      /another spec/,
    )
  })
})

describe('divergence', () => {
  const regression = (changes: Record<string, unknown>) =>
    specWith({
      network: { layers: [{ kind: 'dense', units: 1 }] },
      loss: 'mse',
      ...training({ epochs: 1000 }),
      ...changes,
    })
  const line = prepared([1, 2, 3, 4], [1, 2, 3, 4], 1)

  it('stops at the first loss that is not finite, after recording it', () => {
    const { end, steps, columns } = record(
      createSession(regression({ optimizer: { kind: 'sgd', learningRate: 1e6 } }), line),
    )
    if (end.kind !== 'diverged') expect.fail('it should have diverged')
    expect(end.reason).toMatch(/^The (loss became|gradient|parameters)/)
    expect(end.step).toBe(steps[steps.length - 1])
    expect(end.epoch).toBe(end.step)
    const last = columns['batch/gradient-norm'][steps.length - 1]
    expect(Number.isFinite(last)).toBe(false)
  })

  it('names a loss that is NaN from the start', () => {
    const session = createSession(regression({ optimizer: { kind: 'sgd', learningRate: 0.1 } }), line)
    session.setParameters({ weights: Float64Array.of(NaN), biases: Float64Array.of(0) })
    const { end, columns, epochs } = record(session)
    expect(end).toEqual({
      kind: 'diverged',
      step: 1,
      epoch: 1,
      reason: 'The loss became NaN at step 1, in epoch 1.',
    })
    expect(columns['batch/loss']).toEqual([NaN])
    expect(columns['batch/loss.max']).toEqual([NaN])
    expect(epochs).toEqual([])
  })

  it('names the layer whose parameters overflow', () => {
    const layers = [
      { kind: 'dense', units: 3, activation: 'tanh' },
      { kind: 'dense', units: 1 },
    ]
    const spec = regression({
      network: { layers },
      loss: 'mae',
      optimizer: { kind: 'sgd', learningRate: 1e6 },
      training: { epochs: 3, batchSize: 4, precision: 'float32' },
    })
    const session = createSession(spec, line)
    session.setParameters({ weights: new Float32Array(6).fill(3e38), biases: new Float32Array(4) })
    const { end } = record(session)
    expect(end).toMatchObject({ kind: 'diverged', step: 1 })
  })

  it('does not happen where the gradient is clipped', () => {
    const optimizer = { kind: 'sgd', learningRate: 0.1, gradientClip: { threshold: 1 } }
    const far = prepared([1, 2, 3, 4], [1e7, 2e7, 3e7, 4e7], 1)
    const { end } = record(
      createSession(regression({ optimizer, training: { epochs: 20, batchSize: 4, reduction: 'sum' } }), far),
    )
    expect(end).toEqual({ kind: 'finished' })
  })
})

describe('reduction', () => {
  it('by sum is by mean with the rate times the size of the batch', () => {
    const run = (reduction: string, learningRate: number) =>
      record(
        createSession(
          specWith({
            ...training({ batchSize: COUNT, reduction }),
            optimizer: { kind: 'sgd', learningRate },
          }),
          blobs(),
        ),
      )
    const [mean, sum] = [run('mean', 0.53), run('sum', 0.01)]
    sum.parameters.weights.forEach((weight, i) => expect(weight).toBeCloseTo(mean.parameters.weights[i], 12))
    expect(sum.columns['batch/loss'][0]).toBe(mean.columns['batch/loss'][0])
  })
})
