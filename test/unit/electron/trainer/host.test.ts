import { describe, expect, it } from 'vitest'
import { startTraining, type RunningTrainer } from '../../../../electron/trainer/host'
import {
  MAXIMUM_UNACKNOWLEDGED,
  type MetricBatch,
  type TrainerMessage,
  type TrainingJob,
} from '../../../../electron/trainer/protocol'
import type { OpenedSession } from '../../../../electron/trainer/open-session'
import { DescentError } from '../../../../engine/errors'
import { epochColumns } from '../../../../engine/training/sent-epochs'
import { countingSession } from './counting-session'
import { wholeChunk } from './whole-chunk'

const job = { runId: 'r1', datasetFolder: '/nowhere' } as TrainingJob

type Kind = TrainerMessage['kind']

/** A trainer whose messages are kept; each may be answered as it comes. */
function train(
  open: () => OpenedSession | Promise<OpenedSession>,
  onMessage: (message: TrainerMessage, trainer: () => RunningTrainer) => void = acknowledge,
) {
  const messages: TrainerMessage[] = []
  const trainer: RunningTrainer = startTraining(
    job,
    {
      send(message) {
        messages.push(message)
        onMessage(message, () => trainer)
      },
    },
    () => Promise.resolve(open()),
  )
  return {
    trainer,
    messages,
    kinds: () => messages.map(({ kind }) => kind).filter((kind) => kind !== 'heartbeat'),
    of: <K extends Kind>(kind: K) =>
      messages.filter((message): message is Extract<TrainerMessage, { kind: K }> => message.kind === kind),
  }
}

function acknowledge(message: TrainerMessage, trainer: () => RunningTrainer): void {
  if (message.kind === 'batch') trainer().command({ kind: 'acknowledge', sequence: message.batch.sequence })
}

/** All points of all batches in order, as the steps they stand for. */
function stepsOf(batches: readonly MetricBatch[]): number[] {
  return batches.flatMap(({ chunk }) =>
    chunk ? Array.from({ length: chunk.count }, (_, i) => chunk.firstStep + i * chunk.stride) : [],
  )
}

const oneTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1)

describe('a training job', () => {
  it('is told from start to end, every point once and in order, and done last', async () => {
    const run = train(() => countingSession({ epochs: 20, stepsPerEpoch: 100 }))
    await run.trainer.finished
    expect(run.kinds()[0]).toBe('started')
    expect(run.kinds().at(-1)).toBe('done')
    const batches = run.of('batch').map(({ batch }) => batch)
    expect(stepsOf(batches)).toEqual(oneTo(2000))
    expect(batches.map(({ sequence }) => sequence)).toEqual(batches.map((_, i) => i))
    expect(batches.flatMap(({ epochs }) => [...epochColumns(epochs).epoch])).toEqual(oneTo(20))
    expect(run.of('done')[0]).toMatchObject({ end: { kind: 'finished' }, final: { 'test/loss': 0.5 } })
    expect(run.of('done')[0].weightsHash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('stamps points with times that never go back', async () => {
    const run = train(() => countingSession({ epochs: 5, stepsPerEpoch: 1000 }))
    await run.trainer.finished
    const times = run
      .of('batch')
      .flatMap(({ batch }) => (batch.chunk ? [...wholeChunk(batch.chunk).elapsedMs] : []))
    expect(times).toHaveLength(5000)
    expect(times.every((time, i) => time >= (times[i - 1] ?? 0))).toBe(true)
  })

  it('looks at the model before the first step, at epochs further and further apart, and at the end', async () => {
    const run = train(() => countingSession({ epochs: 40, stepsPerEpoch: 7 }))
    await run.trainer.finished
    const epochs = run.of('inspection').map(({ inspection }) => inspection.epoch)
    expect(epochs).toEqual(expect.arrayContaining([0, 1, 2, 3, 5, 8, 13, 21, 34, 40]))
    for (const { inspection } of run.of('inspection')) expect(inspection.step).toBe(inspection.epoch * 7)
  })

  it('saves the model at the end', async () => {
    const run = train(() => countingSession({ epochs: 1, stepsPerEpoch: 10 }))
    await run.trainer.finished
    expect(run.of('checkpoint').at(-1)?.checkpoint).toEqual({
      epoch: 1,
      step: 10,
      weights: Float64Array.of(10, 1),
      biases: Float64Array.of(2),
    })
  })

  it('pauses with everything sent and saved, goes on, and misses no point', async () => {
    const paused: number[] = []
    const run = train(
      () => countingSession({ epochs: 1000, stepsPerEpoch: 100 }),
      (message, trainer) => {
        acknowledge(message, trainer)
        if (message.kind === 'batch' && message.batch.sequence === 0) trainer().command({ kind: 'pause' })
        if (message.kind !== 'paused') return
        paused.push(message.step)
        setImmediate(() => trainer().command({ kind: 'resume' }))
      },
    )
    await run.trainer.finished
    const [step] = paused
    expect(paused).toHaveLength(1)
    const kinds = run.kinds()
    const at = kinds.indexOf('paused')
    expect(kinds.slice(at - 2, at + 2)).toEqual(['batch', 'checkpoint', 'paused', 'resumed'])
    const before = run.messages.slice(
      0,
      run.messages.findIndex(({ kind }) => kind === 'paused'),
    )
    const batches = before.flatMap((message) => (message.kind === 'batch' ? [message.batch] : []))
    expect(stepsOf(batches)).toEqual(oneTo(step))
    expect(batches.at(-1)?.samplesPerSecond).toBeNull()
    expect(stepsOf(run.of('batch').map(({ batch }) => batch))).toEqual(oneTo(100_000))
  })

  it('stops with everything sent, also while it is paused', async () => {
    const run = train(
      () => countingSession({ epochs: 1000, stepsPerEpoch: 1000 }),
      (message, trainer) => {
        acknowledge(message, trainer)
        if (message.kind === 'batch' && message.batch.sequence === 0) trainer().command({ kind: 'pause' })
        if (message.kind === 'paused') setImmediate(() => trainer().command({ kind: 'stop' }))
      },
    )
    await run.trainer.finished
    const { progress } = run.of('batch').at(-1)!.batch
    expect(progress.step).toBeLessThan(1_000_000)
    expect(stepsOf(run.of('batch').map(({ batch }) => batch))).toEqual(oneTo(progress.step))
    expect(run.of('done')[0]).toMatchObject({ end: { kind: 'stopped' }, final: {} })
    expect(run.of('checkpoint').at(-1)?.checkpoint.step).toBe(progress.step)
  })

  it('stops before the first step when it was asked to while the data was read', async () => {
    const run = train(async () => {
      await Promise.resolve()
      run.trainer.command({ kind: 'stop' })
      return countingSession({ epochs: 10, stepsPerEpoch: 10 })
    })
    await run.trainer.finished
    expect(run.of('batch').at(-1)?.batch.progress.step).toBe(0)
    expect(run.of('done')[0].end).toEqual({ kind: 'stopped' })
  })

  it('waits for the log: never more batches under way than agreed', async () => {
    let underWay = 0
    let most = 0
    const run = train(
      // Steps longer than a slice whose chunks can not be joined: each is a batch.
      () => countingSession({ epochs: 1, stepsPerEpoch: 120, stepMs: 9, isScattered: true }),
      (message, trainer) => {
        if (message.kind !== 'batch') return
        underWay++
        most = Math.max(most, underWay)
        const { sequence } = message.batch
        setTimeout(() => {
          underWay--
          trainer().command({ kind: 'acknowledge', sequence })
        }, 400)
      },
    )
    await run.trainer.finished
    expect(most).toBeGreaterThan(MAXIMUM_UNACKNOWLEDGED / 2)
    expect(most).toBeLessThanOrEqual(MAXIMUM_UNACKNOWLEDGED)
  })

  it('ends as diverged with the step and the reason, without a final picture', async () => {
    const run = train(() => countingSession({ epochs: 3, stepsPerEpoch: 10, divergesAt: 15 }))
    await run.trainer.finished
    expect(run.of('done')[0].end).toMatchObject({ kind: 'diverged', step: 15, reason: 'The loss is NaN.' })
    expect(stepsOf(run.of('batch').map(({ batch }) => batch))).toEqual(oneTo(15))
    expect(run.of('inspection').at(-1)?.inspection.epoch).toBe(1)
  })

  it('fails with the error of the data', async () => {
    const run = train(() => Promise.reject(new DescentError('not-found', 'No such table.', 'Import it.')))
    await run.trainer.finished
    expect(run.messages).toEqual([
      {
        kind: 'failed',
        error: { code: 'not-found', message: 'No such table.', hint: 'Import it.', problems: [] },
      },
    ])
  })

  it('fails with a reason when a step throws', async () => {
    const onStep = (step: number): void => {
      if (step === 5) throw new RangeError('Array buffer allocation failed')
    }
    const run = train(() => countingSession({ epochs: 1, stepsPerEpoch: 10, onStep }))
    await run.trainer.finished
    expect(run.of('failed')[0].error).toMatchObject({
      code: 'trainer-failed',
      message: 'There is not enough memory for this run (Array buffer allocation failed).',
    })
  })

  it('asks a fast session for more steps at a time, so that a call takes a moment, and closes it at the end', async () => {
    const limits: number[] = []
    let closed = 0
    const run = train(() =>
      countingSession({
        epochs: 4,
        stepsPerEpoch: 2000,
        isFast: true,
        onCall: (limit) => limits.push(limit),
        onClose: () => closed++,
      }),
    )
    await run.trainer.finished
    expect(Math.max(...limits)).toBeGreaterThan(16)
    expect(limits.length).toBeLessThan(2000)
    expect(stepsOf(run.of('batch').map(({ batch }) => batch))).toEqual(oneTo(8000))
    expect(closed).toBe(1)
  })

  it('asks a slow session for one step at a time, so that a stop is answered at once', async () => {
    const limits: number[] = []
    const run = train(() =>
      countingSession({ epochs: 1, stepsPerEpoch: 6, stepMs: 3, onCall: (limit) => limits.push(limit) }),
    )
    await run.trainer.finished
    expect(limits).toEqual(new Array(6).fill(1))
  })

  it('closes a session that fails', async () => {
    let closed = 0
    const run = train(() =>
      countingSession({
        epochs: 1,
        stepsPerEpoch: 6,
        onStep: () => {
          throw new Error('broken')
        },
        onClose: () => closed++,
      }),
    )
    await run.trainer.finished
    expect(run.kinds().at(-1)).toBe('failed')
    expect(closed).toBe(1)
  })

  it('computes the same however it is sliced', async () => {
    const [first, second] = [
      train(() => countingSession({ epochs: 20, stepsPerEpoch: 50 })),
      train(() => countingSession({ epochs: 20, stepsPerEpoch: 50, stepMs: 0.3 })),
    ]
    await Promise.all([first.trainer.finished, second.trainer.finished])
    const losses = (run: typeof first): number[] =>
      run.of('batch').flatMap(({ batch }) => [...(batch.chunk?.columns['batch/loss'] ?? [])])
    expect(losses(second)).toEqual(losses(first))
    expect(second.of('done')[0].weightsHash).toBe(first.of('done')[0].weightsHash)
  })
})
