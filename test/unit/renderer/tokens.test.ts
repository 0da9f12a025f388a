// The colours of tokens.css hold what they promise: contrast by WCAG 2.2, and runs that stay apart for every eye.

import { describe, expect, it } from 'vitest'
import { RUN_SLOTS, colorOf, markOf } from '../../../renderer/palette'

type Rgb = [number, number, number]
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

/** Linear RGB, 0..1. */
function linear(hex: string): Rgb {
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }) as Rgb
}
function luminance(hex: string): number {
  const [r, g, b] = linear(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

/** Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB. */
const VISIONS: Record<string, number[][]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}
function seen(hex: string, matrix: number[][]): Rgb {
  const color = linear(hex)
  return matrix.map((row) =>
    Math.min(1, Math.max(0, row[0] * color[0] + row[1] * color[1] + row[2] * color[2])),
  ) as Rgb
}

/** CIE Lab under D65. */
function lab([r, g, b]: Rgb): Rgb {
  const xyz = [
    (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
    0.2126729 * r + 0.7151522 * g + 0.072175 * b,
    (0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883,
  ]
  const [x, y, z] = xyz.map((t) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116))
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

/** Sharma, Wu and Dalal 2005. */
function ciede2000([l1, a1, b1]: Rgb, [l2, a2, b2]: Rgb): number {
  const degrees = (radians: number) => ((radians * 180) / Math.PI + 360) % 360
  const cos = (angle: number) => Math.cos((angle * Math.PI) / 180)
  const sin = (angle: number) => Math.sin((angle * Math.PI) / 180)
  const meanChroma = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2
  const g = 0.5 * (1 - Math.sqrt(meanChroma ** 7 / (meanChroma ** 7 + 25 ** 7)))
  const [ap1, ap2] = [a1 * (1 + g), a2 * (1 + g)]
  const [c1, c2] = [Math.hypot(ap1, b1), Math.hypot(ap2, b2)]
  const h1 = c1 === 0 ? 0 : degrees(Math.atan2(b1, ap1))
  const h2 = c2 === 0 ? 0 : degrees(Math.atan2(b2, ap2))
  let dh = c1 * c2 === 0 ? 0 : h2 - h1
  if (dh > 180) dh -= 360
  else if (dh < -180) dh += 360
  const dH = 2 * Math.sqrt(c1 * c2) * sin(dh / 2)
  const l = (l1 + l2) / 2
  const c = (c1 + c2) / 2
  let h = h1 + h2
  if (c1 * c2 !== 0) {
    if (Math.abs(h1 - h2) <= 180) h /= 2
    else h = h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2
  }
  const t = 1 - 0.17 * cos(h - 30) + 0.24 * cos(2 * h) + 0.32 * cos(3 * h + 6) - 0.2 * cos(4 * h - 63)
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2)
  const sc = 1 + 0.045 * c
  const sh = 1 + 0.015 * c * t
  const rotation = -sin(60 * Math.exp(-(((h - 275) / 25) ** 2))) * 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7))
  const dL = (l2 - l1) / sl
  const dC = (c2 - c1) / sc
  return Math.sqrt(dL ** 2 + dC ** 2 + (dH / sh) ** 2 + rotation * dC * (dH / sh))
}

describe('CIEDE2000, as used here', () => {
  it("gives the figures of Sharma's table", () => {
    expect(ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4)
    expect(ciede2000([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4)
    expect(ciede2000([90.8027, -2.0831, 1.441], [91.1528, -1.6435, 0.0447])).toBeCloseTo(1.4441, 4)
  })
})

describe.each(THEMES)('%s tokens', (_, tokens) => {
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
