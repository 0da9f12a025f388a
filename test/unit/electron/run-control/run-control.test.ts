import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EventName, Events } from '../../../../electron/contract'
import { RunControl } from '../../../../electron/run-control'
import { openRunLog, type RunLog } from '../../../../electron/run-log'
import type { TrainerMessage } from '../../../../electron/trainer/protocol'
import { DescentError } from '../../../../engine/errors'
import { parseSpec } from '../../../../engine/spec/parse'
import { STEP_METRICS, type StepMetric } from '../../../../engine/training/types'
import { fakeTrainers } from './fake-trainer'

const spec = parseSpec({
  version: 1,
  name: 'xor',
  dataset: { id: 'xor' },
  network: { layers: [{ kind: 'dense', units: 1, activation: 'logistic' }] },
  loss: 'mse',
  optimizer: { kind: 'sgd', learningRate: 0.1 },
  training: { epochs: 10, batchSize: 4 },
})

const started: TrainerMessage = {
  kind: 'started',
  kernel: 'reference-f64',
  engineVersion: '0.1.0',
  dataHash: 'a'.repeat(64),
  parameters: 3,
  totalSteps: 10,
  stepsPerEpoch: 1,
}
const done: TrainerMessage = {
  kind: 'done',
  end: { kind: 'finished' },
  final: {},
  weightsHash: 'b'.repeat(64),
}

function batch(sequence: number, firstStep: number, count: number): TrainerMessage {
  const columns = Object.fromEntries(
    STEP_METRICS.map((metric) => [metric, new Float64Array(count).fill(0.5)]),
  ) as Record<StepMetric, Float64Array>
  const step = firstStep + count - 1
  return {
    kind: 'batch',
    batch: {
      sequence,
      chunk: { firstStep, stride: 1, count, elapsedMs: new Float64Array(count), columns },
      epochs: [],
      progress: { step, totalSteps: 10, epoch: step, totalEpochs: 10, samples: step * 4 },
      activeMs: step,
      samplesPerSecond: null,
      remainingMs: null,
    },
  }
}

let folder = ''
let log: RunLog
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'descent-control-'))
  log = openRunLog(join(folder, 'descent.db'), { owner: 'app' })
})
afterEach(() => {
  log.close()
  rmSync(folder, { recursive: true, force: true })
})

function setUp(parallelRuns = 1, over: Partial<RunLog> = {}, cores = 2) {
  const { spawn, trainers } = fakeTrainers()
  const published: { name: EventName; payload: unknown }[] = []
  const control = new RunControl({
    log: { ...log, ...over },
    datasetFolder: folder,
    spawn,
    parallelRuns,
    cores,
    compute: { kernel: 'automatic', threads: null },
    publish: <N extends EventName>(name: N, payload: Events[N]) => void published.push({ name, payload }),
    report: vi.fn(),
  })
  const status = (id: string) => log.getRun(id)?.status
  return { control, trainers, published, status }
}

describe('run control', () => {
  it('hands the job over once the trainer is ready, and writes down what it says', async () => {
    const { control, trainers, status } = setUp()
    const { id } = control.start(spec)
    expect(status(id)).toBe('queued')
    trainers[0].say({ kind: 'ready' })
    const compute = { kernel: 'automatic', threads: 2 }
    const job = { runId: id, spec, datasetFolder: folder, compute }
    expect(trainers[0].commands).toEqual([{ kind: 'start', job }])
    trainers[0].say(started, batch(0, 1, 4))
    expect(status(id)).toBe('running')
    expect(log.curves([id])[0].steps.step).toEqual(Float64Array.of(1, 2, 3, 4))
    trainers[0].say(done)
    trainers[0].end()
    await vi.waitFor(() => expect(control.isBusy).toBe(false))
    expect(log.getRun(id)).toMatchObject({ status: 'finished', reason: null })
  })

  it('computes with the kernel that was asked for, else with that of the settings, on its share of the cores', () => {
    const { control, trainers } = setUp(2, {}, 8)
    const computeOf = (index: number) => {
      trainers[index].say({ kind: 'ready' })
      const [command] = trainers[index].commands
      return command.kind === 'start' ? command.job.compute : null
    }
    control.start(spec)
    // Alone it takes all; what comes later shares.
    expect(computeOf(0)).toEqual({ kernel: 'automatic', threads: 8 })
    control.setCompute({ kernel: 'webassembly', threads: 3 })
    control.start(spec, 'reference')
    expect(computeOf(1)).toEqual({ kernel: 'reference', threads: 3 })
    control.setParallelRuns(3)
    control.start(spec)
    expect(computeOf(2)).toEqual({ kernel: 'webassembly', threads: 2 })
  })

  it('acknowledges and shows a batch after it is in the log, never before', () => {
    const order: string[] = []
    const { control, trainers } = setUp(1, {
      appendBatch: (id, message) => {
        log.appendBatch(id, message)
        order.push('logged')
      },
    })
    control.start(spec)
    const [trainer] = trainers
    trainer.commands.push = (...commands) => order.push(...commands.map(({ kind }) => kind))
    trainer.say({ kind: 'ready' }, started, batch(0, 1, 2))
    expect(order).toEqual(['start', 'logged', 'acknowledge'])
  })

  it('neither acknowledges nor shows a batch that the log refused, and tries it again', async () => {
    vi.useFakeTimers()
    try {
      let isFull = true
      const { control, trainers, published } = setUp(1, {
        appendBatch: (id, message) => {
          if (isFull) throw new DescentError('disk-full', 'The disk is full.', 'Free some space.')
          log.appendBatch(id, message)
        },
      })
      const { id } = control.start(spec)
      trainers[0].say({ kind: 'ready' }, started, batch(0, 1, 2))
      expect(trainers[0].commands.map(({ kind }) => kind)).toEqual(['start'])
      expect(published.filter(({ name }) => name === 'run.metrics')).toEqual([])
      expect(published.at(-1)).toMatchObject({
        name: 'app.notice',
        payload: { level: 'error', message: 'The disk is full.' },
      })
      isFull = false
      await vi.advanceTimersByTimeAsync(1100)
      expect(trainers[0].commands.map(({ kind }) => kind)).toEqual(['start', 'acknowledge'])
      expect(log.curves([id])[0].steps.step).toEqual(Float64Array.of(1, 2))
    } finally {
      vi.useRealTimers()
    }
  })

  it('ends a run whose measurements can not be logged at all, with the reason', async () => {
    const { control, trainers } = setUp(1, {
      appendBatch: () => {
        throw new TypeError('a defect')
      },
    })
    const { id } = control.start(spec)
    trainers[0].say({ kind: 'ready' }, started, batch(0, 1, 2))
    expect(trainers[0].isKilled).toBe(true)
    await vi.waitFor(() => expect(log.getRun(id)?.status).toBe('failed'))
    expect(log.getRun(id)?.reason).toContain('could not be logged: a defect')
  })

  it('trains as many at a time as may, the others in their order', async () => {
    const { control, trainers, status } = setUp(1)
    const [first, second] = [control.start(spec), control.start(spec)]
    expect(trainers).toHaveLength(1)
    trainers[0].say({ kind: 'ready' }, started, done)
    trainers[0].end()
    await vi.waitFor(() => expect(trainers).toHaveLength(2))
    trainers[1].say({ kind: 'ready' })
    expect(trainers.map(({ runIds }) => runIds)).toEqual([[first.id], [second.id]])
    expect(status(second.id)).toBe('queued')
  })

  it('gives the trainer of a run that ended in order to the next, also after a stop', async () => {
    const { control, trainers, status } = setUp(1)
    const runs = [control.start(spec), control.start(spec), control.start(spec)]
    const [trainer] = trainers
    trainer.say({ kind: 'ready' }, started, batch(0, 1, 4), done, { kind: 'ready' })
    await vi.waitFor(() => expect(trainer.runIds).toHaveLength(2))
    const stopped = control.stop(runs[1].id)
    trainer.say(started, { kind: 'done', end: { kind: 'stopped' }, final: {}, weightsHash: '0' })
    await stopped
    trainer.say({ kind: 'ready' })
    await vi.waitFor(() => expect(trainer.runIds).toEqual(runs.map(({ id }) => id)))
    trainer.say(started, batch(0, 1, 2), done)
    expect(runs.map(({ id }) => status(id))).toEqual(['finished', 'stopped', 'finished'])
    expect(log.curves([runs[2].id])[0].steps.step).toEqual(Float64Array.of(1, 2))
    expect(trainers).toHaveLength(1)
    expect(trainer.commands.map(({ kind }) => kind)).not.toContain('leave')
  })

  it('lets the trainer of a run that failed go, and starts a new one for the next', async () => {
    const { control, trainers, status } = setUp(1)
    const [first, second] = [control.start(spec), control.start(spec)]
    const error = { code: 'trainer-failed', message: 'It broke.', hint: '', problems: [] } as const
    trainers[0].say({ kind: 'ready' }, started, { kind: 'failed', error })
    expect(trainers[0].commands.at(-1)).toEqual({ kind: 'leave' })
    expect(trainers).toHaveLength(1)
    trainers[0].end()
    await vi.waitFor(() => expect(trainers).toHaveLength(2))
    trainers[1].say({ kind: 'ready' })
    expect(trainers[1].runIds).toEqual([second.id])
    expect(status(first.id)).toBe('failed')
  })

  it('passes pause and resume on, and believes them when the trainer says so', () => {
    const { control, trainers, status } = setUp()
    const { id } = control.start(spec)
    trainers[0].say({ kind: 'ready' }, started)
    control.pause(id)
    expect(status(id)).toBe('running')
    trainers[0].say({ kind: 'paused', step: 0 })
    expect(status(id)).toBe('paused')
    control.resume(id)
    trainers[0].say({ kind: 'resumed', step: 0 })
    expect(status(id)).toBe('running')
    expect(trainers[0].commands.map(({ kind }) => kind)).toEqual(['start', 'pause', 'resume'])
  })

  it('stops a waiting run without a trainer, and says that it never began', async () => {
    const { control, trainers } = setUp()
    control.start(spec)
    const { id } = control.start(spec)
    await control.stop(id)
    expect(log.getRun(id)).toMatchObject({ status: 'stopped', reason: 'Stopped before it began.' })
    expect(trainers).toHaveLength(1)
  })

  it('ends a run by force that does not answer to stop', async () => {
    vi.useFakeTimers()
    try {
      const { control, trainers } = setUp()
      const { id } = control.start(spec)
      trainers[0].say({ kind: 'ready' }, started, batch(0, 1, 3))
      const stopped = control.stop(id)
      await vi.advanceTimersByTimeAsync(5100)
      await stopped
      expect(log.getRun(id)).toMatchObject({
        status: 'stopped',
        reason: 'Stopped by force, since the trainer did not answer. Last logged step 3.',
      })
    } finally {
      vi.useRealTimers()
    }
  })

  it('stops a run before it goes to the trash', async () => {
    const { control, trainers, published } = setUp()
    const { id } = control.start(spec)
    trainers[0].say({ kind: 'ready' }, started)
    const deleted = control.delete([id])
    expect(trainers[0].commands.at(-1)).toEqual({ kind: 'stop' })
    trainers[0].say({ kind: 'done', end: { kind: 'stopped' }, final: {}, weightsHash: '0' })
    trainers[0].end()
    await deleted
    expect(log.listRuns()).toEqual([])
    expect(published.at(-1)).toEqual({ name: 'runs.removed', payload: { ids: [id] } })
  })

  it('marks what trained and what waited as interrupted when the application is closed', async () => {
    const { control, trainers } = setUp()
    const [first, second] = [control.start(spec), control.start(spec)]
    trainers[0].say({ kind: 'ready' }, started, batch(0, 1, 2))
    const closed = control.close()
    expect(trainers[0].commands.at(-1)).toEqual({ kind: 'stop' })
    trainers[0].say(batch(1, 3, 4))
    trainers[0].say({ kind: 'done', end: { kind: 'stopped' }, final: {}, weightsHash: '0' })
    trainers[0].end()
    await closed
    expect(trainers).toHaveLength(1)
    expect(log.getRun(first.id)).toMatchObject({
      status: 'interrupted',
      reason: 'The application was closed while this run trained. Last logged step 6.',
    })
    expect(log.getRun(second.id)).toMatchObject({
      status: 'interrupted',
      reason: 'The application was closed before this run began.',
    })
  })

  it('keeps a run as finished that finished while the application was closed', async () => {
    const { control, trainers, status } = setUp()
    const { id } = control.start(spec)
    trainers[0].say({ kind: 'ready' }, started)
    const closed = control.close()
    trainers[0].say(batch(0, 1, 10), done)
    trainers[0].end()
    await closed
    expect(status(id)).toBe('finished')
  })

  it('says why a run that is over can not be paused, stopped or resumed', async () => {
    const { control, trainers } = setUp()
    const { id } = control.start(spec)
    trainers[0].say({ kind: 'ready' }, started, done)
    trainers[0].end()
    await vi.waitFor(() => expect(control.isBusy).toBe(false))
    expect(() => control.pause(id)).toThrow('"xor" is finished and can not be paused.')
    expect(() => control.resume('r9')).toThrow('There is no run r9.')
    await expect(control.stop(id)).rejects.toThrow('can not be stopped')
  })
})
