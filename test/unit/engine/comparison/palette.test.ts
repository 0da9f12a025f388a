// The scale of values; the run colours are checked with the tokens of the window.

import { describe, expect, it } from 'vitest'
import { THEMES, scaleColor } from '../../../../engine/comparison/palette'
import { VISIONS, ciede2000, contrast, lab, seen } from '../../support/color-vision'

const CANVAS = { light: '#ffffff', dark: '#15171c' }
const STEPS = 50

describe.each(THEMES)('the %s scale of values', (theme) => {
  const colors = Array.from({ length: STEPS + 1 }, (_, index) => scaleColor(index / STEPS, theme))

  it('shows at 3:1 on the canvas throughout', () => {
    for (const color of colors) expect(contrast(color, CANVAS[theme]), color).toBeGreaterThanOrEqual(3)
  })

  it.each(Object.keys(VISIONS))('is ever lighter and tells tenths apart with %s vision', (vision) => {
    const seenColors = colors.map((hex) => lab(seen(hex, VISIONS[vision])))
    for (let index = 5; index <= STEPS; index++) {
      expect(seenColors[index][0], colors[index]).toBeGreaterThan(seenColors[index - 5][0])
      expect(ciede2000(seenColors[index], seenColors[index - 5]), colors[index]).toBeGreaterThan(2.5)
    }
  })

  it('has about equal distances from tenth to tenth', () => {
    const distances = colors
      .slice(5)
      .map((color, index) =>
        ciede2000(lab(seen(color, VISIONS.normal)), lab(seen(colors[index], VISIONS.normal))),
      )
    expect(Math.max(...distances) / Math.min(...distances)).toBeLessThan(1.5)
  })

  it('ends with its ends, whatever it is asked for', () => {
    expect(scaleColor(-1, theme)).toBe(colors[0])
    expect(scaleColor(NaN, theme)).toBe(colors[0])
    expect(scaleColor(2, theme)).toBe(colors[STEPS])
  })
})
