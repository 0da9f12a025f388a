// Comparing runs: the chart's values are the log's, hiding one changes no other, and the table says what differs.

import type { Page } from '@playwright/test'
import { smoothExponentially } from '../../engine/metrics/smoothing'
import { formatDelta, formatLoss, formatPercent } from '../../renderer/format'
import { violationsInBothThemes } from './support/accessibility'
import { expect, test, type OpenedApp } from './support/app'
import { readLog } from './support/database'
import { endlessSpec, moonsSpec } from './support/specs'

const chart = (page: Page) => page.getByRole('application')
const legend = (page: Page) => page.getByTestId('crosshair-legend')
const legendRow = (page: Page, name: string) => legend(page).getByRole('row', { name })
const smoothing = (page: Page) => page.getByRole('textbox', { name: 'Smoothing weight' })
const table = (page: Page) => page.getByRole('region', { name: 'What differs' })

function withRate(name: string, learningRate: number): unknown {
  return {
    ...(moonsSpec({ name }) as Record<string, unknown>),
    optimizer: { kind: 'adam', learningRate },
  }
}

/** Trains two runs and compares them: selected in Runs, then C. */
async function compareTwo(launched: OpenedApp): Promise<{ fast: string; slow: string }> {
  const { page, call, runWhen } = launched
  const { id: fast } = await call('runs.start', { spec: withRate('moons fast', 0.02) })
  const { id: slow } = await call('runs.start', { spec: withRate('moons slow', 0.002) })
  for (const id of [fast, slow]) await runWhen(id, ({ status }) => status === 'finished')
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  await page.getByRole('checkbox', { name: 'Select moons fast' }).click()
  await page.getByRole('checkbox', { name: 'Select moons slow' }).click()
  await page.keyboard.press('c')
  await expect(page.getByRole('heading', { name: 'Compare' })).toBeVisible()
  await expect(page.getByText('2 runs', { exact: true })).toBeVisible()
  // The chart names the newest values once its curves are there.
  await expect(chart(page)).toHaveAccessibleName(/2 lines.*Newest values/)
  return { fast, slow }
}

/** What is drawn, as a digest. */
async function drawn(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const canvas = document.querySelector<HTMLCanvasElement>('[role=application] canvas')!
    const bytes = new TextEncoder().encode(canvas.toDataURL())
    const digest = await crypto.subtle.digest('SHA-256', bytes)
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16)).join('')
  })
}

test("the crosshair says the log's values, smoothed as asked for", async ({ openApp }) => {
  const launched = await openApp()
  const { page, db } = launched
  const ids = await compareTwo(launched)
  const curves = readLog(db, (log) => log.curves([ids.fast, ids.slow]))
  const valuesOf = (index: number) => curves[index].epochs.metrics['val/loss'].values

  await chart(page).focus()
  await page.keyboard.press('End')
  await expect(smoothing(page)).toHaveValue('0.60')
  for (const [index, name] of ['fast', 'slow'].entries()) {
    const smoothed = smoothExponentially(valuesOf(index), 0.6).at(-1)
    await expect(legendRow(page, name)).toContainText(formatLoss(smoothed))
    await expect(legendRow(page, name)).toContainText(`raw ${formatLoss(valuesOf(index).at(-1))}`)
  }

  const before = await drawn(page)
  await smoothing(page).fill('0')
  await expect.poll(() => drawn(page)).not.toBe(before)
  for (const [index, name] of ['fast', 'slow'].entries()) {
    await expect(legendRow(page, name)).toContainText(formatLoss(valuesOf(index).at(-1)))
  }
  await smoothing(page).fill('0.95')
  await expect(legendRow(page, 'slow')).toContainText(
    formatLoss(smoothExponentially(valuesOf(1), 0.95).at(-1)),
  )

  // By step, the same: another metric, from the log's other half.
  await page.getByRole('combobox', { name: 'Metric' }).click()
  await page.getByRole('option', { name: 'batch/loss', exact: true }).click()
  await smoothing(page).fill('0')
  await chart(page).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await expect(legend(page)).toContainText('step 2')
  for (const [index, name] of ['fast', 'slow'].entries()) {
    await expect(legendRow(page, name)).toContainText(
      formatLoss(curves[index].steps.columns['batch/loss'][1]),
    )
  }
})

/** Trains two designs with three seeds each and puts all six on screen. */
async function compareSeeds(launched: OpenedApp): Promise<{ fast: string[]; slow: string[] }> {
  const { page, call, runWhen } = launched
  const seeds = [1, 2, 3]
  const start = async (name: string, rate: number): Promise<string[]> =>
    (await call('runs.startSeeds', { spec: withRate(name, rate), seeds })).map(({ id }) => id)
  const fast = await start('moons fast', 0.02)
  const slow = await start('moons slow', 0.002)
  for (const id of [...fast, ...slow]) await runWhen(id, ({ status }) => status === 'finished')
  await page.getByRole('navigation').getByRole('button', { name: 'Compare' }).click()
  await page.getByRole('button', { name: 'Take the newest 6' }).click()
  await expect(page.getByText('6 runs in 2 groups', { exact: true })).toBeVisible()
  await expect(chart(page)).toHaveAccessibleName(/Newest values/)
  return { fast, slow }
}
const rowsOf = (page: Page) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
async function choose(page: Page, name: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name, exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}
/** A row of segments in a wide window, a list in a narrow one. */
async function chooseX(page: Page, option: string): Promise<void> {
  const segment = page.getByRole('radio', { name: option, exact: true })
  const list = page.getByRole('combobox', { name: 'Horizontal axis' })
  await expect(segment.or(list)).toBeVisible()
  if (await segment.isVisible()) await segment.click()
  else await choose(page, 'Horizontal axis', option)
}
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}
/** scipy.stats.t.ppf(0.975, 2), SciPy 1.11. */
const T_975_2 = 4.302652729911275

test('draws a mean with its band for the seeds of a design, with the numbers of the log', async ({
  openApp,
}) => {
  const launched = await openApp()
  const { page, db } = launched
  const ids = await compareSeeds(launched)
  const lastOf = (all: readonly string[]) =>
    readLog(db, (log) => log.curves(all)).map(({ epochs }) => epochs.metrics['val/loss'].values.at(-1)!)
  const fast = lastOf(ids.fast)

  // The crosshair goes with the focus.
  const readEnd = async (): Promise<void> => {
    await chart(page).focus()
    await page.keyboard.press('End')
  }
  await choose(page, 'Smoothing kind', 'none')
  await readEnd()
  await expect(legend(page).locator('[data-series]')).toHaveCount(2)
  const row = legendRow(page, 'fast')
  await expect(row).toContainText(formatLoss(meanOf(fast)))
  const half = (T_975_2 * deviationOf(fast)) / Math.sqrt(fast.length)
  await expect(row).toContainText(`± ${formatLoss(half)}`)
  await expect(row).toContainText('n = 3')

  await choose(page, 'Band', '± std')
  await readEnd()
  await expect(row).toContainText(`± ${formatLoss(deviationOf(fast))}`)
  await choose(page, 'Band', '± std error')
  await readEnd()
  await expect(row).toContainText(`± ${formatLoss(deviationOf(fast) / Math.sqrt(fast.length))}`)
  await choose(page, 'Band', 'none')
  await readEnd()
  await expect(row).toContainText('n = 3')
  await expect(row).not.toContainText('±')

  // Each run its own line again, and back.
  await page.getByRole('button', { name: 'Group by all but seed' }).click()
  await page.getByRole('radio', { name: 'none' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByText('6 runs', { exact: true })).toBeVisible()
  await chart(page).focus()
  await page.keyboard.press('End')
  await expect(legend(page).locator('[data-series]')).toHaveCount(6)
})

test('takes examples, wall time, active time and a log scale as x', async ({ openApp }) => {
  const launched = await openApp()
  const { page, db } = launched
  const { fast, slow } = await compareSeeds(launched)
  const curves = readLog(db, (log) => log.curves([...fast, ...slow]))
  const [{ axes, epochs }] = curves
  await chooseX(page, 'examples')
  await chart(page).focus()
  await page.keyboard.press('End')
  const examples = epochs.epoch.at(-1)! * axes.examplesPerEpoch
  await expect(legend(page)).toContainText(`examples ${examples.toLocaleString('en-US')}`)
  await chooseX(page, 'wall')
  await chart(page).focus()
  await page.keyboard.press('End')
  await expect(legend(page)).toContainText(/wall time \d/)
  await chooseX(page, 'active')
  await chart(page).focus()
  await page.keyboard.press('End')
  await expect(legend(page)).toContainText(/active time \d/)
  await chooseX(page, 'step')
  await page.getByRole('button', { name: 'More about the charts' }).click()
  const scale = page.getByRole('radiogroup', { name: 'Scale of the horizontal axis' })
  await scale.getByRole('radio', { name: 'log' }).click()
  await page.keyboard.press('Escape')
  await expect(chart(page)).toHaveAccessibleName(/by step, logarithmic/)
})

test('tells what differs of groups, against a baseline, run by run', async ({ openApp }) => {
  const launched = await openApp()
  const { page, db } = launched
  const ids = await compareSeeds(launched)
  const bestOf = (all: readonly string[]) =>
    readLog(db, (log) => all.map((id) => log.getRun(id)!.metrics['val/loss'].best!))
  const best = { fast: bestOf(ids.fast), slow: bestOf(ids.slow) }
  const rows = rowsOf(page)
  await expect(rows).toHaveCount(2)
  const fastRow = rows.filter({ hasText: 'moons fast' })
  await expect(fastRow).toContainText(formatLoss(meanOf(best.fast)))
  await expect(fastRow).toContainText(`± ${formatLoss(deviationOf(best.fast))}`)

  await page.getByRole('button', { name: 'Baseline none' }).click()
  await page.getByRole('option', { name: /slow/ }).click()
  await expect(rows.filter({ hasText: 'moons slow' })).toContainText('baseline')
  const change = meanOf(best.fast) - meanOf(best.slow)
  await expect(fastRow).toContainText(formatDelta(change))
  await expect(fastRow).toContainText(formatPercent(change / meanOf(best.slow), 1))

  await fastRow.getByRole('button', { name: 'Unfold moons fast' }).click()
  await expect(rows).toHaveCount(5)
  // A run is measured against the baseline's run of its seed.
  const second = rows.filter({ hasText: 'seed 2' })
  await expect(second).toContainText(formatDelta(best.fast[1] - best.slow[1]))
})

test('hides a group without touching the other, and comes back after a restart as it was left', async ({
  launchApp,
}) => {
  const launched = await launchApp()
  const { page, userData, quit } = launched
  await compareSeeds(launched)
  await chart(page).focus()
  await page.keyboard.press('End')
  const slowText = await legendRow(page, 'slow').innerText()
  const colour = (of = page) =>
    rowsOf(of).filter({ hasText: 'moons slow' }).locator('svg g').first().getAttribute('fill')
  const slowColour = await colour()
  await page.getByRole('button', { name: 'Hide moons fast' }).click()
  await expect(page.getByText('6 runs in 2 groups, 3 hidden')).toBeVisible()
  await chart(page).focus()
  await page.keyboard.press('End')
  await expect(legend(page).locator('[data-series]')).toHaveCount(1)
  expect(await legendRow(page, 'slow').innerText()).toBe(slowText)
  expect(await colour()).toBe(slowColour)

  await choose(page, 'Smoothing kind', 'median')
  await chooseX(page, 'epoch')
  await page.getByRole('button', { name: 'Add a chart' }).click()
  await page.getByRole('option', { name: 'val/accuracy' }).click()
  await expect(chart(page)).toHaveCount(2)
  const kept = () =>
    launched.call('settings.get').then(({ workspace }) => ({
      charts: workspace.comparison?.charts.length,
      ids: workspace.comparedRunIds.length,
    }))
  await expect.poll(kept).toEqual({ charts: 2, ids: 6 })
  await quit()

  const again = await launchApp({ userData })
  await again.page.getByRole('navigation').getByRole('button', { name: 'Compare' }).click()
  await expect(again.page.getByText('6 runs in 2 groups, 3 hidden')).toBeVisible()
  await expect(chart(again.page)).toHaveCount(2)
  expect(await colour(again.page)).toBe(slowColour)
  await expect(again.page.getByRole('combobox', { name: 'Smoothing kind' })).toHaveText('median')
  await expect(chart(again.page).first()).toHaveAccessibleName(/by epoch/)
})

test('shows one crosshair on several charts, and takes a chart away again', async ({ openApp }) => {
  const launched = await openApp()
  const { page } = launched
  await compareSeeds(launched)
  await page.getByRole('button', { name: 'Add a chart' }).click()
  await page.getByRole('option', { name: 'train/loss' }).click()
  await expect(chart(page)).toHaveCount(2)
  await chart(page).first().focus()
  await page.keyboard.press('End')
  await expect(legend(page)).toHaveCount(2)
  await page.getByRole('button', { name: 'Remove chart 2, train/loss' }).click()
  await expect(chart(page)).toHaveCount(1)
})

test('says what differs, sorts, and takes a run out', async ({ openApp }) => {
  const launched = await openApp()
  const { page, db } = launched
  const { fast, slow } = await compareTwo(launched)
  const best = readLog(db, (log) => [fast, slow].map((id) => log.getRun(id)!.metrics['val/loss'].best!))

  await expect(
    table(page).getByRole('columnheader', { name: /What differs \(1 of \d+ settings\)/ }),
  ).toBeVisible()
  await expect(table(page).getByRole('columnheader', { name: 'learning rate' })).toBeVisible()
  const rows = rowsOf(page)
  await expect(rows).toHaveCount(2)
  const fastRow = rows.filter({ hasText: 'moons fast' })
  await expect(fastRow).toContainText('0.020')
  await expect(fastRow).toContainText(formatLoss(best[0]))
  const names = await rows.getByRole('button', { name: /^moons/ }).allInnerTexts()
  const sorted = best[0] <= best[1] ? ['moons fast', 'moons slow'] : ['moons slow', 'moons fast']
  expect(names).toEqual(sorted)
  await table(page).getByRole('button', { name: 'best val/loss' }).click()
  await expect(rows.first()).toContainText(sorted[1])

  await page.getByRole('button', { name: 'Actions on moons slow' }).click()
  await page.getByRole('menuitem', { name: 'Take out of the comparison' }).click()
  await expect(page.getByText('1 run', { exact: true })).toBeVisible()
  expect(readLog(db, (log) => log.listRuns().length)).toBe(2)
})

test('says what to do while there is nothing to compare; runs are chosen there, live ones too', async ({
  openApp,
}) => {
  const { page, call, runWhen } = await openApp()
  await page.getByRole('navigation').getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByText('Nothing to compare yet')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start an experiment' })).toBeVisible()

  const { id } = await call('runs.start', { spec: endlessSpec('live one') })
  await runWhen(id, ({ metrics }) => metrics['val/loss'] !== undefined)
  await page.getByRole('button', { name: 'Choose runs' }).click()
  await page.getByRole('textbox', { name: 'Find runs' }).fill('live')
  await page.getByRole('checkbox', { name: /live one/ }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByText('1 run', { exact: true })).toBeVisible()
  const first = await chart(page).getAttribute('aria-label')
  await expect(chart(page)).not.toHaveAttribute('aria-label', first!)
  await call('runs.stop', { id })
  await runWhen(id, ({ status }) => status === 'stopped')
})

test('has no serious accessibility violation, in either theme', async ({ openApp }) => {
  // Up to a dozen examinations.
  test.slow()
  const launched = await openApp()
  const { page } = launched
  await page.getByRole('navigation').getByRole('button', { name: 'Compare' }).click()
  expect(await violationsInBothThemes(launched), 'empty').toEqual([])
  await compareTwo(launched)
  await chart(page).focus()
  await page.keyboard.press('End')
  await expect(legend(page)).toBeVisible()
  expect(await violationsInBothThemes(launched), 'chart').toEqual([])
  await page.getByRole('button', { name: 'Show as table' }).click()
  expect(await violationsInBothThemes(launched), 'table').toEqual([])
  await page.getByRole('button', { name: 'Choose runs' }).click()
  await expect(page.getByRole('list', { name: 'Runs' })).toBeVisible()
  expect(await violationsInBothThemes(launched), 'picker').toEqual([])
})
