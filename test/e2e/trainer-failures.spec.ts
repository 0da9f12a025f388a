// However a trainer ends, its run ends with the right status and a reason, and the application lives on.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base, type OpenedApp } from './support/app'
import { trainerOf } from './support/processes'
import { applicationFolder } from './support/runtime'
import { SharedApp } from './support/shared-app'
import { moonsSpec } from './support/specs'

const env = { DESCENT_TEST_TRAINER: join(applicationFolder, 'test/e2e/support/trainers/misbehaving.mjs') }
/** One application for all whose trainers misbehave alike, since which trainer it starts is told to it at its start. */
let application: SharedApp
let ownFolder: string
base.beforeAll(() => {
  ownFolder = mkdtempSync(join(tmpdir(), 'descent-e2e-trainers-'))
  application = new SharedApp(ownFolder, env)
})
base.afterAll(async () => {
  await application.end()
  rmSync(ownFolder, { recursive: true, force: true, maxRetries: 5 })
})
const test = base.extend<{ openMisbehaving(): Promise<OpenedApp> }>({
  openMisbehaving: async ({ folder }, use) => {
    await use(() => application.open(join(folder, 'descent.db')))
    await application.close()
  },
})

const ENDED = new Set(['failed', 'stopped', 'finished'])

/** Starts a run that fails in this way; resolves with it when it has ended. */
async function failBy(launched: OpenedApp, way: string) {
  const { id } = await launched.call('runs.start', { spec: moonsSpec({ name: way }) })
  return launched.runWhen(id, ({ status }) => ENDED.has(status))
}

test('a trainer that ends without a word is failed with the reason, and its points are kept', async ({
  openMisbehaving,
}) => {
  const launched = await openMisbehaving()
  const reasons: Record<string, RegExp> = {
    throw: /exit code 1\): TypeError: weights is undefined\./,
    rejection: /exit code 1\)/,
    'exit 0': /without saying that it was done \(exit code 0\)/,
    'exit 1': /without saying that it was done \(exit code 1\)/,
    abort: /aborted itself/,
    'segmentation fault': /crashed \(segmentation fault\)/,
  }
  for (const [way, reason] of Object.entries(reasons)) {
    const run = await failBy(launched, way)
    expect(run, way).toMatchObject({ status: 'failed', progress: { step: 50 } })
    expect(run.reason, way).toMatch(reason)
    expect(run.reason, way).toContain('Last logged step 50.')
  }
  const curves = await launched.call('runs.curves', {
    ids: (await launched.call('runs.list')).map(({ id }) => id),
  })
  for (const { steps } of curves) expect(Object.keys(steps.step)).toHaveLength(50)
})

test('a batch that was sent just before the end is logged', async ({ openMisbehaving }) => {
  const launched = await openMisbehaving()
  const run = await failBy(launched, 'unsent batch')
  expect(run).toMatchObject({ status: 'failed', progress: { step: 100 } })
})

test('a trainer that is killed from outside is failed', async ({ openMisbehaving }) => {
  const launched = await openMisbehaving()
  const { id } = await launched.call('runs.start', { spec: moonsSpec({ name: 'killed from outside' }) })
  await launched.runWhen(id, ({ progress }) => progress.step === 50)
  process.kill(await trainerOf(launched.app), 'SIGKILL')
  const run = await launched.runWhen(id, ({ status }) => ENDED.has(status))
  expect(run.status).toBe('failed')
  expect(run.reason).toContain('was killed (SIGKILL)')
})

test('trainers that hang, in a loop or stopped, are noticed within 20 seconds', async ({
  openMisbehaving,
}) => {
  const launched = await openMisbehaving()
  await launched.call('settings.set', { parallelRuns: 2 })
  const runs = await Promise.all(['endless loop', 'stopped process'].map((way) => failBy(launched, way)))
  for (const { name, status, reason } of runs) {
    expect(status, name).toBe('failed')
    expect(reason, name).toBe('The trainer did not answer for 15 seconds and was ended. Last logged step 50.')
  }
})

test('a trainer that is deaf to stop is ended by force', async ({ openMisbehaving }) => {
  const launched = await openMisbehaving()
  const { id } = await launched.call('runs.start', { spec: moonsSpec({ name: 'deaf to stop' }) })
  await launched.runWhen(id, ({ progress }) => progress.step === 50)
  await launched.call('runs.stop', { id })
  const { summary } = await launched.call('runs.detail', { id })
  expect(summary.status).toBe('stopped')
  expect(summary.reason).toContain('Stopped by force')
})

test('a trainer that runs out of memory is failed and named so', async ({ launchApp }) => {
  // A small heap, so that it is full within seconds.
  const launched = await launchApp({ env, args: ['--js-flags=--max-old-space-size=96'] })
  const run = await failBy(launched, 'out of memory')
  expect(run.status).toBe('failed')
  expect(run.reason).toContain('ran out of memory')
})

test('a trainer that ends before it is ready is failed', async ({ launchApp }) => {
  const launched = await launchApp({ env: { ...env, DESCENT_TEST_WAY: 'exit before ready' } })
  const run = await failBy(launched, 'exit before ready')
  expect(run.reason).toContain('The trainer ended before it was ready (exit code 3).')
})

test('a trainer that is not there is failed with what the system says', async ({ launchApp }) => {
  const launched = await launchApp({ env: { DESCENT_TEST_TRAINER: '/nowhere/trainer.mjs' } })
  const run = await failBy(launched, 'missing')
  expect(run.status).toBe('failed')
  expect(run.reason).toMatch(/ended before it was ready .*Cannot find module '\/nowhere\/trainer.mjs'/)
})
