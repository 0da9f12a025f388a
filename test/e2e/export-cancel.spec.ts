// A long export in the window: it says how far it is, and what is canceled leaves nothing behind.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seriousViolations } from './support/accessibility'
import { expect, test } from './support/app'
import { seedLongRuns } from './support/seed'

test('an export under way shows its progress; canceled, it leaves what was there before and says so', async ({
  openApp,
  folder,
}) => {
  test.slow()
  const db = join(folder, 'long.db')
  await seedLongRuns(db, 4, 250_000)
  const { app, page } = await openApp(db)
  const exports = join(folder, 'exports')
  mkdirSync(exports)
  const path = join(exports, 'long.csv')
  writeFileSync(path, 'of yesterday')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)

  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByText('All 4 runs')).toBeVisible()
  await page.getByRole('menuitem', { name: 'Curves, long: one row a value' }).click()
  const notice = page.getByRole('status').filter({ hasText: 'Exporting' })
  await expect(notice.getByRole('progressbar', { name: 'Exporting' })).toBeVisible()
  // Written beside its place, and not into it.
  expect(readdirSync(exports).sort()).toEqual([expect.stringMatching(/^\.long\.csv\.\d+\.part$/), 'long.csv'])
  expect(await seriousViolations(page)).toEqual([])
  await notice.getByRole('button', { name: 'Cancel' }).focus()
  await page.keyboard.press('Enter')

  await expect(page.getByText('Canceled the export. No file was written.')).toBeVisible()
  await expect(notice).toBeHidden()
  expect(readdirSync(exports)).toEqual(['long.csv'])
  expect(readFileSync(path, 'utf8')).toBe('of yesterday')

  // The process that wrote it is there for the next one.
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Runs: one row a run' }).click()
  await expect(page.getByText('Wrote 4 rows to long.csv')).toBeVisible()
  expect(readdirSync(exports)).toEqual(['long.csv'])
  expect(readFileSync(path, 'utf8').trimEnd().split('\r\n')).toHaveLength(5)
})
