import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MessageLine } from '../../../../electron/run-control/message-line'
import type { TrainerMessage } from '../../../../electron/trainer/protocol'
import { DescentError } from '../../../../engine/errors'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const paused = (step: number): TrainerMessage => ({ kind: 'paused', step })

describe('the line of messages', () => {
  it('keeps their order while the disk is full, and loses none', async () => {
    let isFull = true
    const handled: TrainerMessage[] = []
    const trouble = vi.fn()
    const line = new MessageLine(
      (message) => {
        if (isFull) throw new DescentError('disk-full', 'The disk is full.')
        handled.push(message)
      },
      trouble,
      vi.fn(),
    )
    line.add(paused(1))
    line.add(paused(2))
    const drained = vi.fn()
    void line.drained().then(drained)
    await vi.advanceTimersByTimeAsync(2500)
    expect(handled).toEqual([])
    expect(drained).not.toHaveBeenCalled()
    isFull = false
    await vi.advanceTimersByTimeAsync(1000)
    expect(handled).toEqual([paused(1), paused(2)])
    expect(drained).toHaveBeenCalled()
    expect(trouble).toHaveBeenCalledTimes(3)
  })

  it('gives up at an error that will not pass', () => {
    const handle = vi.fn(() => {
      throw new TypeError('a defect')
    })
    const hopeless = vi.fn()
    const line = new MessageLine(handle, vi.fn(), hopeless)
    line.add(paused(1))
    line.add(paused(2))
    expect(hopeless).toHaveBeenCalledTimes(1)
    expect(handle).toHaveBeenCalledTimes(1)
  })
})
