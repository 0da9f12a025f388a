// Comparing runs: the chart's values are the log's, hiding one changes no other, and the table says what differs.

import type { Page } from '@playwright/test'
import { smoothExponentially } from '../../engine/metrics/smoothing'
import { formatLoss } from '../../renderer/format'
import { seriousViolations } from './support/accessibility'
import { expect, test, type LaunchedApp } from './support/app'
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
async function compareTwo(launched: LaunchedApp): Promise<{ fast: string; slow: string }> {
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

test("the crosshair says the log's values, smoothed as asked for", async ({ launchApp }) => {
  const launched = await launchApp()
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

test('says what differs, sorts, and hides one run without touching the other', async ({ launchApp }) => {
  const launched = await launchApp()
  const { page, db } = launched
  const { fast, slow } = await compareTwo(launched)
  const best = readLog(db, (log) => [fast, slow].map((id) => log.getRun(id)!.metrics['val/loss'].best!))

  await expect(
    table(page).getByRole('columnheader', { name: /What differs \(1 of \d+ settings\)/ }),
  ).toBeVisible()
  await expect(table(page).getByRole('columnheader', { name: 'learning rate' })).toBeVisible()
  const rows = table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
  await expect(rows).toHaveCount(2)
  const fastRow = rows.filter({ hasText: 'moons fast' })
  await expect(fastRow).toContainText('0.020')
  await expect(fastRow).toContainText(formatLoss(best[0]))
  const names = await rows.getByRole('button', { name: /^moons/ }).allInnerTexts()
  const sorted = best[0] <= best[1] ? ['moons fast', 'moons slow'] : ['moons slow', 'moons fast']
  expect(names).toEqual(sorted)
  await table(page).getByRole('button', { name: 'best val/loss' }).click()
  await expect(rows.first()).toContainText(sorted[1])

  await chart(page).focus()
  await page.keyboard.press('End')
  const slowText = await legendRow(page, 'slow').innerText()
  const colour = () => rows.filter({ hasText: 'moons slow' }).locator('svg g').first().getAttribute('fill')
  const slowColour = await colour()
  await page.getByRole('button', { name: 'Hide moons fast' }).click()
  await expect(page.getByText('2 runs, 1 hidden')).toBeVisible()
  await chart(page).focus()
  await page.keyboard.press('End')
  await expect(legend(page).getByRole('row')).not.toHaveCount(0)
  // Alone it goes by its whole name; its numbers and its colour are what they were.
  const numbers = (text: string) => text.match(/\d+\.\d+/g)
  expect(numbers(await legendRow(page, 'moons slow').innerText())).toEqual(numbers(slowText))
  expect(await colour()).toBe(slowColour)
  await page.getByRole('button', { name: 'Show moons fast' }).click()
  await expect(page.getByText('2 runs', { exact: true })).toBeVisible()

  await rows.filter({ hasText: 'moons slow' }).hover()
  await page.getByRole('button', { name: 'Remove moons slow from the comparison' }).click()
  await expect(page.getByText('1 run', { exact: true })).toBeVisible()
  expect(readLog(db, (log) => log.listRuns().length)).toBe(2)
})

test('says what to do while there is nothing to compare; runs are chosen there, live ones too', async ({
  launchApp,
}) => {
  const { page, call, runWhen } = await launchApp()
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

for (const theme of ['light', 'dark'] as const) {
  test(`has no serious accessibility violation, ${theme}`, async ({ launchApp }) => {
    const launched = await launchApp()
    const { page, call } = launched
    await call('settings.set', { theme })
    await page.reload()
    await page.getByRole('navigation').getByRole('button', { name: 'Compare' }).click()
    expect(await seriousViolations(page), 'empty').toEqual([])
    await compareTwo(launched)
    await chart(page).focus()
    await page.keyboard.press('End')
    await expect(legend(page)).toBeVisible()
    expect(await seriousViolations(page), 'chart').toEqual([])
    await page.getByRole('button', { name: 'Show as table' }).click()
    expect(await seriousViolations(page), 'table').toEqual([])
    await page.getByRole('button', { name: 'Choose runs' }).click()
    await expect(page.getByRole('list', { name: 'Runs' })).toBeVisible()
    expect(await seriousViolations(page), 'picker').toEqual([])
  })
}
