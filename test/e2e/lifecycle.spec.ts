// Beginning and end of the application: what is kept, what is lost (nothing), and what it says when it can not start.

import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunSummary } from '../../electron/contract'
import { exitOf, expect, ignoreClosing, test, type LaunchedApp, type OpenedApp } from './support/app'
import { createLog, digestOf, forbidWriting, integrityOf, makeNewer, readLog } from './support/database'
import { isAlive, processesOf, trainerOf } from './support/processes'
import { runtimeStart } from './support/runtime'
import { endlessSpec, moonsSpec } from './support/specs'

/** Starts a run and waits until it has trained for a while. */
async function train(launched: OpenedApp, activeMs = 700): Promise<RunSummary> {
  const { id } = await launched.call('runs.start', { spec: endlessSpec() })
  return launched.runWhen(id, (run) => run.activeMs > activeMs)
}

/** Checks that every step from the first to the last is logged once; returns the last and its time. */
function lastLogged(db: string, id: string): { step: number; elapsedMs: number } {
  return readLog(db, (log) => {
    const { step, elapsedMs } = log.curves([id])[0].steps
    expect(step.length).toBeGreaterThan(0)
    expect(step.every((value, i) => value === i + 1)).toBe(true)
    return { step: step[step.length - 1], elapsedMs: elapsedMs[elapsedMs.length - 1] }
  })
}

test('place and size of the window are kept', async ({ launchApp }) => {
  const first = await launchApp()
  const wanted = { x: 40, y: 30, width: 1111, height: 777 }
  await first.app.evaluate(
    ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0].setBounds(bounds),
    wanted,
  )
  await first.quit()
  const second = await launchApp({ userData: first.userData })
  const bounds = await second.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0].getNormalBounds(),
  )
  expect(bounds).toMatchObject({ width: wanted.width, height: wanted.height })
})

test('settings and runs are there after a restart', async ({ launchApp }) => {
  const first = await launchApp()
  await first.call('settings.set', { theme: 'dark', parallelRuns: 2 })
  const { id } = await first.call('runs.start', { spec: moonsSpec() })
  const finished = await first.runWhen(id, ({ status }) => status === 'finished')
  await first.quit()
  const second = await launchApp({ userData: first.userData })
  expect(await second.call('settings.get')).toMatchObject({ theme: 'dark', parallelRuns: 2 })
  expect(await second.call('runs.list')).toEqual([finished])
  expect(await second.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true)
})

test('a second launch ends at once, leaves its database alone and shows the first window', async ({
  launchApp,
  folder,
}) => {
  const first = await launchApp()
  const seen = first.app.evaluate(
    ({ app }) => new Promise((resolve) => app.once('second-instance', () => resolve(true))),
  )
  const { executable, parameters, environment } = runtimeStart()
  const other = join(folder, 'other.db')
  const second = spawn(executable, [...parameters, `--user-data-dir=${first.userData}`, '--db', other], {
    env: environment,
    stdio: 'ignore',
  })
  const code = await new Promise((resolve) => second.once('exit', resolve))
  expect(code).toBe(0)
  expect(existsSync(other)).toBe(false)
  expect(await seen).toBe(true)
})

const ENDINGS: Readonly<Record<string, (launched: LaunchedApp) => Promise<unknown>>> = {
  'by the menu': ({ app }) => app.evaluate(({ app: electron }) => electron.quit()),
  'by its window': ({ app }) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close()),
  'by SIGTERM': ({ process: main }) => Promise.resolve(main.kill('SIGTERM')),
}
for (const [way, end] of Object.entries(ENDINGS)) {
  test(`closed in mid-run ${way}: no point is lost, and nothing stays behind`, async ({ launchApp }) => {
    const launched = await launchApp()
    const { id } = await train(launched)
    const queued = await launched.call('runs.start', { spec: endlessSpec('queued') })
    const processes = await processesOf(launched.app)
    const gone = exitOf(launched.process)
    await end(launched).catch(ignoreClosing)
    await gone
    await expect.poll(() => processes.filter(({ pid }) => isAlive(pid))).toEqual([])

    const { step } = lastLogged(launched.db, id)
    const { run, waiting, saved } = readLog(launched.db, (log) => ({
      run: log.getRun(id),
      waiting: log.getRun(queued.id),
      saved: log.checkpoint(id),
    }))
    // The trainer's own word on how far it came is its last checkpoint, taken after the last step.
    expect(saved?.step).toBe(step)
    expect(run).toMatchObject({
      status: 'interrupted',
      reason: `The application was closed while this run trained. Last logged step ${step.toLocaleString('en-US')}.`,
      progress: { step },
    })
    expect(waiting?.status).toBe('interrupted')
    expect(integrityOf(launched.db)).toBe('ok')
  })
}

test('killed in mid-run: at most half a second is lost, and the restart says how far it came', async ({
  launchApp,
}) => {
  const first = await launchApp()
  const { id, startedAt } = await train(first, 1500)
  const processes = await processesOf(first.app)
  const gone = exitOf(first.process)
  const killedAt = Date.now()
  first.process.kill('SIGKILL')
  await gone
  await expect.poll(() => processes.filter(({ pid }) => isAlive(pid)), 'the trainer ends too').toEqual([])

  const second = await launchApp({ userData: first.userData })
  const [run] = await second.call('runs.list')
  await second.quit()
  const { step, elapsedMs } = lastLogged(first.db, id)
  expect(run).toMatchObject({ id, status: 'interrupted', progress: { step } })
  expect(run.reason).toContain(`Last logged step ${step.toLocaleString('en-US')}.`)
  expect(killedAt - (startedAt ?? 0) - elapsedMs).toBeLessThan(500)
  expect(integrityOf(first.db)).toBe('ok')
})

test('a trainer that is killed leaves a failed run with its points, and the next run starts', async ({
  openApp,
}) => {
  const launched = await openApp()
  const { id } = await train(launched)
  process.kill(await trainerOf(launched.app), 'SIGKILL')
  const run = await launched.runWhen(id, ({ status }) => status === 'failed')
  expect(run.reason).toContain('The trainer was killed (SIGKILL)')
  const { step } = lastLogged(launched.db, id)
  expect(run.progress.step).toBe(step)
  const next = await launched.call('runs.start', { spec: moonsSpec() })
  await launched.runWhen(next.id, ({ status }) => status === 'finished')
})

test('a trainer waits for the next run, and one that was killed while it waited is replaced', async ({
  openApp,
}) => {
  const launched = await openApp()
  const finish = async (): Promise<RunSummary> => {
    const { id } = await launched.call('runs.start', { spec: moonsSpec() })
    return launched.runWhen(id, ({ status }) => status === 'finished' || status === 'failed')
  }
  const first = await finish()
  const pid = await trainerOf(launched.app)
  const second = await finish()
  expect(await trainerOf(launched.app)).toBe(pid)
  process.kill(pid, 'SIGKILL')
  const third = await finish()
  expect(await trainerOf(launched.app)).not.toBe(pid)
  expect(first).toMatchObject({ status: 'finished', reason: null })
  for (const { status, weightsHash } of [second, third]) {
    expect({ status, weightsHash }).toEqual({ status: 'finished', weightsHash: first.weightsHash })
  }
})

test('a page that crashes in mid-run comes back, and the run goes on without a gap', async ({
  launchApp,
}) => {
  const launched = await launchApp()
  const { id, progress } = await train(launched)
  const reloaded = launched.app.evaluate(
    ({ BrowserWindow }) =>
      new Promise((resolve) =>
        BrowserWindow.getAllWindows()[0].webContents.once('did-finish-load', () => resolve(true)),
      ),
  )
  await launched.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0].webContents.forcefullyCrashRenderer(),
  )
  await reloaded
  await expect
    .poll(() => readLog(launched.db, (log) => log.getRun(id)?.progress.step ?? 0))
    .toBeGreaterThan(progress.step + 1000)
  lastLogged(launched.db, id)
})

test('a paused run goes on to the same bits as one that was never paused', async ({ openApp }) => {
  const launched = await openApp()
  // Long enough to be paused on any machine.
  const spec = moonsSpec({ epochs: 4000 })
  const straight = await launched.call('runs.start', { spec })
  const expected = await launched.runWhen(straight.id, ({ status }) => status === 'finished')
  const { id } = await launched.call('runs.start', { spec })
  await launched.runWhen(id, ({ progress }) => progress.step > 0)
  await launched.call('runs.pause', { id })
  const paused = await launched.runWhen(id, ({ status }) => status === 'paused')
  expect(paused.progress.step).toBeLessThan(expected.progress.step)
  await launched.call('runs.resume', { id })
  const finished = await launched.runWhen(id, ({ status }) => status === 'finished')
  expect(finished.weightsHash).toBe(expected.weightsHash)
  const curves = readLog(launched.db, (log) => log.curves([straight.id, id]))
  expect(curves[1].steps.columns).toEqual(curves[0].steps.columns)
})

test('a run of the command line appears by itself', async ({ openApp }) => {
  const launched = await openApp()
  const { openRunLog } = await import('../../electron/run-log')
  const { parseSpec } = await import('../../engine/spec/parse')
  const heard = launched.page.evaluate(
    () =>
      new Promise((resolve) => {
        const { descent } = window as unknown as {
          descent: { on(listener: (name: string, payload: unknown) => void): void }
        }
        descent.on((name, payload) => {
          if (name === 'runs.changed') resolve((payload as { runs: { name: string }[] }).runs[0].name)
        })
      }),
  )
  const log = openRunLog(launched.db, { owner: 'command-line' })
  log.createRun(parseSpec(moonsSpec({ name: 'from the terminal' })), 'command-line')
  expect(await heard).toBe('from the terminal')
  log.close()
})

test('a database of a later version is named, not opened and not changed', async ({ launchApp, folder }) => {
  const db = join(folder, 'later.db')
  createLog(db)
  makeNewer(db)
  const before = digestOf(db)
  const { page, quit } = await launchApp({ db })
  await expect(page.getByRole('alert')).toContainText('later.db')
  await expect(page.getByRole('alert')).toContainText(/newer|later/i)
  await expect(page.getByRole('link', { name: 'Open another database…' })).toBeVisible()
  await quit()
  expect(digestOf(db)).toBe(before)
})

test('a damaged database is named and not changed, and another one can be chosen', async ({
  launchApp,
  folder,
}) => {
  const db = join(folder, 'damaged.db')
  writeFileSync(db, 'This is no database at all. '.repeat(400))
  const before = digestOf(db)
  const { app, page, call } = await launchApp({ db })
  await expect(page.getByRole('alert')).toContainText('damaged')
  await expect(call('runs.list')).rejects.toThrow('database-damaged')
  const fresh = join(folder, 'fresh.db')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, fresh)
  await page.getByRole('link', { name: 'Create a new database…' }).click()
  await expect.poll(() => page.url()).toBe('app://descent/')
  await page.waitForLoadState('load')
  expect(await call('runs.list')).toEqual([])
  expect(existsSync(fresh)).toBe(true)
  expect(digestOf(db)).toBe(before)
})

test('a database that can not be written is opened for reading, and a run is refused with the reason', async ({
  openApp,
  folder,
}) => {
  const db = join(folder, 'locked.db')
  createLog(db)
  const allowWriting = forbidWriting(db)
  test.skip(allowWriting === null, 'this file system has no immutable files')
  try {
    const { call } = await openApp(db)
    const { readOnly } = await call('app.info')
    expect(readOnly).toContain('not writable')
    await expect(call('runs.start', { spec: moonsSpec() })).rejects.toThrow(
      'read-only: No run can be started',
    )
    expect(await call('settings.set', { theme: 'dark' })).toMatchObject({ theme: 'dark' })
  } finally {
    allowWriting?.()
  }
})

test('a page that crashes again and again is not loaded for ever: a person decides', async ({
  launchApp,
}) => {
  const { app } = await launchApp()
  // Through main: the crashes take the test's own connection to the page away.
  const inPage = (code: string): Promise<unknown> =>
    app.evaluate(
      ({ BrowserWindow }, text) => BrowserWindow.getAllWindows()[0].webContents.executeJavaScript(text),
      code,
    )
  for (let crash = 1; crash <= 4; crash++) {
    await app.evaluate(
      ({ BrowserWindow }) =>
        new Promise((resolve) => {
          const { webContents } = BrowserWindow.getAllWindows()[0]
          webContents.once('did-finish-load', () => resolve(true))
          webContents.forcefullyCrashRenderer()
        }),
    )
  }
  expect(await inPage('document.body.innerText')).toContain('several times in a row')
  await inPage(`[...document.links].find((link) => link.text === 'Load the window again').click()`)
  await expect.poll(() => inPage('location.href').catch(ignoreClosing)).toBe('app://descent/')
})

test('typed arrays cross the bridge as what they are, in both directions', async ({ openApp, folder }) => {
  const { app, page, call, runWhen } = await openApp()
  const { id } = await call('runs.start', { spec: moonsSpec({ epochs: 2 }) })
  await runWhen(id, ({ status }) => status === 'finished')
  const kinds = await page.evaluate(async (runId) => {
    const { descent } = window as unknown as {
      descent: { call(name: string, input: unknown): Promise<{ value: { steps: { step: unknown } }[] }> }
    }
    const { value } = await descent.call('runs.curves', { ids: [runId] })
    return value[0].steps.step instanceof Float64Array
  }, id)
  expect(kinds).toBe(true)
  const path = join(folder, 'picture.png')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
  const exported = await page.evaluate(() => {
    const { descent } = window as unknown as {
      descent: { call(name: string, input: unknown): Promise<{ value: { bytes: number } }> }
    }
    return descent.call('exports.png', { name: 'loss', bytes: Uint8Array.of(137, 80, 78, 71) })
  })
  expect(exported.value).toMatchObject({ path, bytes: 4 })
})
