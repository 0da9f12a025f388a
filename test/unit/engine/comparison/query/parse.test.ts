import { describe, expect, it } from 'vitest'
import type { RunSummary } from '../../../../../electron/contract'
import { indexFields, parseQuery } from '../../../../../engine/comparison/query'
import { sampleRun } from '../../../renderer/runs/sample-run'

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
  const query = parseQuery(text, fields)
  expect(query.error).toBeNull()
  return runs.filter(query.matches).map((run) => run.number)
}
function mistake(text: string) {
  return parseQuery(text, fields).error
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

describe('and, or, not and brackets', () => {
  it('binds and more tightly than or, and reads conditions side by side as and', () => {
    expect(found('wide or moons')).toEqual([2, 3])
    expect(found('tag:best lr<0.01 or moons')).toEqual([1, 3])
    expect(found('(wide or moons) and status:diverged')).toEqual([3])
    expect(found('moons or wide status:diverged')).toEqual([3])
  })
  it('turns conditions and brackets round, as often as it is asked to', () => {
    expect(found('not wide')).toEqual([1, 3])
    expect(found('NOT (wide OR moons)')).toEqual([1])
    expect(found('-(wide or moons)')).toEqual([1])
    expect(found('not not wide')).toEqual([2])
    expect(found('data = mnist and not tag:best')).toEqual([2])
  })
  it('takes the words themselves in quotes', () => {
    const named = [sampleRun({ number: 1, name: 'this and that' }), sampleRun({ number: 2 })]
    const { matches, error } = parseQuery('"and"', fields)
    expect(error).toBeNull()
    expect(named.filter(matches)).toHaveLength(1)
    expect(found('name = "or"')).toEqual([])
  })
  it('finds one of a list, and none of it with not', () => {
    expect(found('optimizer in (sgd, rmsprop)')).toEqual([2])
    expect(found('lr in (0.07,1e-3)')).toEqual([1, 2, 3])
    expect(found('tag in (#best, "two words")')).toEqual([1])
    expect(found('optimizer not in (sgd)')).toEqual([1, 3])
    expect(found('not optimizer in (sgd)')).toEqual([1, 3])
  })
  it('asks for none and for NaN in words', () => {
    expect(found('val/loss is none')).toEqual([3])
    expect(found('val/loss is not none')).toEqual([1, 2])
    expect(found('val/loss.last is nan')).toEqual([3])
    expect(found('tag is none')).toEqual([2, 3])
  })
  it('answers the query of the mock-up', () => {
    const text =
      'data = "mnist" and optimizer in (adam, sgd, rmsprop) and learningRate >= 0.0001 and not tag:best'
    const query = parseQuery(text, fields)
    expect(query.error).toBeNull()
    expect(query.conditions).toBe(4)
    expect(found(text)).toEqual([2])
    expect(found('optimizer.kind = "adam" and val/loss.best < 0.13 and tag:seeds')).toEqual([1])
  })
})

describe('patterns', () => {
  it('matches a regular expression, whatever the letter case', () => {
    expect(found('name ~ "^mnist"')).toEqual([1, 3])
    expect(found('name ~ "seed [13]$"')).toEqual([1, 3])
    expect(found('name !~ ^MNIST')).toEqual([2])
    expect(found('tag ~ ^se+ds')).toEqual([1])
  })
  it('refuses patterns that could take for ever, and says why', () => {
    for (const slow of ['(a+)+$', '(a|b)*', '(a?b?)+', '(.*)\\1', '.*.*.*.*.*x', '((a)*){5}']) {
      expect(mistake(`name ~ "${slow}"`)?.message).toContain('could take very long')
    }
    expect(mistake(`name ~ ${'a'.repeat(201)}`)?.message).toContain('it can have 200')
    expect(mistake('name ~ "(a"')).toMatchObject({ start: 7, end: 11 })
    expect(mistake('seed ~ 1')?.message).toContain('holds numbers')
  })
})

describe('numbers', () => {
  it('reads per cent, thousands, millions and exponents', () => {
    expect(found('parameters > 50k')).toEqual([1, 2, 3])
    expect(found('parameters < 0.05M')).toEqual([])
    expect(found('lr = 7%')).toEqual([2])
    expect(found('lr = 7e-2')).toEqual([2])
    expect(mistake('parameters > 5m')).not.toBeNull()
  })
  it('knows the epoch of the best value', () => {
    expect(found('val/loss.at = 2')).toEqual([1, 2])
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
    expect(mistake('lr<')).toMatchObject({ message: 'lr < needs a value after it.', start: 0 })
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
  it('keeps the conditions before the mistake, so that rows stay while someone types', () => {
    const query = parseQuery('moons lr<', fields)
    expect(runs.filter(query.matches).map((run) => run.number)).toEqual([3])
  })
})

describe('half-typed queries', () => {
  it('say what is missing and keep what is understood', () => {
    const cases: [string, string, number[]][] = [
      ['moons and', 'and needs a condition after it.', [3]],
      ['moons or ', 'or needs a condition after it.', [3]],
      ['not', 'not needs a condition after it.', [1, 2, 3]],
      ['and moons', 'and needs a condition before it.', [3]],
      ['(moons', 'This bracket is not closed.', [3]],
      ['moons)', 'No bracket was opened that this one closes.', [3]],
      ['moons ()', 'There is no condition in these brackets.', [3]],
      ['moons optimizer in (', 'The list of optimizer is not closed.', [3]],
      ['moons optimizer in ()', 'optimizer in needs values in its brackets, e.g. (a, b).', [3]],
      ['moons val/loss is', 'is needs none or nan after it.', [3]],
      ['data = and moons', 'data = needs a value after it.', [3]],
      ['moons optimizr=adam or wide', 'There is no field "optimizr"; did you mean optimizer?', [2, 3]],
    ]
    for (const [text, message, rows] of cases) {
      const query = parseQuery(text, fields)
      expect([text, query.error?.message]).toEqual([text, message])
      expect([text, runs.filter(query.matches).map((run) => run.number)]).toEqual([text, rows])
    }
  })
})

it('tells field, operator, value and word apart for the colours', () => {
  const { tokens, conditions } = parseQuery('mnist lr<0.01', fields)
  expect(tokens.map(({ kind, start, end }) => [kind, start, end])).toEqual([
    ['word', 0, 5],
    ['field', 6, 8],
    ['operator', 8, 9],
    ['value', 9, 13],
  ])
  expect(conditions).toBe(2)
})
