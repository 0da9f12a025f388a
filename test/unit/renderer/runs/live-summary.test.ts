import { expect, it } from 'vitest'
import { addToSparkline as addInLog, EMPTY_SPARKLINE } from '../../../../electron/run-log/sparkline'
import { addToSparkline, withEpochs } from '../../../../renderer/stores/live-summary'
import { sampleRun } from './sample-run'

const epoch = (number: number, metrics: Record<string, number>) => ({
  epoch: number,
  step: number * 100,
  elapsedMs: number * 1000,
  metrics,
})
const progress = { step: 400, totalSteps: 1000, epoch: 4, totalEpochs: 10, samples: 12_000 }

it('keeps the best, the last and the epoch of the best', () => {
  const before = sampleRun({ metrics: {}, sparkline: [] })
  const after = withEpochs(
    before,
    [
      epoch(1, { 'val/loss': 0.5, 'val/accuracy': 0.8 }),
      epoch(2, { 'val/loss': 0.3, 'val/accuracy': 0.9 }),
      epoch(3, { 'val/loss': NaN, 'val/accuracy': 0.7 }),
    ],
    progress,
    4000,
  )
  expect(after.metrics['val/loss']).toEqual({ last: NaN, best: 0.3, bestEpoch: 2 })
  expect(after.metrics['val/accuracy']).toEqual({ last: 0.7, best: 0.9, bestEpoch: 2 })
  expect(after.sparkline).toEqual([0.5, 0.3, NaN])
  expect(after.progress).toBe(progress)
  expect(before.metrics).toEqual({})
})

it('takes train/loss for the picture only where there is no validation', () => {
  const without = withEpochs(
    sampleRun({ metrics: {}, sparkline: [] }),
    [epoch(1, { 'train/loss': 1 }), epoch(2, { 'train/loss': 0.5 })],
    progress,
    0,
  )
  expect(without.sparkline).toEqual([1, 0.5])
})

it('thins the picture exactly as the log does, so that it does not jump when the row comes', () => {
  let inLog = EMPTY_SPARKLINE
  let inWindow: readonly number[] = []
  for (let index = 0; index < 1000; index++) {
    inWindow = addToSparkline(inWindow, index, index)
    inLog = addInLog(inLog, index)
    expect(inWindow).toEqual(inLog.values)
  }
})
