// The application on a database of made-up runs, in the runs view. The runs are made once a test file.

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { expect, test as base, type LaunchedApp } from './app'
import { seedDatabase } from './seed'

export { expect } from './app'

const SEEDED_RUNS = 300

export interface RunsApp extends LaunchedApp {
  table: Locator
  /** Rows of runs, without the head. */
  rows: Locator
  /** The row that holds this text. */
  row(text: string | RegExp): Locator
  bar: Locator
}

export const test = base.extend<{ openRuns(): Promise<RunsApp> }, { seeded: string }>({
  seeded: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'descent-seeded-'))
      const path = join(folder, 'seeded.db')
      await seedDatabase(path, SEEDED_RUNS)
      await use(path)
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  openRuns: async ({ launchApp, folder, seeded }, use) => {
    await use(async () => {
      const db = join(folder, 'runs.db')
      copyFileSync(seeded, db)
      const launched = await launchApp({ db })
      const { page } = launched
      await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
      const table = page.getByRole('grid', { name: 'Runs' }).or(page.getByRole('treegrid', { name: 'Runs' }))
      const rows = table.getByRole('row').filter({ has: page.getByRole('gridcell') })
      await expect(rows.first()).toBeVisible()
      return {
        ...launched,
        table,
        rows,
        row: (text) => rows.filter({ hasText: text }),
        bar: page.getByRole('toolbar', { name: 'Selected runs' }),
      }
    })
  },
})
