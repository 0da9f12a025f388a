import fc from 'fast-check'
import { expect, it } from 'vitest'
import { complete, indexFields, parseQuery } from '../../../../../engine/comparison/query'
import { sampleRun } from '../../../renderer/runs/sample-run'

const runs = Array.from({ length: 12 }, (_, index) =>
  sampleRun({
    number: index + 1,
    tags: index < 3 ? ['best', 'two words'] : ['seeds'],
    datasetId: index < 4 ? 'moons' : 'mnist',
    parameters: 1000 * (index + 1),
    seed: (index % 3) + 1,
  }),
)
const fields = indexFields(runs)

/** The texts offered where the bar stands. */
function offered(text: string): string[] {
  const caret = text.indexOf('|')
  return complete(text.replace('|', ''), caret, fields, runs).options.map((option) => option.text)
}
/** The text with the option accepted. */
function accepted(text: string, choice: string): string {
  const caret = text.indexOf('|')
  const plain = text.replace('|', '')
  const { from, to, options } = complete(plain, caret, fields, runs)
  const option = options.find((each) => each.text === choice)
  return option ? plain.slice(0, from) + option.insert + plain.slice(to) : `no ${choice}`
}

it('offers fields by how they begin, then by what they contain', () => {
  expect(offered('opt|').slice(0, 2)).toEqual(['optimizer', 'optimizer.kind'])
  expect(offered('val/l|')).toEqual(['val/loss', 'val/loss.best', 'val/loss.last', 'val/loss.at'])
  expect(offered('gradientcl|')).toEqual(['optimizer.gradientClip'])
  expect(offered('|')).toContain('name')
})
it('offers operators after a field, and what joins after a condition', () => {
  expect(offered('seed |')).toEqual(['=', '!=', '<', '<=', '>', '>=', 'in', 'is', 'and', 'or', 'not'])
  expect(offered('name |')).toContain('~')
  expect(offered('seed = 1 |').slice(0, 3)).toEqual(['and', 'or', 'not'])
  expect(offered('(moons) a|')[0]).toBe('and')
  // Here seed is a value and no field.
  expect(offered('name = seed |').slice(0, 3)).toEqual(['and', 'or', 'not'])
  expect(offered('val/loss is |')).toEqual(['none', 'nan'])
  expect(offered('tag is |')).toEqual(['none'])
})
it('offers the values that occur with how often, and the range of many numbers', () => {
  const { options } = complete('data = ', 7, fields, runs)
  expect(options.map(({ text, detail }) => [text, detail])).toEqual([
    ['mnist', '8 runs'],
    ['moons', '4 runs'],
  ])
  expect(offered('seed = |')).toEqual(['1', '2', '3'])
  expect(
    complete('parameters > ', 13, fields, runs).options.map(({ text, detail }) => [text, detail]),
  ).toEqual([
    ['1000', 'lowest'],
    ['6000', 'median'],
    ['12000', 'highest'],
  ])
  expect(offered('tag:s|')[0]).toBe('seeds')
  expect(offered('tag:see|')).toEqual(['seeds'])
  expect(offered('data in (moons, m|')).toEqual(['mnist', 'moons'])
})
it('puts in what was chosen, with quotes where they are needed', () => {
  expect(accepted('ta|', 'tag')).toBe('tag:')
  expect(accepted('tag:|', 'two words')).toBe('tag:"two words" ')
  expect(accepted('tag:"tw|', 'two words')).toBe('tag:"two words" ')
  expect(accepted('data in (|', 'mnist')).toBe('data in (mnist')
  expect(accepted('see| = 1', 'seed')).toBe('seed  = 1')
  expect(accepted('op|tim', 'optimizer')).toBe('optimizer ')
  expect(accepted('optimizer |', 'in')).toBe('optimizer in (')
})
it('offers nothing where what was typed is all there is', () => {
  expect(offered('data = moons|')).toEqual([])
  expect(offered('"two wo|')).toEqual([])
})
it('never throws, stays within the text, and what it puts in is understood', () => {
  const pieces = ['lr', 'tag:', 'data', '=', '"', ' ', 'in', '(', 'is', 'and', '\\', 'mn', ',', ')', '-']
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), fc.nat(40), (parts, caret) => {
      const text = parts.join('')
      const at = Math.min(caret, text.length)
      const { from, to, options } = complete(text, at, fields, runs)
      expect(from).toBeLessThanOrEqual(at)
      expect(to).toBeGreaterThanOrEqual(at)
      expect(to).toBeLessThanOrEqual(text.length)
      for (const { insert } of options.slice(0, 3)) {
        parseQuery(text.slice(0, from) + insert + text.slice(to), fields)
      }
    }),
    { numRuns: 500 },
  )
})
