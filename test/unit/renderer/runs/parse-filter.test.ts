import { describe, expect, it } from 'vitest'
import type { RunSummary } from '../../../../electron/contract'
import { indexFields } from '../../../../renderer/views/runs/filter-fields'
import { parseFilter } from '../../../../renderer/views/runs/parse-filter'
import { sampleRun } from './sample-run'

const sgd = { ...sampleRun().hyperparameters, 'optimizer.kind': 'sgd', 'optimizer.learningRate': 0.07 }
const runs: readonly RunSummary[] = [
  sampleRun({ number: 1, tags: ['seeds', 'best'] }),
  sampleRun({ number: 2, name: 'Wide one', hyperparameters: sgd, note: 'rate too high', status: 'stopped' }),
  sampleRun({
    number: 3,
    datasetId: 'moons',
    status: 'diverged',
    metrics: { 'val/loss': { last: NaN, best: null, bestEpoch: null } },
  }),
]
const fields = indexFields(runs)

function found(text: string): number[] {
  const filter = parseFilter(text, fields)
  expect(filter.error).toBeNull()
  return runs.filter(filter.matches).map((run) => run.number)
}
function mistake(text: string) {
  return parseFilter(text, fields).error
}

describe('words', () => {
  it('finds a word in name, tag, data set, optimizer and note, whatever its case', () => {
    expect(found('WIDE')).toEqual([2])
    expect(found('best')).toEqual([1])
    expect(found('#seeds')).toEqual([1])
    expect(found('moons')).toEqual([3])
    expect(found('sgd')).toEqual([2])
    expect(found('high')).toEqual([2])
  })
  it('wants all of several words, and takes words in quotes together', () => {
    expect(found('wide sgd')).toEqual([2])
    expect(found('wide adam')).toEqual([])
    expect(found('"too high"')).toEqual([2])
    expect(found('"high too"')).toEqual([])
  })
  it('turns a term with a minus round', () => {
    expect(found('-sgd')).toEqual([1, 3])
    expect(found('-tag:best')).toEqual([2, 3])
  })
  it('matches everything when there is nothing to match', () => {
    expect(found('')).toEqual([1, 2, 3])
    expect(found('  ""  ')).toEqual([1, 2, 3])
  })
})

describe('conditions', () => {
  it('compares words by = and != and looks inside them by :', () => {
    expect(found('optimizer=adam')).toEqual([1, 3])
    expect(found('optimizer!=adam')).toEqual([2])
    expect(found('status:finished')).toEqual([1])
    expect(found('status:DIV')).toEqual([3])
    expect(found('hidden=256-128')).toEqual([1, 2, 3])
  })
  it('asks for a tag with and without its sign', () => {
    expect(found('tag:best')).toEqual([1])
    expect(found('tag:#best')).toEqual([1])
    expect(found('tag=bes')).toEqual([])
    expect(found('tag=none')).toEqual([2, 3])
  })
  it('compares numbers, with spaces around the sign and in scientific notation', () => {
    expect(found('lr<0.01')).toEqual([1, 3])
    expect(found('lr >= 7e-2')).toEqual([2])
    expect(found('number!=2')).toEqual([1, 3])
  })
  it('compares a metric by its best value, and by its last with .last', () => {
    expect(found('val/loss<0.125')).toEqual([1, 2])
    expect(found('val/loss.last<0.125')).toEqual([])
    expect(found('val/accuracy>96%')).toEqual([1, 2])
  })
  it('never lets NaN or a missing value pass an order', () => {
    expect(found('val/loss<1e9')).toEqual([1, 2])
    expect(found('val/loss>=0')).toEqual([1, 2])
    expect(found('val/loss=none')).toEqual([3])
    expect(found('val/loss.last=nan')).toEqual([3])
    expect(found('val/accuracy!=0.5')).toEqual([1, 2, 3])
  })
  it('knows every hyperparameter by its path, and by its last part where that is one', () => {
    expect(found('optimizer.learningRate=0.07')).toEqual([2])
    expect(found('batchSize=64')).toEqual([1, 2, 3])
    expect(found('training.shuffle=true')).toEqual([1, 2, 3])
    // Two paths end in "kind".
    expect(mistake('kind=dense')).not.toBeNull()
  })
})

describe('mistakes', () => {
  it('points at an unknown field and names the one that was meant', () => {
    expect(mistake('mnist optimizr=adam')).toEqual({
      message: 'There is no field "optimizr"; did you mean optimizer?',
      start: 6,
      end: 14,
    })
    expect(mistake('xyzzy=1')?.message).toContain('put it in quotes')
  })
  it('points at a value that is no number', () => {
    expect(mistake('lr<fast')).toEqual({
      message: '"fast" is no number; lr needs one, e.g. 0.01.',
      start: 3,
      end: 7,
    })
  })
  it('asks for the value that is missing', () => {
    expect(mistake('lr<')).toMatchObject({ message: 'lr< needs a value after it.', start: 0 })
  })
  it('refuses an order of words', () => {
    expect(mistake('name<b')?.message).toBe('name holds words; use = or : instead of <.')
    expect(mistake('tag>b')?.message).toBe('tag holds tags; use = or : instead of >.')
  })
  it('notices a quotation mark that is not closed', () => {
    expect(mistake('name:"wide')).toEqual({ message: 'The quotation mark is not closed.', start: 5, end: 10 })
  })
  it('notices a sign with nothing before it', () => {
    expect(mistake('<3')).toMatchObject({ start: 0, end: 2 })
    expect(mistake('"wide" =3')).toMatchObject({ start: 7, end: 9 })
  })
  it('keeps the terms before the mistake, so that rows stay while someone types', () => {
    const filter = parseFilter('moons lr<', fields)
    expect(runs.filter(filter.matches).map((run) => run.number)).toEqual([3])
  })
  it('never throws, whatever is typed', () => {
    const pieces = ['lr', '<', '=', ':', '"', '-', '!', ' ', 'val/loss', '0.1', '#', '%', '__proto__']
    for (const a of pieces)
      for (const b of pieces)
        for (const c of pieces) {
          const filter = parseFilter(a + b + c, fields)
          runs.filter(filter.matches)
          for (const { start, end } of filter.tokens) expect(end).toBeGreaterThanOrEqual(start)
        }
  })
})

it('tells field, operator, value and word apart for the colours', () => {
  const { tokens, terms } = parseFilter('mnist lr<0.01', fields)
  expect(tokens.map(({ kind, start, end }) => [kind, start, end])).toEqual([
    ['word', 0, 5],
    ['field', 6, 8],
    ['operator', 8, 9],
    ['value', 9, 13],
  ])
  expect(terms).toBe(2)
})
