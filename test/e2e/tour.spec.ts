// The two minutes of the README, by hand and in the window alone: a preset, five seeds at two learning rates, both
// groups in Compare, a sentence about them, and exports that hold what the log holds.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import type { RunSummary } from '../../electron/contract'
import { smoothExponentially } from '../../engine/metrics/smoothing'
import { formatLoss } from '../../renderer/format'
import { seriousViolations } from './support/accessibility'
import { expect, test, type OpenedApp } from './support/app'
import { readLog } from './support/database'

test.describe.configure({ timeout: 240_000 })

const SEEDS = 5
const goTo = (page: Page, view: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view }).click()

/** Types the rate and runs the seeds. */
async function runSeeds(page: Page, rate: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Learning rate' }).fill(rate)
  await page.getByRole('button', { name: `Run × ${SEEDS} seeds` }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Compare' })).toBeVisible()
}
async function waitForEnd({ call }: OpenedApp, inAll: number): Promise<void> {
  await expect
    .poll(async () => (await call('runs.list')).filter(({ status }) => status === 'finished').length, {
      timeout: 90_000,
    })
    .toBe(inAll)
}
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

test('two learning rates with five seeds each, compared and exported', async ({ openApp, folder }) => {
  const launched = await openApp()
  const { page, app, call, db } = launched

  await page.getByRole('button', { name: /^Two moons/ }).click()
  await expect(page.getByRole('textbox', { name: 'Learning rate' })).toHaveValue('0.01')
  await runSeeds(page, '0.01')
  await waitForEnd(launched, SEEDS)
  await expect(page.getByText(`${SEEDS} runs in 1 group`, { exact: true })).toBeVisible()

  await goTo(page, 'Design')
  await runSeeds(page, '0.001')
  await page.getByRole('button', { name: `Compare with the ${SEEDS} runs before` }).click()
  await waitForEnd(launched, 2 * SEEDS)
  await expect(page.getByText(`${2 * SEEDS} runs in 2 groups`, { exact: true })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])

  // Two lines, each the mean over five seeds: at the last step, of the members' smoothed values.
  const runs = await call('runs.list')
  const groups = [0.01, 0.001].map((rate) =>
    runs.filter(({ hyperparameters }) => hyperparameters['optimizer.learningRate'] === rate),
  )
  for (const group of groups) {
    expect(group.map(({ seed }) => seed).sort()).toEqual([1, 2, 3, 4, 5])
    expect(new Set(group.map(({ experiment }) => experiment)).size).toBe(1)
  }
  const chart = page.getByRole('application').first()
  await chart.focus()
  await page.keyboard.press('End')
  const legend = page.getByTestId('crosshair-legend')
  for (const group of groups) {
    await expect(legend).toContainText(formatLoss(lastMean(db, group)))
  }

  // What it comes to, in a sentence.
  await expect(page.getByText(/^lr 0\.01 beats lr 0\.001 by .* val\/loss$/)).toBeVisible()

  const exportAs = async (item: string, file: string): Promise<string> => {
    const path = join(folder, file)
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, path)
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByRole('menuitem', { name: item }).click()
    await expect(page.getByRole('status').filter({ hasText: file })).toBeVisible()
    return readFileSync(path, 'utf8')
  }
  const csv = await exportAs('Lines and bands as CSV', 'seen.csv')
  const rows = parse(csv, { columns: true, comment: '#', comment_no_infix: true }) as Record<string, string>[]
  const last = rows.at(-1)!
  for (const [index, rate] of ['0.01', '0.001'].entries()) {
    const column = Object.keys(last).find((name) => name.endsWith(`lr ${rate}`))!
    expect(Number(last[column])).toBeCloseTo(lastMean(db, groups[index]), 14)
    expect(last[`${column} n`]).toBe(String(SEEDS))
  }
  const html = await exportAs('Report (HTML)', 'report.html')
  const text = await textOf(page, html)
  for (const rate of ['0.01', '0.001']) expect(text).toContain(`Two moons, lr ${rate}`)
  expect(await launched.outboundRequests()).toBe(0)
})

/** What a reader of the page sees, without its tags. */
function textOf(page: Page, html: string): Promise<string> {
  return page.evaluate(
    (source) => new DOMParser().parseFromString(source, 'text/html').body.textContent ?? '',
    html,
  )
}

/** Of the smoothed validation losses at the last epoch. */
function lastMean(db: string, group: readonly RunSummary[]): number {
  const curves = readLog(db, (log) => log.curves(group.map(({ id }) => id)))
  return meanOf(
    curves.map(({ epochs }) => smoothExponentially(epochs.metrics['val/loss'].values, 0.6).at(-1)!),
  )
}
