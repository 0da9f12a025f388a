// A bare browser window on a file, as a person has it who was given an export: none of the application is in it.

import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { runtimeStart } from './runtime'

/** Opens `file` and keeps what is asked for while it stands. */
const MAIN = `
const { app, BrowserWindow, session } = require('electron')
app.whenReady().then(() => {
  globalThis.requests = []
  session.defaultSession.webRequest.onBeforeRequest(({ url }, answer) => {
    globalThis.requests.push(url)
    answer({})
  })
  const window = new BrowserWindow({ width: 1440, height: 900, frame: false })
  window.loadURL(process.env.BROWSER_FILE)
})
`

const loader = join(
  dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  'lib/server/electron/loader.js',
)

export interface BareBrowser {
  app: ElectronApplication
  page: Page
  /** Sets the size of the page. */
  resize(width: number, height: number): Promise<void>
  /** Addresses that were asked for but the file's own. */
  requests(): Promise<string[]>
}

/** @param folder for what the browser needs */
export async function openFile(file: string, folder: string): Promise<BareBrowser> {
  const { executable, parameters, environment } = runtimeStart()
  const main = join(folder, 'browser.cjs')
  writeFileSync(main, MAIN)
  const url = pathToFileURL(file).href
  const app = await _electron.launch({
    executablePath: executable,
    // Without the application's folder, which stands last.
    args: ['-r', loader, ...parameters.slice(0, -1), main, `--user-data-dir=${join(folder, 'browser')}`],
    env: { ...environment, BROWSER_FILE: url },
    colorScheme: null,
  })
  const page = await app.firstWindow()
  await page.waitForLoadState('load')
  return {
    app,
    page,
    async resize(width, height) {
      await app.evaluate(
        ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0].setContentSize(w, h),
        [width, height] as const,
      )
      await page.waitForFunction((wanted) => window.innerWidth === wanted, width)
    },
    async requests() {
      const all = await app.evaluate(() => (globalThis as unknown as { requests: string[] }).requests)
      return all.filter((each) => each !== url)
    },
  }
}
