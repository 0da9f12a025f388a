// Comparing and changing many runs: what is still being read says so, what is selected can be taken away in every form,
// and one baseline goes through both views.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import type { RunSummary } from '../../electron/contract'
import { formatDelta, formatPercent } from '../../renderer/format'
import { readLog } from './support/database'
import { expect, runsNamed, test } from './support/seeded'

test('a chart of a metric that is not read yet says that it is being read', async ({
  openCompared,
  seeded,
}) => {
  const runs = runsNamed(seeded, 'moons')
  const { page } = await openCompared(runs)
  await expect(page.getByRole('application').first()).toHaveAccessibleName(/Newest values/)
  // The words are gone once the lines are there: what stood in the page meanwhile is written down.
  await page.evaluate(() => {
    const seen: string[] = []
    Object.assign(window, { seen })
    new MutationObserver(() => {
      for (const status of document.querySelectorAll('[role=status]'))
        seen.push(status.textContent?.trim() ?? '')
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  await page.getByRole('combobox', { name: 'Metric' }).click()
  await page.getByRole('option', { name: 'batch/loss', exact: true }).click()
  await expect(page.getByRole('application').first()).toHaveAccessibleName(/Newest values/)
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen)
  expect(seen).toContain(`Reading batch/loss of ${runs.length} runs`)
  await expect(page.getByText(/^Reading batch/)).toHaveCount(0)
})

test("a run's own menu writes every form of CSV", async ({ openRuns, folder }) => {
  const { page, app, db, rows } = await openRuns()
  const path = join(folder, 'wide.csv')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
  await rows.nth(0).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Export CSV' }).focus()
  await page.keyboard.press('ArrowRight')
  const forms = page.getByRole('menu', { name: 'Export CSV' }).getByRole('menuitem')
  await expect(forms).toHaveText([/^Runs/, /^Curves, long/, /^Curves, wide/])
  await forms.nth(2).click()
  await expect(page.getByRole('status').filter({ hasText: 'wide.csv' })).toBeVisible()
  const [head] = readFileSync(path, 'utf8').split('\r\n')
  const { name } = readLog(db, (log) => log.listRuns())[0]
  expect(head.split(',').slice(0, 2)).toEqual(['step', `${name} - batch/loss`])
})

test('the baseline of the table is that of the comparison, with differences and per cent in both', async ({
  openRuns,
}) => {
  const { page, db, rows, table } = await openRuns()
  const [first, second] = readLog(db, (log) => log.listRuns())
  const best = (run: RunSummary): number => run.metrics['val/loss'].best!
  const delta = best(first) - best(second)
  const texts = [formatDelta(delta), formatPercent(delta / best(second), 1)]

  await rows.nth(1).click()
  await page.keyboard.press('b')
  await expect(table.getByRole('columnheader', { name: 'Δ baseline' })).toBeVisible()
  for (const text of texts) await expect(rows.nth(0)).toContainText(text)

  await rows.nth(0).click({ modifiers: ['Shift'] })
  await page.keyboard.press('c')
  await page.getByRole('button', { name: /^Group by/ }).click()
  await page.getByRole('radio', { name: 'none' }).click()
  await page.keyboard.press('Escape')
  const compared = page
    .getByRole('region', { name: 'What differs' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
  await expect(compared).toHaveCount(2)
  await expect(compared.filter({ hasText: `seed ${second.seed}` })).toContainText('baseline')
  for (const text of texts)
    await expect(compared.filter({ hasText: `seed ${first.seed}` })).toContainText(text)

  // One colour a run in every view.
  const colourIn = (row: Locator): Promise<string | null> => row.locator('svg g').first().getAttribute('fill')
  const colours = await Promise.all(
    [first, second].map(({ seed }) => colourIn(compared.filter({ hasText: `seed ${seed}` }))),
  )
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  expect(await Promise.all([colourIn(rows.nth(0)), colourIn(rows.nth(1))])).toEqual(colours)
})

test('all that a query finds is tagged at once, counted, and untagged by Undo', async ({ openRuns }) => {
  const { page, db, bar } = await openRuns()
  const list = () => readLog(db, (log) => log.listRuns())
  const before = list()
  const found = before.filter(
    (run) => run.datasetId === 'moons' && run.hyperparameters['optimizer.kind'] === 'adam',
  )
  expect(found.length).toBeGreaterThan(3)
  const tagged = () => list().flatMap(({ id, tags }) => (tags.includes('by-query') ? [id] : []))

  await page.getByRole('combobox', { name: 'Filter runs' }).fill('dataset = moons and optimizer = adam')
  await expect(page.getByText(`${found.length} of ${before.length} match`)).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ControlOrMeta+a')
  await expect(bar).toContainText(`${found.length} runs selected`)
  await bar.getByRole('button', { name: /^Tag/ }).click()
  await page.getByRole('textbox', { name: 'Find or add a tag' }).fill('by-query')
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Tagged ${found.length} runs #by-query`)).toBeVisible()
  expect(tagged()).toEqual(found.map(({ id }) => id))
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(tagged).toEqual([])
  const rest = (run: RunSummary) => ({ ...run, change: 0 })
  expect(list().map(rest)).toEqual(before.map(rest))
})
