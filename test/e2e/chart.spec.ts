// The chart under the hand: every gesture and key, told by what a person perceives (the crosshair's card, buttons, the
// chart's own words) and by the view that is kept.

import type { Locator, Page } from '@playwright/test'
import { DEFAULT_COMPARISON, type Comparison } from '../../engine/comparison/schema'
import { seriousViolations, violationsInBothThemes } from './support/accessibility'
import type { OpenedApp } from './support/app'
import { expect, runsNamed, test as base } from './support/seeded'

const charts = (page: Page) => page.getByRole('application', { name: /lines? of|no lines/ })
const card = (page: Page) => page.getByTestId('crosshair-legend')
const reset = (page: Page) => page.getByRole('button', { name: 'Reset zoom' })
const dragToZoom = (page: Page) => page.getByRole('button', { name: 'Drag to zoom' })
const release = (page: Page) => page.getByRole('button', { name: /^Release the vertical axis/ })
/** A row that stands out from the others. */
const strong = (page: Page) => card(page).first().locator('tr.font-semibold')

type ChartApp = OpenedApp & { chart: Locator }

const test = base.extend<{ openChart(state?: Partial<Comparison>, words?: RegExp): Promise<ChartApp> }>({
  /** Fifteen runs of the sine with a few seeds a design, as if the comparison had been left so. */
  openChart: async ({ openCompared, seeded }, use) => {
    await use(async (state = {}, words = /Newest values/) => {
      const opened = await openCompared(runsNamed(seeded, 'sine').slice(0, 15), state)
      const chart = charts(opened.page).first()
      await expect(chart).toHaveAccessibleName(words)
      return { ...opened, chart }
    })
  },
})

/** A place on the chart by shares of its width and height. */
async function placeOn(chart: Locator, across: number, down: number): Promise<{ x: number; y: number }> {
  const box = (await chart.boundingBox())!
  return { x: box.x + box.width * across, y: box.y + box.height * down }
}
async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2)
  await page.mouse.move(to.x, to.y)
  await page.mouse.up()
}
/** The step that the crosshair is at. */
async function stepShown(page: Page): Promise<number> {
  // What a hand did is drawn in the frame after it.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  const text = await card(page)
    .first()
    .getByText(/^step [\d,]+$/)
    .innerText()
  return Number(text.replace(/\D/g, ''))
}
async function stepAt(page: Page, { x, y }: { x: number; y: number }): Promise<number> {
  await page.mouse.move(x, y)
  return stepShown(page)
}
/** What is kept of the view, once it is as asked. */
async function keptView(
  { call }: ChartApp,
  isSo: (view: Pick<Comparison, 'xRange' | 'charts'>) => boolean,
): Promise<Pick<Comparison, 'xRange' | 'charts'>> {
  const read = async () => (await call('settings.get')).workspace.comparison!
  await expect.poll(async () => isSo(await read())).toBe(true)
  return read()
}
const isZoomedOn = ({ xRange }: Pick<Comparison, 'xRange'>) => xRange !== null
const widthOf = (range: readonly [number, number]) => range[1] - range[0]
/** Made-up runs of the sine log once an epoch of 25 steps. */
const SPACING = 25
const LAST = 1500

test('the wheel zooms around the pointer, a pinch further by each pixel', async ({ openChart }) => {
  const launched = await openChart()
  const { page, chart } = launched
  await expect(reset(page)).toHaveCount(0)
  const place = await placeOn(chart, 0.4, 0.5)
  const before = await stepAt(page, place)
  await page.mouse.wheel(0, -400)
  await expect(reset(page)).toBeVisible()
  const wheeled = (await keptView(launched, isZoomedOn)).xRange!
  expect(widthOf(wheeled)).toBeLessThan(LAST * 0.6)
  // What was under the pointer still is.
  const after = await stepAt(page, { x: place.x + 1, y: place.y })
  expect(Math.abs(after - before)).toBeLessThanOrEqual(SPACING)

  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -40)
  await page.keyboard.up('Control')
  const pinched = await keptView(launched, ({ xRange }) => widthOf(xRange!) < widthOf(wheeled))
  expect(widthOf(pinched.xRange!) / widthOf(wheeled)).toBeCloseTo(Math.exp(-0.4), 5)

  await page.mouse.wheel(0, 4000)
  await expect(reset(page)).toHaveCount(0)
})

test('a drag pans what is zoomed and stops at the ends; a double click shows everything', async ({
  openChart,
}) => {
  const launched = await openChart({ xRange: [500, 1000] })
  const { page, chart } = launched
  const [left, right] = [await placeOn(chart, 0.3, 0.5), await placeOn(chart, 0.5, 0.5)]
  await drag(page, left, right)
  const panned = (await keptView(launched, ({ xRange }) => xRange![0] < 490)).xRange!
  expect(widthOf(panned)).toBeCloseTo(500, 6)
  for (let times = 0; times < 4; times++) await drag(page, left, await placeOn(chart, 0.7, 0.5))
  await keptView(launched, ({ xRange }) => xRange![0] === 0 && Math.abs(xRange![1] - 500) < 1e-6)

  await page.mouse.move(left.x, left.y)
  await page.keyboard.down('Shift')
  await page.mouse.wheel(0, 200)
  await page.keyboard.up('Shift')
  const wheeled = (await keptView(launched, ({ xRange }) => xRange![0] > 10)).xRange!
  expect(widthOf(wheeled)).toBeCloseTo(500, 6)

  await page.mouse.dblclick(left.x, left.y)
  await expect(reset(page)).toHaveCount(0)
  await keptView(launched, ({ xRange }) => xRange === null)
})

test('a part of x is brushed with Shift, or with the button and the key that switch what a drag does', async ({
  openChart,
}) => {
  const launched = await openChart()
  const { page, chart } = launched
  const [from, to] = [await placeOn(chart, 0.3, 0.4), await placeOn(chart, 0.6, 0.6)]
  const [low, high] = [await stepAt(page, from), await stepAt(page, to)]
  const isBrushed = ({ xRange }: Pick<Comparison, 'xRange'>) =>
    xRange !== null && Math.abs(xRange[0] - low) <= SPACING && Math.abs(xRange[1] - high) <= SPACING

  await page.keyboard.down('Shift')
  await drag(page, from, to)
  await page.keyboard.up('Shift')
  await keptView(launched, isBrushed)
  await reset(page).click()
  await keptView(launched, ({ xRange }) => xRange === null)

  // A drag of the whole pans nowhere; with the button pressed it zooms.
  await drag(page, from, to)
  await expect(reset(page)).toHaveCount(0)
  await expect(dragToZoom(page)).toHaveAttribute('aria-pressed', 'false')
  await dragToZoom(page).click()
  await expect(dragToZoom(page)).toHaveAttribute('aria-pressed', 'true')
  await drag(page, from, to)
  await keptView(launched, isBrushed)

  await chart.focus()
  await page.keyboard.press('0')
  await page.keyboard.press('b')
  await expect(dragToZoom(page)).toHaveAttribute('aria-pressed', 'false')
  await page.keyboard.press('b')
  // Escape lets a drag go that was not meant.
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(to.x, to.y, { steps: 3 })
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(reset(page)).toHaveCount(0)
})

test('the vertical axis is pinned by a drag and by the wheel on it, and let go by its button', async ({
  openChart,
}) => {
  const launched = await openChart()
  const { page, chart } = launched
  await expect(release(page)).toHaveCount(0)
  const middle = await placeOn(chart, 0.02, 0.5)
  await drag(page, middle, { x: middle.x, y: middle.y + 60 })
  await expect(release(page)).toHaveAccessibleName(/now pinned from [\d.e−]+ to [\d.e−]+$/)
  const dragged = (await keptView(launched, (view) => view.charts[0].yRange !== null)).charts[0].yRange!
  // As on paper: pulled down, higher values come into sight, and on a log axis the ratio stays.
  await drag(page, middle, { x: middle.x, y: middle.y + 30 })
  const further = (await keptView(launched, (view) => view.charts[0].yRange![1] > dragged[1])).charts[0]
    .yRange!
  expect(Math.log(further[1] / further[0])).toBeCloseTo(Math.log(dragged[1] / dragged[0]), 6)

  await page.mouse.wheel(0, -300)
  const zoomed = (await keptView(launched, (view) => view.charts[0].yRange![0] > further[0])).charts[0]
    .yRange!
  expect(Math.log(zoomed[1] / zoomed[0])).toBeLessThan(Math.log(further[1] / further[0]))
  await release(page).click()
  await expect(release(page)).toHaveCount(0)
  await keptView(launched, (view) => view.charts[0].yRange === null && view.xRange === null)
})

test('keys move the crosshair from point to point, zoom, pan and show everything again', async ({
  openChart,
}) => {
  const launched = await openChart()
  const { page, chart } = launched
  await chart.focus()
  await page.keyboard.press('End')
  expect(await stepShown(page)).toBe(LAST)
  await page.keyboard.press('ArrowLeft')
  expect(await stepShown(page)).toBe(LAST - SPACING)
  await page.keyboard.press('PageUp')
  const far = await stepShown(page)
  expect(far).toBeLessThan(LAST - SPACING)
  await page.keyboard.press('PageDown')
  expect(await stepShown(page)).toBeGreaterThan(far)
  await page.keyboard.press('Home')
  expect(await stepShown(page)).toBe(SPACING)
  await page.keyboard.press('ArrowRight')
  expect(await stepShown(page)).toBe(2 * SPACING)
  await expect(chart.getByText(/^step 50: .+ \d/)).toBeAttached()

  for (let times = 0; times < 10; times++) await page.keyboard.press('PageDown')
  const middle = await stepShown(page)
  await page.keyboard.press('+')
  const zoomed = (await keptView(launched, isZoomedOn)).xRange!
  expect(widthOf(zoomed)).toBeCloseTo(LAST / 1.5, 6)
  expect(zoomed[0]).toBeLessThan(middle)
  expect(zoomed[1]).toBeGreaterThan(middle)
  await page.keyboard.press('Shift+ArrowRight')
  const panned = (await keptView(launched, ({ xRange }) => xRange![0] > zoomed[0])).xRange!
  expect(panned[0] - zoomed[0]).toBeCloseTo(widthOf(zoomed) / 10, 6)
  await page.keyboard.press('Shift+ArrowLeft')
  await keptView(launched, ({ xRange }) => Math.abs(xRange![0] - zoomed[0]) < 1e-6)
  await page.keyboard.press('-')
  await expect(reset(page)).toHaveCount(0)
  await page.keyboard.press('+')
  await expect(reset(page)).toBeVisible()
  await page.keyboard.press('0')
  await expect(reset(page)).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(card(page)).toHaveCount(0)
})

test('a line stands out where the pointer is on it, and by keys that read one after the other', async ({
  openChart,
}) => {
  const launched = await openChart()
  const { page, chart } = launched
  const box = (await chart.boundingBox())!
  const x = box.x + box.width * 0.4
  // Down the chart until the pointer meets a line; on the way to the first one there is none.
  await page.mouse.move(x, box.y + 36)
  await expect(card(page)).toBeVisible()
  for (let y = box.y + 36; y < box.y + box.height - 50 && (await strong(page).count()) === 0; y += 6) {
    await page.mouse.move(x, y)
  }
  await expect(strong(page)).toHaveCount(1)
  const pointed = await strong(page).getAttribute('data-series')
  // Its row in the table below stands out, too.
  await expect(page.locator('tbody .bg-selected').first()).toBeVisible()

  await chart.focus()
  await page.keyboard.press('End')
  const rows = card(page).locator('[data-series]')
  const order = await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-series')))
  expect(order).toContain(pointed)
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowDown')
  await expect(strong(page)).toHaveAttribute('data-series', order[0]!)
  await expect(chart.getByText(`, 1 of ${order.length}`)).toBeAttached()
  await page.keyboard.press('ArrowDown')
  await expect(strong(page)).toHaveAttribute('data-series', order[1]!)
  await page.keyboard.press('ArrowUp')
  await expect(strong(page)).toHaveAttribute('data-series', order[0]!)
  await page.keyboard.press('Tab')
  await expect(strong(page)).toHaveCount(0)
})

test('charts beside each other share the crosshair, the zoom and the line that stands out', async ({
  openChart,
}) => {
  const [first] = DEFAULT_COMPARISON.charts
  const launched = await openChart({ charts: [first, { ...first, metric: 'train/loss' }] })
  const { page, chart } = launched
  await expect(charts(page)).toHaveCount(2)
  const place = await placeOn(chart, 0.4, 0.5)
  await page.mouse.move(place.x, place.y)
  await expect(card(page)).toHaveCount(2)
  const titles = () =>
    card(page)
      .getByText(/^step [\d,]+$/)
      .allInnerTexts()
  const [one, other] = await titles()
  expect(other).toBe(one)

  await chart.focus()
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowDown')
  const bold = card(page).locator('tr.font-semibold')
  await expect(bold).toHaveCount(2)
  const [here, there] = await bold.evaluateAll((all) => all.map((row) => row.getAttribute('data-series')))
  expect(there).toBe(here)

  await page.keyboard.press('+')
  const { xRange } = await keptView(launched, isZoomedOn)
  await charts(page).nth(1).focus()
  await page.keyboard.press('Home')
  await expect.poll(async () => new Set(await titles()).size).toBe(1)
  expect(await stepShown(page)).toBeGreaterThanOrEqual(xRange![0] - SPACING)
})

test('says what it cuts off and thins out, in words that are all there in a narrow window', async ({
  openChart,
}) => {
  const [first] = DEFAULT_COMPARISON.charts
  const { page, app, chart } = await openChart({
    charts: [{ ...first, metric: 'batch/loss', yRange: [0.05, 0.2] }],
  })
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].setContentSize(1024, 700))
  await expect(chart).toHaveAccessibleName(/↑ \d+ lines? continues? to [\d.]+/)
  await expect(chart).toHaveAccessibleName(/↓ \d+ lines? continues? to [\d.e−]+/)
  await expect(chart).toHaveAccessibleName(/up to \d+ points a pixel, lowest and highest drawn/)

  const more = page.getByRole('button', { name: /^All \d+ notes of the chart$/ })
  await more.click()
  const list = page.getByRole('dialog', { name: 'Notes of the chart' })
  const name = await chart.getAttribute('aria-label')
  const texts = await list.getByRole('listitem').allInnerTexts()
  expect(texts.length).toBeGreaterThanOrEqual(3)
  for (const text of texts) expect(name).toContain(text)
  expect(await seriousViolations(page), 'notes').toEqual([])
  await page.keyboard.press('Escape')
  await expect(list).toHaveCount(0)

  // Zoomed to where each point has its own pixel, and with the axis let go, nothing is left out.
  await release(page).click()
  await chart.focus()
  await page.keyboard.press('End')
  for (let times = 0; times < 5; times++) await page.keyboard.press('+')
  await expect(chart).not.toHaveAccessibleName(/points a pixel/)
  await expect(chart).not.toHaveAccessibleName(/lines? continues? to/)
})

test('offers a metric that there is in place of one that no run has', async ({ openChart }) => {
  const [first] = DEFAULT_COMPARISON.charts
  const launched = await openChart({ charts: [{ ...first, metric: 'holdout/loss' }] }, /no lines/)
  const { page, chart } = launched
  await expect(page.getByText('None of these runs has holdout/loss.')).toBeVisible()
  await page.getByRole('button', { name: 'Show val/loss' }).click()
  await expect(chart).toHaveAccessibleName(/lines of val\/loss.*Newest values/)
  await expect(page.getByText(/^None of these runs has/)).toHaveCount(0)
})

test('lists its gestures and keys, in either theme', async ({ openChart }) => {
  const launched = await openChart()
  const { page } = launched
  await page.getByRole('button', { name: 'Gestures and keys of charts' }).click()
  const help = page.getByRole('dialog', { name: 'Gestures and keys of charts' })
  for (const text of ['Turn the wheel', 'Shift and drag', 'Double click', 'Page Down', 'Esc']) {
    await expect(help.getByText(text, { exact: true })).toBeVisible()
  }
  expect(await violationsInBothThemes(launched)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(help).toHaveCount(0)
})
