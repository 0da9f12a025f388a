import { describe, expect, it } from 'vitest'
import { paced } from '../../../../electron/data-process/paced'
import type { QuestionProgress } from '../../../../electron/data-process/protocol'

function* counting(total: number, msEach: number): Generator<QuestionProgress, string> {
  for (let done = 1; done <= total; done++) {
    const until = performance.now() + msEach
    while (performance.now() < until);
    yield { done, total }
  }
  return `counted to ${total}`
}

describe('a long computation', () => {
  it('gives its result and tells how far it is, not at every step', async () => {
    const told: QuestionProgress[] = []
    const control = {
      signal: new AbortController().signal,
      onProgress: (p: QuestionProgress) => told.push(p),
    }
    expect(await paced(counting(100, 2), control)).toBe('counted to 100')
    expect(told.length).toBeGreaterThan(1)
    expect(told.length).toBeLessThan(20)
    expect(told.every(({ done }, i) => i === 0 || done > told[i - 1].done)).toBe(true)
  })

  it('ends at a cancel that arrives while it computes', async () => {
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 10)
    const work = paced(counting(100_000, 1), { signal: abort.signal, onProgress: () => undefined })
    await expect(work).rejects.toMatchObject({ code: 'canceled' })
  })

  it('hands on what the work throws', async () => {
    // eslint-disable-next-line require-yield
    function* failing(): Generator<QuestionProgress, never> {
      throw new Error('no')
    }
    const control = { signal: new AbortController().signal, onProgress: () => undefined }
    await expect(paced(failing(), control)).rejects.toThrow('no')
  })
})
