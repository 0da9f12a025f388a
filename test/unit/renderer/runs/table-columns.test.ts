import { describe, expect, it } from 'vitest'
import { hiddenWidths } from '../../../../engine/comparison/query/facts'
import { countExperiments, epochsText } from '../../../../renderer/views/runs/run-facts'
import {
  availableColumns,
  columnOf,
  columnsOf,
  DEFAULT_COLUMNS,
  isMissingText,
} from '../../../../renderer/views/runs/table-columns'
import { sampleRun } from './sample-run'

const run = sampleRun()
const textOf = (id: string, of = run): string => columnOf(id)!.text(of)

describe('the columns', () => {
  it('are the default ones while none are saved', () => {
    expect(columnsOf(null).map((column) => column.id)).toEqual(DEFAULT_COLUMNS)
  })
  it('are the saved ones in their order, without unknown and repeated ones', () => {
    const ids = ['seed', 'gone', 'best', 'seed', 'name', 'setting:loss.kind', 'best:train/loss', 'setting:']
    expect(columnsOf(ids).map((column) => column.id)).toEqual([
      'seed',
      'best',
      'setting:loss.kind',
      'best:train/loss',
    ])
  })
  it('can be every metric and every hyperparameter that some run has', () => {
    const ids = availableColumns([run]).map((column) => column.id)
    expect(ids).toContain('setting:training.shuffle')
    expect(ids).toContain('setting:network.layers.0.units')
    expect(ids).toContain('best:val/accuracy')
    expect(ids).not.toContain('setting:optimizer.learningRate')
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('what they show', () => {
  it('shows the values of a run', () => {
    expect(textOf('optimizer')).toBe('adam')
    expect(textOf('learningRate')).toBe('0.001')
    expect(textOf('hidden')).toBe('256-128')
    expect(textOf('best')).toBe('0.1200')
    expect(textOf('last')).toBe('0.1300')
    expect(textOf('accuracy')).toBe('96.15')
    expect(textOf('time')).toBe('1:00')
    expect(textOf('setting:training.shuffle')).toBe('true')
  })
  it('shows a dash for what is missing and the word for NaN', () => {
    const diverged = sampleRun({ metrics: { 'val/loss': { last: NaN, best: null, bestEpoch: null } } })
    expect(textOf('last', diverged)).toBe('NaN')
    expect(textOf('best', diverged)).toBe('–')
    expect(isMissingText(textOf('testAccuracy', diverged))).toBe(true)
    expect(textOf('time', sampleRun({ startedAt: null }))).toBe('–')
    expect(textOf('setting:optimizer.gradientClip')).toBe('–')
  })
})

describe('facts of a run', () => {
  it('counts whole epochs, and one number when all are done', () => {
    const progress = { step: 0, totalSteps: 100, totalEpochs: 300, samples: 0 }
    expect(epochsText({ ...progress, epoch: 183.7 })).toBe('183 / 300')
    expect(epochsText({ ...progress, epoch: 300 })).toBe('300')
    expect(epochsText({ ...progress, epoch: 0 })).toBe('0 / 300')
    expect(epochsText({ ...progress, epoch: 2.9999999999 })).toBe('3 / 300')
  })
  it('names hidden layers only', () => {
    expect(hiddenWidths(run.hyperparameters)).toBe('256-128')
    expect(hiddenWidths({ 'network.layers.0.kind': 'dense', 'network.layers.0.units': 1 })).toBe('none')
    expect(hiddenWidths({})).toBeNull()
  })
  it('counts the designs of runs as experiments', () => {
    const of = (number: number, experiment: number) => sampleRun({ number, experiment })
    expect(countExperiments([of(1, 7), of(2, 7), of(3, 9)])).toBe(2)
    expect(countExperiments([])).toBe(0)
  })
})
