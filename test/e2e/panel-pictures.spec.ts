// The panels below the charts taken away as pictures: the page's figures with their colours, its points and lines as
// paths, and its words.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { labelOfPath } from '../../engine/spec/path-labels'
import type { OpenedApp } from './support/app'
import { expect, runsNamed, test } from './support/seeded'

test.describe.configure({ timeout: 90_000 })

/** Saves the panel's picture and answers with the file. */
async function saved({ app, page }: OpenedApp, item: string, path: string): Promise<Buffer> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
  await page.getByRole('button', { name: 'Picture of this panel' }).click()
  await page.getByRole('menuitem', { name: item }).click()
  await expect.poll(() => existsSync(path)).toBe(true)
  return readFileSync(path)
}

/** What a viewer makes of the file: its own size, and how it looks without anything of the page's. */
const drawn = (page: Page, svg: string) =>
  page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement
    const count = (selector: string) => root.querySelectorAll(selector).length
    return {
      name: root.localName,
      title: root.querySelector('title')?.textContent ?? '',
      texts: [...root.querySelectorAll('text')].map((each) => each.textContent),
      paths: count('g > path[stroke], g > path[fill]'),
      rects: count('svg svg rect'),
      marks: count('svg svg svg, svg svg g'),
      foreign: count('foreignObject, image, script, style, [class], [href]'),
      size: [Number(root.getAttribute('width')), Number(root.getAttribute('height'))] as const,
    }
  }, svg)

test('every panel is saved as SVG with all that it shows, and as PNG of twice its size', async ({
  openCompared,
  seeded,
  folder,
}) => {
  const runs = runsNamed(seeded, 'moons')
  const opened = await openCompared(runs, { panel: 'parallel' })
  const { page } = opened
  const take = async (tab: string, isThere: string) => {
    await page.getByRole('tab', { name: tab }).click()
    await page.locator(isThere).first().waitFor()
    const name = tab.replace('/', '')
    const svg = (await saved(opened, 'Chart as SVG', join(folder, `${name}.svg`))).toString()
    const png = await saved(opened, 'Chart as PNG, 2×', join(folder, `${name}.png`))
    const picture = await drawn(page, svg)
    expect(picture).toMatchObject({ name: 'svg', foreign: 0 })
    expect(svg).not.toContain('var(')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(picture.size.map((pixels) => 2 * pixels))
    return picture
  }

  const parallel = await take('Parallel', '[data-whole=true]')
  expect(parallel.title).toBe(`Parallel coordinates of ${runs.length} runs`)
  expect(parallel.paths).toBe(runs.length)
  const axes = await page.getByRole('button', { name: /^Axis / }).allTextContents()
  const words = parallel.texts.join(' ').replace(/\s+/g, ' ')
  for (const axis of axes) expect(words).toContain(axis.replace(/\s+log$/, '').trim())

  const scatter = await take('Scatter', '[data-whole=true]')
  expect(scatter.title).toMatch(/ over /)
  expect(scatter.paths).toBeGreaterThanOrEqual(runs.length)

  const importance = await take('Importance', '[data-path]')
  const paths = await page
    .locator('[data-path]')
    .evaluateAll((rows) => rows.map((row) => row.dataset.path ?? ''))
  expect(importance.rects).toBe(paths.length)
  for (const path of paths) expect(importance.texts.join(' ')).toContain(labelOfPath(path))

  const report = await take('A/B report', '[data-testid=report-sentence]')
  expect(report.title).not.toBe('')
  const dots = await page.locator('[data-difference]').count()
  expect(report.marks).toBeGreaterThanOrEqual(dots)
  expect(report.texts).toContain('t interval')
})
