// The additional threads of a kernel serve one run after another.

import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createSession } from '../../../engine'
import { chooseCompute } from '../../../electron/kernels/load'
import { randomTraining } from './random-training'

let started = 0
const count = (): void => void started++

const { spec, data } = longerTraining()

function longerTraining() {
  for (let seed = 1; ; seed++) {
    const training = randomTraining(seed, { precision: 'float32' })
    if (training !== null && training.spec.training.epochs > 1) return training
  }
}

/** @returns the parameters it ends with, as hexadecimal bits */
function train(threads: number): string {
  const compute = chooseCompute(spec.training)
  if (compute === null) throw new Error('No fast kernel is there.')
  const session = createSession(spec, data, { ...compute, threads, operationsAThread: 1 })
  expect(session.kernel).toContain(` x${threads}`)
  while (session.advance(10) === 'working');
  const { weights, biases } = session.parameters()
  session.close()
  return Buffer.from(Float64Array.from([...weights, ...biases]).buffer).toString('hex')
}

describe('the additional threads of a run', () => {
  afterEach(() => void process.off('worker', count))

  it('are those of the run before, and give the same bits', async () => {
    process.on('worker', count)
    const first = train(3)
    const second = train(3)
    const third = train(2)
    expect([second, third]).toEqual([first, first])
    // It is told of new threads in its next turn.
    await nextTurn()
    expect(started).toBe(2)
  })
})
