// A report as its reader has it: one file in a browser, on a wide screen, on a telephone, in the dark and on paper.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seenPieces, textOf } from '../../electron/export'
import { DEFAULT_COMPARISON, type Comparison } from '../../engine/comparison/schema'
import { seriousViolations } from './support/accessibility'
import { openFile } from './support/browser'
import { readLog } from './support/database'
import { expect, test } from './support/seeded'

const CHARTS: Comparison['charts'] = [
  { metric: 'val/loss', yKind: 'log', yRange: null },
  { metric: 'val/accuracy', yKind: 'linear', yRange: null },
]
/** What is left of A4 between the margins, in CSS pixels. */
const PAPER_WIDTH = 680

function reportOf(db: string, count: number, change: Partial<Comparison>): string {
  return readLog(db, (log) => {
    const runs = log.listRuns().sort((a, b) => a.number - b.number)
    const request = {
      format: 'html',
      runIds: runs.slice(0, count).map(({ id }) => id),
      hiddenRunIds: [],
      comparison: { ...DEFAULT_COMPARISON, charts: CHARTS, ...change },
      chart: 0,
      theme: 'light',
      width: 1080,
      height: 480,
    } as const
    return textOf(seenPieces(log, request, { at: Date.UTC(2026, 0, 2), version: '1.2.3' })).text
  })
}

for (const { name, count, change } of [
  { name: 'of 6 groups', count: 30, change: {} },
  { name: 'of more groups than have bands', count: 80, change: {} },
  { name: 'of runs alone', count: 5, change: { grouping: { kind: 'none' } } },
] satisfies { name: string; count: number; change: Partial<Comparison> }[]) {
  test(`a report ${name} reads well on every screen and on paper, and asks for nothing`, async ({
    seeded,
    folder,
  }) => {
    // The rules of accessibility take their time on some thousand elements.
    test.slow()
    const file = join(folder, 'report.html')
    writeFileSync(file, reportOf(seeded, count, change))
    const { app, page, resize, requests } = await openFile(file, folder)
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    const shot = (view: string) =>
      page.screenshot({ path: join(process.env.DESCENT_SHOTS ?? folder, `report-${count}-${view}.png`) })

    for (const [width, height, colorScheme] of [
      [1440, 900, 'light'],
      [400, 800, 'dark'],
    ] as const) {
      await resize(width, height)
      await page.emulateMedia({ media: 'screen', colorScheme })
      expect(await seriousViolations(page), `${width} px, ${colorScheme}`).toEqual([])
      expect(await overflow(), `${width} px wide, ${colorScheme}`).toBeLessThanOrEqual(0)
      await shot(`${width}-${colorScheme}`)
    }
    // What is wider than a telephone is reached within its own region.
    const regions = page.getByRole('region', { name: /^Figure 1/ })
    await regions.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => regions.evaluate((region) => region.scrollLeft)).toBeGreaterThan(0)

    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await resize(PAPER_WIDTH, 960)
    expect(await overflow(), 'on paper').toBeLessThanOrEqual(0)
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(background, 'paper is light').toBe('rgb(255, 255, 255)')
    await shot('paper')

    const levels = await page
      .getByRole('heading')
      .evaluateAll((all) => all.map((each) => Number(each.tagName.slice(1))))
    expect(levels[0]).toBe(1)
    levels.slice(1).forEach((level, index) => expect(level).toBeLessThanOrEqual(levels[index] + 1))
    for (const picture of await page.getByRole('img').all()) {
      await expect(picture).toHaveAccessibleName(/.+/)
      await expect(picture).toHaveAccessibleDescription(/mean and|EMA/)
    }
    expect(await requests()).toEqual([])
    await app.close()
  })
}
