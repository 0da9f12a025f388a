// The documents as data: every formula can be set, every slip is corrected, every place exists in the preset.

import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { PRESETS, presetSpec, SOURCE_DOCUMENTS, sourceDocumentOf } from '../../../../engine/presets'

const documents = Object.entries(SOURCE_DOCUMENTS)

/** @throws on anything that KaTeX would show in red or warn about */
function setFormula(latex: string): string {
  return katex.renderToString(latex, { displayMode: true, throwOnError: true, strict: 'error' })
}

describe.each(documents)('the document of %s', (id, document) => {
  it('sets every equation, with words for screen readers', () => {
    for (const { latex } of document.equations) expect(setFormula(latex)).toContain('<math')
  })

  it('corrects every slip by something else than what is printed', () => {
    for (const { where, printed, corrected, why } of document.slips) {
      expect(setFormula(printed)).not.toBe(setFormula(corrected))
      expect(where).not.toBe('')
      expect(why).toMatch(/\.$/)
    }
  })

  it('says what it is in two sentences, and where it comes from', () => {
    expect(document.summary.match(/[.?](?= [A-Z]|$)/g)).toHaveLength(2)
    expect(document.citation).not.toBe('')
    expect(document.open.length).toBeGreaterThan(0)
    expect(document.proves.length).toBeGreaterThan(0)
  })

  it('has forward, backward, loss and update', () => {
    const places = new Set(document.equations.map(({ at }) => at))
    expect(places).toContain(0)
    expect(places).toContain('loss')
    expect(places).toContain('update')
    const titles = document.equations.map(({ title }) => title)
    expect(titles.some((title) => title.startsWith('Gradient'))).toBe(true)
  })

  it('belongs to a preset of its system, with an equation at each of its layers and at no other', () => {
    const preset = PRESETS.find((each) => each.id === id)
    expect(preset?.system).toBe(document.system)
    const layers = new Set(document.equations.map(({ at }) => at).filter((at) => typeof at === 'number'))
    const count = presetSpec(preset!).network.layers.length
    expect([...layers].sort()).toEqual(Array.from({ length: count }, (_, index) => index))
  })
})

it('gives each preset of a source its document, and the others none', () => {
  for (const { id, group } of PRESETS) {
    expect(sourceDocumentOf(id) !== null, id).toBe(group === 'source')
  }
})
