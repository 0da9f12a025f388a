// The application on a database of made-up runs, in the runs view. The runs are made once a worker.

import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { SettingsStore, type SettingsChange } from '../../../electron/app/settings'
import { openRunLog } from '../../../electron/run-log'
import { DEFAULT_COMPARISON, type Comparison } from '../../../engine/comparison/schema'
import type { RunSummary } from '../../../electron/contract'
import { expect, test as base, type LaunchedApp, type OpenedApp } from './app'
import { readLog } from './database'

export { expect } from './app'

interface RunsView {
  table: Locator
  /** Rows of runs, without the head. */
  rows: Locator
  /** The row that holds this text. */
  row(text: string | RegExp): Locator
  bar: Locator
}
export type RunsApp = OpenedApp & RunsView

export interface SeededFixtures {
  openRuns(): Promise<RunsApp>
  /** The same in a process of its own, for tests that end it. */
  launchRuns(): Promise<LaunchedApp & RunsView>
  /** In Compare, as if these runs had been left there so. */
  openCompared(runs: readonly RunSummary[], comparison?: Partial<Comparison>): Promise<OpenedApp>
}

export const test = base.extend<SeededFixtures>({
  openRuns: async ({ openApp, folder, seeded }, use) => {
    await use(async () => inRunsView(await openApp(copyOf(seeded, folder))))
  },
  openCompared: async ({ openApp, folder, seeded }, use) => {
    await use(async (runs, comparison = {}) => {
      const db = copyOf(seeded, folder)
      leave(db, {
        workspace: {
          runsTable: null,
          comparison: { ...DEFAULT_COMPARISON, ...comparison },
          comparedRunIds: runs.map(({ id }) => id),
        },
      })
      const opened = await openApp(db)
      await opened.page.getByRole('navigation').getByRole('button', { name: 'Compare' }).click()
      await expect(opened.page.getByRole('heading', { name: 'Compare' })).toBeVisible()
      return opened
    })
  },
  launchRuns: async ({ launchApp, folder, seeded }, use) => {
    await use(async () => inRunsView(await launchApp({ db: copyOf(seeded, folder) })))
  },
})

function copyOf(seeded: string, folder: string): string {
  const db = join(folder, 'runs.db')
  copyFileSync(seeded, db)
  return db
}

/** The made-up runs whose names begin so, the newest first. */
export function runsNamed(db: string, start: string): RunSummary[] {
  return readLog(db, (log) => log.listRuns().filter(({ name }) => name.startsWith(start)))
}

/** Writes settings as the application does, before it is there. */
function leave(db: string, settings: SettingsChange): void {
  const log = openRunLog(db, { owner: 'app' })
  try {
    new SettingsStore(log).set(settings)
  } finally {
    log.close()
  }
}

async function inRunsView<T extends OpenedApp>(opened: T): Promise<T & RunsView> {
  const { page } = opened
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  const table = page.getByRole('grid', { name: 'Runs' }).or(page.getByRole('treegrid', { name: 'Runs' }))
  const rows = table.getByRole('row').filter({ has: page.getByRole('gridcell') })
  await expect(rows.first()).toBeVisible()
  return {
    ...opened,
    table,
    rows,
    row: (text) => rows.filter({ hasText: text }),
    bar: page.getByRole('toolbar', { name: 'Selected runs' }),
  }
}
