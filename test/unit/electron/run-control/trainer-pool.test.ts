import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { TrainerPool } from '../../../../electron/run-control/trainer-pool'
import type { TrainerMessage, TrainingJob } from '../../../../electron/trainer/protocol'
import { fakeTrainers } from './fake-trainer'

const ready: TrainerMessage = { kind: 'ready' }
const heartbeat: TrainerMessage = { kind: 'heartbeat' }

let memory: { isShort: boolean }
beforeEach(() => {
  vi.useFakeTimers()
  memory = { isShort: false }
})
afterEach(() => {
  vi.useRealTimers()
})

function setUp() {
  const { spawn, trainers } = fakeTrainers()
  const report = vi.fn()
  const pool = new TrainerPool({ spawn, report, isMemoryShort: () => memory.isShort })
  const take = (runId: string) => {
    const heard: string[] = []
    const run = pool.take({
      onMessage({ kind }) {
        heard.push(kind)
        if (kind === 'ready') run.send({ kind: 'start', job: { runId } as TrainingJob })
      },
      onEnd: ({ code }) => heard.push(`end ${code}`),
    })
    return { run, heard }
  }
  /** A run that has ended in order, and its process, which waits for another. */
  const finish = (runId: string) => {
    const { run } = take(runId)
    const trainer = trainers.at(-1) as (typeof trainers)[number]
    trainer.say(ready, heartbeat)
    run.release()
    trainer.say(ready)
    return trainer
  }
  return { pool, trainers, report, take, finish }
}

describe('trainer processes', () => {
  it('train one run after another, and each run hears only of its own', async () => {
    const { trainers, take } = setUp()
    const first = take('r1')
    trainers[0].say(ready, heartbeat)
    first.run.release()
    first.run.send({ kind: 'stop' })
    first.run.kill()
    trainers[0].say(ready)
    const second = take('r2')
    await vi.advanceTimersByTimeAsync(0)
    trainers[0].say(heartbeat)
    expect(trainers).toHaveLength(1)
    expect(trainers[0].commands.map(({ kind }) => kind)).toEqual(['start', 'start'])
    expect(trainers[0].runIds).toEqual(['r1', 'r2'])
    expect(first.heard).toEqual(['ready', 'heartbeat'])
    expect(second.heard).toEqual(['ready', 'heartbeat'])
    trainers[0].end({ code: 11 })
    expect(second.heard.at(-1)).toBe('end 11')
  })

  it('that a run takes before they are ready again are waited for', () => {
    const { trainers, take } = setUp()
    const first = take('r1')
    trainers[0].say(ready, heartbeat)
    first.run.release()
    const second = take('r2')
    expect(second.heard).toEqual([])
    trainers[0].say(ready)
    expect(trainers[0].runIds).toEqual(['r1', 'r2'])
  })

  it('that are ready before their end is written down get no second job for the same run', async () => {
    const { trainers, take } = setUp()
    const first = take('r1')
    trainers[0].say(ready, heartbeat, ready)
    expect(trainers[0].runIds).toEqual(['r1'])
    first.run.release()
    take('r2')
    await vi.advanceTimersByTimeAsync(0)
    expect(trainers[0].runIds).toEqual(['r1', 'r2'])
  })

  it('are one a run: what is taken is not given again', () => {
    const { trainers, take, finish } = setUp()
    finish('r1')
    take('r2')
    take('r3')
    expect(trainers).toHaveLength(2)
  })

  it('are kept one at a time, the one of the last run', async () => {
    const { trainers, take } = setUp()
    const [first, second] = [take('r1'), take('r2')]
    trainers.forEach((trainer) => trainer.say(ready, heartbeat))
    first.run.release()
    second.run.release()
    trainers.forEach((trainer) => trainer.say(ready))
    expect(trainers[0].commands.at(-1)).toEqual({ kind: 'leave' })
    trainers[0].end()
    take('r3')
    await vi.advanceTimersByTimeAsync(0)
    expect(trainers[1].runIds).toEqual(['r2', 'r3'])
  })

  it('leave after some minutes without a run, and are ended by force when they do not', () => {
    const { trainers, take, finish } = setUp()
    const trainer = finish('r1')
    vi.advanceTimersByTime(4 * 60_000)
    expect(trainer.commands.at(-1)?.kind).toBe('start')
    vi.advanceTimersByTime(61_000)
    expect(trainer.commands.at(-1)).toEqual({ kind: 'leave' })
    vi.advanceTimersByTime(2100)
    expect(trainer.isKilled).toBe(true)
    take('r2')
    expect(trainers).toHaveLength(2)
  })

  it('leave when the memory gets short, and are not kept when it is', () => {
    const { finish } = setUp()
    const first = finish('r1')
    memory.isShort = true
    vi.advanceTimersByTime(11_000)
    expect(first.commands.at(-1)).toEqual({ kind: 'leave' })
    expect(finish('r2').commands.at(-1)).toEqual({ kind: 'leave' })
  })

  it('that were ended by force, or end while nobody has them, are not used again', async () => {
    const { trainers, take, finish } = setUp()
    const first = take('r1')
    trainers[0].say(ready, heartbeat)
    first.run.kill()
    await vi.advanceTimersByTimeAsync(0)
    expect(first.heard.at(-1)).toBe('end 9')
    finish('r2').end({ code: 9 })
    const third = take('r3')
    trainers[2].say(ready)
    expect(trainers.map(({ runIds }) => runIds)).toEqual([['r1'], ['r2'], ['r3']])
    expect(third.heard).toEqual(['ready'])
  })

  it('that speak without being asked are ended', () => {
    const { finish } = setUp()
    const trainer = finish('r1')
    trainer.say({ kind: 'failed', error: { code: 'internal', message: '', hint: '', problems: [] } })
    expect(trainer.isKilled).toBe(true)
  })

  it('that do not get ready for another run are replaced in it', () => {
    const { trainers, take, report } = setUp()
    const first = take('r1')
    trainers[0].say(ready, heartbeat)
    first.run.release()
    const second = take('r2')
    vi.advanceTimersByTime(2100)
    return vi.advanceTimersByTimeAsync(0).then(() => {
      expect(trainers[0].isKilled).toBe(true)
      trainers[1].say(ready, heartbeat)
      expect(trainers[1].runIds).toEqual(['r2'])
      expect(second.heard).toEqual(['ready', 'heartbeat'])
      expect(report).toHaveBeenCalledOnce()
    })
  })

  it('that hold too much memory are let go, and replaced in a run that waits for them', () => {
    const { trainers, take, report } = setUp()
    const spent: TrainerMessage = { kind: 'spent' }
    const runs = ['r1', 'r2', 'r3', 'r4'].map((runId) => () => take(runId))
    // While it is kept, while the next run waits for it, and before its own run is written down.
    const first = runs[0]()
    trainers[0].say(ready, heartbeat)
    first.run.release()
    trainers[0].say(spent)
    const second = runs[1]()
    trainers[1].say(ready, heartbeat)
    second.run.release()
    const third = runs[2]()
    trainers[1].say(spent)
    trainers[1].end()
    trainers[2].say(ready, heartbeat, spent)
    third.run.release()
    runs[3]()
    expect(trainers.map(({ runIds }) => runIds)).toEqual([['r1'], ['r2'], ['r3'], []])
    for (const { commands } of trainers.slice(0, 3)) expect(commands.at(-1)).toEqual({ kind: 'leave' })
    expect(third.heard).toEqual(['ready', 'heartbeat'])
    expect(report).not.toHaveBeenCalled()
  })

  it('that end at the first touch of another run are replaced once; what the new one does counts', async () => {
    const { trainers, take, finish } = setUp()
    const kept = finish('r1')
    const second = take('r2')
    await vi.advanceTimersByTimeAsync(0)
    kept.end({ code: 9 })
    trainers[1].say(ready)
    expect(trainers[1].runIds).toEqual(['r2'])
    trainers[1].end({ code: 11 })
    expect(second.heard).toEqual(['ready', 'ready', 'end 11'])
    expect(trainers).toHaveLength(2)
  })

  it('end with the application, the waiting one too', () => {
    const { pool, trainers, take, finish } = setUp()
    const kept = finish('r1')
    pool.close()
    expect(kept.isKilled).toBe(true)
    const last = take('r2')
    trainers[1].say(ready, heartbeat)
    last.run.release()
    expect(trainers[1].isKilled).toBe(true)
  })
})
