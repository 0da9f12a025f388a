// Comparing many runs: what is still being read says so, and what is selected can be taken away in every form.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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
