// What holds for every text and every tree, tried on random ones.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexFields, parseQuery, printQuery, type QueryNode } from '../../../../../engine/comparison/query'
import { sampleRun } from '../../../renderer/runs/sample-run'

const runs = [sampleRun(), sampleRun({ number: 2, tags: ['a b'], note: 'and "so" on' })]
const fields = indexFields(runs)

const PIECES = [
  ...[
    'lr',
    'tag',
    'name',
    'val/loss.best',
    'optimizer',
    'mnist',
    'and',
    'or',
    'not',
    'in',
    'is',
    'none',
    'nan',
  ],
  ...[
    '<',
    '=',
    ':',
    '"',
    '-',
    '!',
    '~',
    '(',
    ')',
    ',',
    ' ',
    '\\',
    '#',
    '%',
    '0.1',
    '1k',
    '__proto__',
    '\n',
    '×',
  ],
]
const typed = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(' ')),
)

const word = fc.string({ minLength: 1, unit: 'binary' })
const leaf: fc.Arbitrary<QueryNode> = fc.oneof(
  word.map((text) => ({ kind: 'word' as const, text })),
  fc.record({
    kind: fc.constant('compare' as const),
    field: fc.constantFrom('name', 'data', 'optimizer.kind'),
    operator: fc.constantFrom('=' as const, '!=' as const, ':' as const),
    value: fc.string(),
  }),
  fc.record({
    kind: fc.constant('compare' as const),
    field: fc.constantFrom('lr', 'val/loss.last', 'training.batchSize'),
    operator: fc.constantFrom('<' as const, '<=' as const, '=' as const, '!=' as const),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  }),
  fc.record({
    kind: fc.constant('in' as const),
    field: fc.constantFrom('name', 'tag'),
    values: fc.array(word, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant('is' as const),
    field: fc.constantFrom('tag', 'val/loss'),
    what: fc.constantFrom('none' as const, 'nan' as const),
  }),
)
const { tree } = fc.letrec<{ tree: QueryNode }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('tree'), { minLength: 2, maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('not' as const), part: tie('tree') }),
  ),
}))

describe('any text', () => {
  it('is read without throwing, with every place inside of it', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const { tokens, error, matches } = parseQuery(text, fields)
        runs.filter(matches)
        for (const { start, end } of error ? [...tokens, error] : tokens) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(text.length)
        }
      }),
      { numRuns: 2000 },
    )
  })
  it('is read at any length and depth', () => {
    for (const text of ['('.repeat(10_000), 'not '.repeat(2500), '(a or '.repeat(1600)]) {
      expect(parseQuery(text, fields).error).not.toBeNull()
    }
    expect(parseQuery('-'.repeat(10_000), fields).conditions).toBe(1)
  })
  it('means the same once it is printed', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const { tree: first, matches } = parseQuery(text, fields)
        const again = parseQuery(printQuery(first), fields)
        expect(again.error).toBeNull()
        expect(again.tree).toEqual(first)
        expect(runs.map(again.matches)).toEqual(runs.map(matches))
      }),
      { numRuns: 2000 },
    )
  })
})

it('prints any tree as text that reads back as one that prints the same', () => {
  fc.assert(
    fc.property(tree, (any) => {
      const text = printQuery(any)
      const { tree: read, error } = parseQuery(text, fields)
      expect(error).toBeNull()
      // Read trees are flat and never negated twice, so printing settles after the first reading.
      expect(parseQuery(printQuery(read), fields).tree).toEqual(read)
    }),
    { numRuns: 1000 },
  )
})
