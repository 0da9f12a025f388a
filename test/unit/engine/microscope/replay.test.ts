// A replay is the run itself: the same bits at every step, however it is reached.

import { describe, expect, it } from 'vitest'
import { generateDataset } from '../../../../engine/data/datasets'
import { prepareData } from '../../../../engine/data/prepare'
import { Replay } from '../../../../engine/microscope/replay'
import { createSession } from '../../../../engine/training/session'
import { specWith } from '../support/specs'

function drive<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

const spec = specWith({
  dataset: { id: 'moons', parameters: { samples: 60 }, split: { validation: 0.2, test: 0.1 } },
  optimizer: { kind: 'adam', learningRate: 0.05 },
  training: { epochs: 4, batchSize: 10, inputNoise: 0.05, metrics: ['mse'] },
})
const data = prepareData(spec.dataset, { ...generateDataset(spec.dataset)!, hash: '' })

/** Parameters of the run after each step, and the optimizer's memory. */
function recordRun() {
  const session = createSession(spec, data)
  const states = [session.exportState()]
  for (let outcome: unknown = 'working'; outcome === 'working';) {
    outcome = session.advance()
    const state = session.exportState()
    states[state.position.step] = state
  }
  return states
}

describe('a replay', () => {
  const states = recordRun()

  it('has the parameters and moments of the run at every step, in any order', () => {
    const replay = new Replay(spec, data)
    const last = states.length - 1
    expect(last).toBe(20)
    for (const step of [0, 7, 8, 6, 5, last, last - 1, 3, 4, 15, 2, last, 0]) {
      const { weights, biases, moments, position } = drive(replay.moveTo(step))
      expect(position.step).toBe(step)
      expect(weights).toEqual(states[step].weights)
      expect(biases).toEqual(states[step].biases)
      expect(moments).toEqual(states[step].moments)
    }
  })

  it('goes on rightly after it was left half way', () => {
    const replay = new Replay(spec, data)
    const steps = replay.moveTo(18)
    for (let i = 0; i < 9; i++) steps.next()
    steps.return(undefined as never)
    expect(drive(replay.moveTo(4)).weights).toEqual(states[4].weights)
    expect(drive(replay.moveTo(12)).weights).toEqual(states[12].weights)
  })

  it('goes back by one step without starting over', () => {
    const replay = new Replay(spec, data)
    drive(replay.moveTo(17))
    expect([...replay.moveTo(16)]).toHaveLength(0)
    expect([...replay.moveTo(15)]).toHaveLength(0)
    expect([...replay.moveTo(14)]).toHaveLength(1)
  })

  it('stops where the run does', () => {
    const replay = new Replay(spec, data)
    expect(drive(replay.moveTo(1000)).position.step).toBe(20)
    const diverging = specWith({
      dataset: spec.dataset,
      loss: 'sse',
      network: { layers: [{ kind: 'dense', units: 1 }] },
      optimizer: { kind: 'sgd', learningRate: 1e6 },
      training: { epochs: 200, batchSize: 10 },
    })
    const { position } = drive(new Replay(diverging, data).moveTo(1000))
    expect(position.end?.kind).toBe('diverged')
  })
})
