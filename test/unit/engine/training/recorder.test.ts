import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StepRecorder } from '../../../../engine/training/recorder'
import { STEP_METRICS, type StepMetric } from '../../../../engine/training/types'

type Columns = Record<StepMetric, Float64Array>

/** Loss, norm and rate of a step, some of them numbers that are easily lost. */
function numbersOf(step: number): [loss: number, norm: number, rate: number] {
  const losses = [0.5, -0, NaN, Infinity, 3 / step, -Infinity]
  return [losses[step % losses.length], step / 7, 1 / step]
}

function hasSameBits(a: Float64Array, b: Float64Array): boolean {
  const [one, other] = [a, b].map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  )
  return one.equals(other)
}

function collect(logEvery: number, steps: number, drainAfter: (step: number) => boolean) {
  const recorder = new StepRecorder(logEvery)
  const chunks: { firstStep: number; count: number; columns: Columns; copy: Columns }[] = []
  const take = (): void => {
    const chunk = recorder.drain()
    if (chunk === null) return
    const { firstStep, count, columns } = chunk
    const copy = Object.fromEntries(STEP_METRICS.map((metric) => [metric, columns[metric].slice()]))
    chunks.push({ firstStep, count, columns, copy: copy as Columns })
  }
  for (let step = 1; step <= steps; step++) {
    recorder.add(step, ...numbersOf(step))
    if (drainAfter(step)) take()
  }
  take()
  return chunks
}

describe('the recorder of steps', () => {
  it('hands out every point once and in order, and never changes what it handed out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 900 }),
        (logEvery, steps, drainEvery) => {
          const chunks = collect(logEvery, steps, (step) => step % drainEvery === 0)
          const points = Math.floor(steps / logEvery)
          expect(chunks.reduce((sum, { count }) => sum + count, 0)).toBe(points)
          let next = logEvery
          for (const { firstStep, count, columns, copy } of chunks) {
            expect(firstStep).toBe(next)
            next += count * logEvery
            const changed = STEP_METRICS.filter((metric) => !hasSameBits(columns[metric], copy[metric]))
            expect(changed).toEqual([])
          }
        },
      ),
    )
  })

  it('keeps the numbers of each step, a loss of -0 as the sum that it is', () => {
    for (const drainEvery of [7, 100_000]) {
      const chunks = collect(1, 70_000, (step) => step % drainEvery === 0)
      let step = 0
      for (const { columns } of chunks) {
        columns['batch/loss'].forEach((loss, point) => {
          step++
          const [expected, norm, rate] = numbersOf(step)
          const found = [loss, columns['batch/gradient-norm'][point], columns['batch/learning-rate'][point]]
          const isSame = [0 + expected, norm, rate].every((value, i) => Object.is(value, found[i]))
          if (!isSame) expect.fail(`step ${step} became ${found.join(', ')}`)
        })
        expect(columns['batch/loss.min']).toBe(columns['batch/loss'])
        expect(columns['batch/loss.max']).toBe(columns['batch/loss'])
      }
      expect(step).toBe(70_000)
    }
  })
})
