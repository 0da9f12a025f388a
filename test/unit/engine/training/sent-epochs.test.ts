import { describe, expect, it } from 'vitest'
import {
  countOfEpochs,
  epochAt,
  epochColumns,
  sentEpochs,
  type SentEpochs,
} from '../../../../engine/training/sent-epochs'
import type { EpochRecord } from '../../../../engine/training/types'

/** Validated every third epoch, once not finite, once minus zero. */
const records = (count: number): EpochRecord[] =>
  Array.from({ length: count }, (_, i) => ({
    epoch: i + 1,
    step: (i + 1) * 100,
    elapsedMs: i / 8,
    metrics: {
      'train/loss': i === 4 ? NaN : i === 5 ? -0 : 1 / (i + 1),
      ...(i % 3 === 2 ? { 'val/loss': i === 8 ? -Infinity : i } : {}),
    },
  }))

const each = (sent: SentEpochs): EpochRecord[] =>
  Array.from({ length: countOfEpochs(sent) }, (_, i) => epochAt(sent, i))

describe('epochs on their way', () => {
  it('are the same records afterwards, few or many, after a border between processes too', () => {
    for (const count of [0, 1, 8, 9, 40]) {
      const sent = structuredClone(sentEpochs(records(count)))
      expect(each(sent)).toStrictEqual(records(count))
    }
  })

  it('are columns where they are many, and no objects of their own', () => {
    expect(Array.isArray(sentEpochs(records(8)))).toBe(true)
    const sent = sentEpochs(records(9))
    expect('metrics' in sent && sent.metrics['val/loss'].measured).toEqual(
      Uint8Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1),
    )
  })

  it('are the same columns whichever way they were sent', () => {
    const few = records(8)
    const many = epochColumns(sentEpochs([...few, ...records(9).slice(8)]))
    expect(epochColumns(sentEpochs(few)).epoch).toEqual(many.epoch.slice(0, 8))
    expect(epochColumns(sentEpochs(few)).metrics['val/loss'].values).toEqual(
      many.metrics['val/loss'].values.slice(0, 8),
    )
  })
})
