// One application for the tests of a worker. It changes its database and loads its page anew for each of them, as it
// would when it is started, without the start of a process.

import { dirname, join } from 'node:path'
import type { ForTests } from '../../../electron/app/security'
import { DEFAULT_SIZE } from '../../../electron/app/window-state'
import { endOf, launch, untilDrawn, type LaunchedApp } from './launched-app'

/** An application whose process goes on after the test. */
export type OpenedApp = Omit<LaunchedApp, 'process' | 'quit'>

export class SharedApp {
  private launched: LaunchedApp | null = null
  private isOpen = false

  /**
   * @param folder for what is the process's own
   * @param env what is told to it by its environment
   */
  constructor(
    private readonly folder: string,
    private readonly env: Readonly<Record<string, string>> = {},
  ) {}

  async open(db: string): Promise<OpenedApp> {
    if (this.isOpen) throw new Error('openApp opens one database a test; a second one needs launchApp.')
    this.isOpen = true
    if (this.launched === null)
      this.launched = await launch({ userData: join(this.folder, 'home'), db, env: this.env })
    else await reopen(this.launched, db)
    // Data sets lie beside the database, as if its folder were the application's own.
    return { ...this.launched, db, userData: dirname(db) }
  }

  /** Stops what trains and closes the database, as quitting does. */
  async close(): Promise<void> {
    if (!this.isOpen) return
    this.isOpen = false
    await this.launched?.app.evaluate(() => (globalThis as unknown as ForTests).descentReopen(null))
  }

  async end(): Promise<void> {
    if (this.launched) await endOf(this.launched)
  }
}

async function reopen({ app, page }: LaunchedApp, db: string): Promise<void> {
  // A test may have left the window smaller, and the pointer over something.
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0].setSize(width, height)
  }, DEFAULT_SIZE)
  await page.mouse.move(0, 0)
  const loaded = page.waitForEvent('load')
  await app.evaluate((_, path) => (globalThis as unknown as ForTests).descentReopen(path), db)
  await loaded
  await untilDrawn(page)
}
