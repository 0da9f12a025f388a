// The application for a test, with folders of its own, cleared away after it whatever happened.
//
// launchApp starts a process, for tests of beginnings, ends and restarts. openApp is for all others: a worker starts one
// application, and each test gets a new database in it and a page that was loaded for it. Settings, drafts and data sets
// lie in the database or beside it, so that no test finds anything of another; any of them runs alone as well.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { endOf, launch, type LaunchedApp, type LaunchOptions } from './launched-app'
import { seedDatabase } from './seed'
import { SharedApp, type OpenedApp } from './shared-app'

export { expect } from '@playwright/test'
export { exitOf, ignoreClosing, type LaunchedApp, type LaunchOptions } from './launched-app'
export type { OpenedApp } from './shared-app'

const SEEDED_RUNS = 300

export interface Fixtures {
  /** A new folder for the test's files. */
  folder: string
  /** A process of its own. */
  launchApp(options?: LaunchOptions): Promise<LaunchedApp>
  /** The worker's application on a new database, or on this one; once a test. */
  openApp(db?: string): Promise<OpenedApp>
}

/** All of one chain, since Playwright starts another worker for tests with other fixtures of this kind. */
export interface WorkerFixtures {
  shared: SharedApp
  /** Path of a database with 300 made-up runs, to copy. */
  seeded: string
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  // eslint-disable-next-line no-empty-pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'descent-e2e-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  },

  launchApp: async ({ folder }, use) => {
    const launched: LaunchedApp[] = []
    await use(async (options = {}) => {
      const userData = options.userData ?? join(folder, `home-${launched.length + 1}`)
      const next = await launch({ ...options, userData })
      launched.push(next)
      return next
    })
    for (const each of launched) await endOf(each)
  },

  openApp: async ({ folder, shared }, use) => {
    await use((db = join(folder, 'home', 'descent.db')) => {
      mkdirSync(join(folder, 'home'), { recursive: true })
      return shared.open(db)
    })
    await shared.close()
  },

  shared: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'descent-e2e-shared-'))
      const shared = new SharedApp(folder)
      await use(shared)
      await shared.end()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
    { scope: 'worker' },
  ],

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
})
