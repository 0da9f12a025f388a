// The colours of tokens.css hold what they promise: contrast by WCAG 2.2, and runs that stay apart for every eye.

import { describe, expect, it } from 'vitest'
import { RUN_COLORS } from '../../../engine/comparison/palette'
import { RUN_SLOTS, colorOf, markOf } from '../../../renderer/palette'
import { VISIONS, ciede2000, contrast, lab, seen } from '../support/color-vision'

interface Files {
  readFileSync(path: URL, encoding: 'utf8'): string
}
// The window's types know no Node, and the test runner empties imported style sheets.
const files = (await import('node:fs' as string)) as Files
const css = files.readFileSync(new URL('../../../renderer/styles/tokens.css', import.meta.url), 'utf8')

function tokensOf(selector: RegExp): Map<string, string> {
  const block = selector.exec(css)?.[1] ?? ''
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1], match[2]]))
}
const light = tokensOf(/:root \{([^}]*)\}/)
const dark = new Map([...light, ...tokensOf(/:root\[data-theme='dark'\] \{([^}]*)\}/)])
const THEMES = [
  ['light', light],
  ['dark', dark],
] as const

describe('CIEDE2000, as used here', () => {
  it("gives the figures of Sharma's table", () => {
    expect(ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4)
    expect(ciede2000([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4)
    expect(ciede2000([90.8027, -2.0831, 1.441], [91.1528, -1.6435, 0.0447])).toBeCloseTo(1.4441, 4)
  })
})

describe.each(THEMES)('%s tokens', (theme, tokens) => {
  const of = (name: string) => tokens.get(name)!
  const slots = Array.from({ length: RUN_SLOTS }, (_, index) => of(`run-${index + 1}`))

  it.each(['ink', 'ink2', 'ink3'])('%s reads at 4.5:1 on every ground', (text) => {
    for (const ground of ['canvas', 'chrome', 'raised', 'fill', 'selected']) {
      expect(contrast(of(text), of(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it.each(['accent', 'ok', 'warn', 'bad'])('%s reads at 4.5:1 on the canvas', (text) => {
    expect(contrast(of(text), of('canvas'))).toBeGreaterThanOrEqual(4.5)
  })

  it('text on the accent reads at 4.5:1, outlines of fields at 3:1', () => {
    expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(of('control'), of('canvas'))).toBeGreaterThanOrEqual(3)
  })

  it('have the run colours that exports use', () => {
    expect(slots).toEqual(RUN_COLORS[theme])
  })

  it('run colours show at 3:1 on the canvas and on a selected row', () => {
    for (const color of slots) {
      expect(contrast(color, of('canvas')), color).toBeGreaterThanOrEqual(3)
      expect(contrast(color, of('selected')), color).toBeGreaterThanOrEqual(3)
    }
  })

  it.each(Object.keys(VISIONS))('run colours and the accent stay apart with %s vision', (vision) => {
    const colors = [...slots, of('accent')].map((hex) => lab(seen(hex, VISIONS[vision])))
    let smallest = Infinity
    for (let i = 0; i < colors.length; i++) {
      for (let j = i + 1; j < colors.length; j++) {
        smallest = Math.min(smallest, ciede2000(colors[i], colors[j]))
      }
    }
    expect(smallest).toBeGreaterThanOrEqual(9.5)
  })
})

describe('a run', () => {
  it('has one of 32 distinct pairs of colour and mark', () => {
    const pairs = Array.from({ length: 32 }, (_, index) => `${colorOf(index + 1)} ${markOf(index + 1)}`)
    expect(new Set(pairs).size).toBe(32)
  })

  it('has the same pair again 32 runs later', () => {
    expect([colorOf(33), markOf(33)]).toEqual([colorOf(1), markOf(1)])
  })
})
