import { describe, expect, it } from 'vitest'
import type { RunSummary } from '../../../../electron/contract'
import { seedBatch } from '../../../../renderer/shell/seed-batch'
import { sampleRun } from '../runs/sample-run'

/** Newest first, as the store has them. */
function listOf(
  ...runs: [number: number, experiment: number, seed: number, createdAt?: number][]
): RunSummary[] {
  return runs
    .map(([number, experiment, seed, createdAt = 1000]) => sampleRun({ number, experiment, seed, createdAt }))
    .reverse()
}
function numbersWith(number: number, list: readonly RunSummary[]): number[] {
  return seedBatch(
    list.find((run) => run.number === number)!,
    list,
  ).map((run) => run.number)
}

describe('the runs of one start', () => {
  const list = listOf([1, 1, 1], [2, 1, 2], [3, 1, 3], [4, 2, 1], [5, 2, 2], [6, 1, 4])

  it('are those of one design that follow each other', () => {
    expect(numbersWith(2, list)).toEqual([1, 2, 3])
    expect(numbersWith(5, list)).toEqual([4, 5])
    expect(numbersWith(6, list)).toEqual([6])
  })

  it('are not those that were started later, or with a seed again', () => {
    expect(numbersWith(2, listOf([1, 1, 1], [2, 1, 2], [3, 1, 3, 9000], [4, 1, 4, 9000]))).toEqual([1, 2])
    expect(numbersWith(1, listOf([1, 1, 1], [2, 1, 1]))).toEqual([1])
  })

  it('do not go on over one that was deleted', () => {
    expect(numbersWith(1, listOf([1, 1, 1], [3, 1, 3]))).toEqual([1])
  })
})
