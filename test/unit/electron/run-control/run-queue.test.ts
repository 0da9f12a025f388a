import { describe, expect, it } from 'vitest'
import { defaultParallelRuns, RunQueue } from '../../../../electron/run-control/run-queue'

function queueOf(limit: number, ...ids: string[]): RunQueue {
  const queue = new RunQueue(limit)
  ids.forEach((id) => queue.add(id))
  return queue
}
const takeAll = (queue: RunQueue): string[] => {
  const taken: string[] = []
  for (let id = queue.takeNext(); id !== null; id = queue.takeNext()) taken.push(id)
  return taken
}

describe('the queue of runs', () => {
  it('starts as many as may run, in the order in which they were asked for', () => {
    const queue = queueOf(2, 'a', 'b', 'c', 'd')
    expect(takeAll(queue)).toEqual(['a', 'b'])
    queue.finished('a')
    expect(takeAll(queue)).toEqual(['c'])
    queue.finished('b')
    queue.finished('c')
    expect(takeAll(queue)).toEqual(['d'])
  })

  it('forgets a run that is removed before its turn', () => {
    const queue = queueOf(1, 'a', 'b', 'c')
    takeAll(queue)
    expect(queue.remove('b')).toBe(true)
    expect(queue.remove('b')).toBe(false)
    queue.finished('a')
    expect(takeAll(queue)).toEqual(['c'])
  })

  it('gives the place of a paused run to the next, and lets it go on beside it', () => {
    const queue = queueOf(1, 'a', 'b', 'c')
    takeAll(queue)
    queue.rest('a')
    expect(takeAll(queue)).toEqual(['b'])
    queue.wake('a')
    expect(takeAll(queue)).toEqual([])
    queue.finished('b')
    expect(takeAll(queue)).toEqual([])
    queue.finished('a')
    expect(takeAll(queue)).toEqual(['c'])
  })

  it('takes a new limit at once and never stops what runs', () => {
    const queue = queueOf(1, 'a', 'b', 'c')
    takeAll(queue)
    queue.setLimit(3)
    expect(takeAll(queue)).toEqual(['b', 'c'])
    queue.setLimit(1)
    queue.add('d')
    queue.finished('a')
    expect(takeAll(queue)).toEqual([])
  })

  it('leaves one core to the window, and never starts nothing', () => {
    expect([1, 2, 8].map(defaultParallelRuns)).toEqual([1, 1, 7])
  })
})
