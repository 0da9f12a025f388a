// What computes a run: chosen in the settings, shown while it trains, repeated on another kernel with the same bits,
// and measured.

import { seriousViolations } from './support/accessibility'
import { expect, test } from './support/app'
import { endlessSpec, moonsSpec } from './support/specs'

test('is chosen in the settings, shown beside the run, and repeated on another kernel with the same bits', async ({
  openApp,
}) => {
  const launched = await openApp()
  const { page, call, runWhen } = launched
  const { kernels } = await call('app.info')
  // The set-up builds it everywhere; without it nothing below would be tried.
  expect(kernels.problems['wasm-simd']).toBeNull()
  const status = page.getByRole('contentinfo', { name: 'Status' })

  await page.keyboard.press('Control+5')
  await page.getByRole('combobox', { name: 'Kernel' }).click()
  await page.getByRole('option', { name: 'Reference' }).click()
  await expect(status.getByRole('button', { name: /^Kernel: Reference\./ })).toBeVisible()
  await expect.poll(async () => (await call('settings.get')).kernel).toBe('reference')
  expect(await seriousViolations(page)).toEqual([])

  const { id } = await call('runs.start', { spec: moonsSpec({ epochs: 8 }) })
  expect(await runWhen(id, ({ status: now }) => now === 'finished')).toMatchObject({
    kernel: 'reference-f64',
  })
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  await page.getByRole('gridcell', { name: 'moons' }).first().dblclick()
  const aside = page.getByRole('complementary', { name: 'Picture and settings' })
  await expect(aside.getByText('Reference', { exact: true })).toBeVisible()

  await page.getByRole('tab', { name: 'Repeats' }).click()
  await page.getByRole('button', { name: 'Repeat on…' }).click()
  await page.getByRole('menuitem', { name: 'WebAssembly' }).click()
  await expect(page.getByTestId('repeats-summary')).toHaveText('Its one repeat ended with the same bits.')
  const row = page.getByRole('row').filter({ hasText: 'moons on WebAssembly' })
  await expect(row).toContainText(/Same bits.*0 in \d+ values.*0 at step 80/)
  const repeated = (await call('runs.list')).find(({ name }) => name === 'moons on WebAssembly')
  expect(repeated?.kernel).toMatch(/^wasm-(fma|simd)-f64$/)
  expect(await seriousViolations(page)).toEqual([])

  await page.keyboard.press('Control+5')
  await page.getByRole('combobox', { name: 'Kernel' }).click()
  await page.getByRole('option', { name: 'Automatic' }).click()
  const endless = await call('runs.start', { spec: endlessSpec() })
  const running = await runWhen(endless.id, ({ kernel }) => kernel !== null)
  expect(running.kernel).not.toMatch(/^reference/)
  await expect(status.getByRole('button', { name: /^Kernel: .*“endless” is computed by/ })).toBeVisible()

  await page.getByRole('tab', { name: 'Benchmark' }).click()
  await page.getByRole('button', { name: 'Start the benchmark' }).click()
  await expect(page.getByRole('alert')).toContainText('The run "endless" is training')
  await call('runs.stop', { id: endless.id })

  await page.getByRole('button', { name: 'Start', exact: true }).click()
  const playground = page.getByRole('region', { name: 'Playground' })
  await expect(playground.getByRole('row', { name: /^WebAssembly/ }).first()).toContainText(/\d/)
  await expect(page.getByTestId('benchmark-machine')).toContainText(/core.*Electron \d/)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Canceled. What was measured until then is shown.')).toBeVisible()
  await expect(playground).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
})
