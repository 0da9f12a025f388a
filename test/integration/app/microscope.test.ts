// The microscope through the calls of the window: the step it shows is the run's own, bit for bit.

import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { moonsSpec } from '../../e2e/support/specs'
import { temporaryFolder } from '../support/temporary-folder'
import { openApp, type AppInProcess } from './in-process'

function openedApp(): AppInProcess {
  const app = openApp(temporaryFolder())
  onTestFinished(() => app.close())
  return app
}

async function trained(app: AppInProcess, spec: unknown): Promise<string> {
  const { id } = await app.call('runs.start', { spec })
  await vi.waitFor(() => expect(app.log.getRun(id)?.status).toBe('finished'), { timeout: 60_000 })
  return id
}

const place = { part: 'training', example: 3 } as const
const sgd = { kind: 'sgd', learningRate: 0.1 }

describe('the microscope', () => {
  it.each([
    ['Adam, by training again', {}],
    ['SGD, from what is stored', { optimizer: sgd }],
  ])('has the stored parameters at the step at which they were stored: %s', async (_title, over) => {
    const app = openedApp()
    const id = await trained(app, { ...(moonsSpec({ epochs: 7 }) as object), ...over })
    const checkpoint = app.log.checkpoint(id)!
    expect(checkpoint.step).toBe(70)
    const subject = { runId: id }
    const opened = await app.call('analysis.openMicroscope', { token: 'a', subject, step: 70, place })
    expect(opened.trace.place).toMatchObject({ step: 70, epoch: 7, end: { kind: 'finished' } })
    let [weightsBefore, biasesBefore] = [0, 0]
    for (const [layer, { weights, biases }] of opened.trace.layers.entries()) {
      for (let index = 0; index < weights; index++) {
        const input = { id: opened.id, layer, kind: 'weight' as const, index }
        const { value } = await app.call('analysis.traceParameter', input)
        expect(value).toBe(checkpoint.weights[weightsBefore + index])
      }
      for (let index = 0; index < biases; index++) {
        const input = { id: opened.id, layer, kind: 'bias' as const, index }
        const { value, updated } = await app.call('analysis.traceParameter', input)
        expect(value).toBe(checkpoint.biases[biasesBefore + index])
        expect(updated).not.toBeNull()
      }
      weightsBefore += weights
      biasesBefore += biases
    }
    expect([weightsBefore, biasesBefore]).toEqual([checkpoint.weights.length, checkpoint.biases.length])
  })

  it('goes on to the next step and back, and starts a design fresh', async () => {
    const app = openedApp()
    const spec = moonsSpec({ epochs: 3 })
    const subject = { runId: await trained(app, spec) }
    const at = (step: number, example = 3) =>
      app.call('analysis.openMicroscope', { token: 't', subject, step, place: { ...place, example } })
    const five = await at(5)
    const six = await at(6)
    expect(six.trace.loss.value).not.toBe(five.trace.loss.value)
    expect((await at(5)).trace).toEqual(five.trace)
    const other = await at(5, 4)
    expect(other.trace.example).toMatchObject({ example: 4, counts: { training: 320, validation: 80 } })
    const cell = await app.call('analysis.traceCell', { id: other.id, layer: 0, cell: 2 })
    expect(cell.preActivation).toBe(other.trace.layers[0].preActivations[2])

    const fresh = await app.call('analysis.openMicroscope', { token: 't', subject: { spec }, step: 0, place })
    expect(fresh.trace).toEqual((await at(0)).trace)
  })

  it('refuses what is not there, and cells of a step that it has left', async () => {
    const app = openedApp()
    const subject = { runId: await trained(app, moonsSpec({ epochs: 1 })) }
    const ask = { token: 't', subject, place }
    const beyond = app.call('analysis.openMicroscope', { ...ask, step: 11 })
    await expect(beyond).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('has done 10'),
    })
    const first = await app.call('analysis.openMicroscope', { ...ask, step: 4 })
    await app.call('analysis.openMicroscope', { ...ask, step: 5 })
    const left = app.call('analysis.traceCell', { id: first.id, layer: 0, cell: 0 })
    await expect(left).rejects.toMatchObject({ code: 'conflict' })
  })

  it('tells how far it has trained again, and stops where it is canceled', async () => {
    const app = openedApp()
    const spec = moonsSpec({ epochs: 100_000 })
    const ask = { token: 'long', subject: { spec }, place }
    const answer = app.call('analysis.openMicroscope', { ...ask, step: 1_000_000 })
    const ended = expect(answer).rejects.toMatchObject({ code: 'canceled' })
    const progress = () => app.published.filter(({ name }) => name === 'analysis.progress')
    await vi.waitFor(() => expect(progress().length).toBeGreaterThan(1))
    await app.call('analysis.cancel', { token: 'long' })
    await ended
    const { trace } = await app.call('analysis.openMicroscope', { ...ask, step: 2 })
    expect(trace.place).toMatchObject({ step: 2, epoch: 0, end: null })
  })
})
