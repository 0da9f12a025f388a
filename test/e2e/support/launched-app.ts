// The application as a test holds it: started, spoken to as its page does, and ended.

import type { ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import type { Refusals } from '../../../electron/app/security'
import type { Bridge, CallInput, CallName, CallOutput, Result, RunSummary } from '../../../electron/contract'
import { runtimeStart } from './runtime'

export interface LaunchOptions {
  /** Path of the database; the default one of the data folder without it. */
  db?: string
  /** Folder of the application's own files; a new one without it. */
  userData?: string
  args?: readonly string[]
  env?: Readonly<Record<string, string>>
}

export interface LaunchedApp {
  app: ElectronApplication
  page: Page
  db: string
  userData: string
  /** The main process. */
  process: ChildProcess
  /** What the application refused so far. */
  refusals(): Promise<Refusals>
  /** Requests to anywhere but the application itself. */
  outboundRequests(): Promise<number>
  /** Calls main as the page does. @throws with code and message of an error result */
  call<N extends CallName>(name: N, input?: CallInput<N>): Promise<CallOutput<N>>
  /** Resolves with the run once it is as asked; polls the log through the page. */
  runWhen(id: string, isSo: (run: RunSummary) => boolean): Promise<RunSummary>
  /** Quits as a person does; resolves when the process is gone. */
  quit(): Promise<void>
}

/**
 * What Playwright loads into an Electron that it finds itself: it holds the app's "ready" back until Playwright
 * listens. Without it a page that appears while Playwright connects can be missed, and launch() waits for ever.
 */
const loader = join(
  dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  'lib/server/electron/loader.js',
)

/** @throws when nothing was built */
export async function launch(options: LaunchOptions & { userData: string }): Promise<LaunchedApp> {
  const { executable, parameters, environment } = runtimeStart()
  const { userData } = options
  const args = [...parameters, `--user-data-dir=${userData}`]
  if (options.db !== undefined) args.push('--db', options.db)
  const app = await _electron.launch({
    executablePath: executable,
    args: ['-r', loader, ...args, ...(options.args ?? [])],
    env: { ...environment, ...options.env },
    // The page's media query is to follow the application's theme.
    colorScheme: null,
  })
  const child = app.process()
  const page = await app.firstWindow()
  // The screen's own pointer rests where windows of other tests come and go; only what a test does with it counts.
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.setIgnoreMouseEvents(true)
  })
  await page.waitForLoadState('load')
  await untilDrawn(page)
  const refusals = (): Promise<Refusals> =>
    app.evaluate(() => (globalThis as unknown as { descentRefusals: Refusals }).descentRefusals)
  const call = <N extends CallName>(name: N, input?: CallInput<N>): Promise<CallOutput<N>> =>
    callFrom(page, name, input)
  return {
    app,
    page,
    db: options.db ?? join(userData, 'descent.db'),
    userData,
    process: child,
    refusals,
    outboundRequests: async () => (await refusals()).requests.length,
    call,
    runWhen: (id, isSo) => waitForRun(() => call('runs.detail', { id }), isSo),
    quit: async () => {
      const gone = exitOf(child)
      // Not waited for: the answer may be lost with the process, and its end is what counts.
      void app.evaluate(({ app: electron }) => electron.quit()).catch(ignoreClosing)
      await gone
    },
  }
}

/** Keys pressed before the page is drawn would reach nobody. */
export async function untilDrawn(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('#app')?.childElementCount !== 0)
}

async function callFrom<N extends CallName>(
  page: Page,
  name: N,
  input: CallInput<N> | undefined,
): Promise<CallOutput<N>> {
  const result = await page.evaluate(
    ([callName, callInput]) =>
      (window as unknown as { descent: Bridge }).descent.call(callName as string, callInput),
    [name, input] as const,
  )
  const { ok, ...rest } = result as Result<CallOutput<N>>
  if (ok && 'value' in rest) return rest.value
  throw new Error(`${name}: ${'error' in rest ? `${rest.error.code}: ${rest.error.message}` : 'no result'}`)
}

async function waitForRun(
  read: () => Promise<{ summary: RunSummary }>,
  isSo: (run: RunSummary) => boolean,
): Promise<RunSummary> {
  for (;;) {
    const { summary } = await read()
    if (isSo(summary)) return summary
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Resolves when the process has ended. */
export function exitOf(child: ChildProcess): Promise<number | null> {
  if (hasEnded(child)) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)))
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** Ends an application that a test left behind, in order or not. */
export async function endOf({ app, process: child }: LaunchedApp): Promise<void> {
  if (hasEnded(child)) return
  const gone = exitOf(child)
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await app.close().catch(ignoreClosing)
  await gone
  clearTimeout(timer)
}

/** An application that ends while it is spoken to breaks the connection: that is what was asked for. */
export function ignoreClosing(): void {}
