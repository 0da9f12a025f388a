// Checking gradients as a person does it: of a design before it trains, and of a run at the weights it ended with.
// What the dialog says is what the command line says of the same design.

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { formatCount, formatScientific } from '../../renderer/format'
import { projectRoot } from '../../scripts/lib/paths.mjs'
import { seriousViolations } from './support/accessibility'
import { expect, test } from './support/app'
import { moonsSpec } from './support/specs'

interface CliReport {
  passed: boolean
  worst: number
  layers: {
    title: string
    part: string
    checked: number
    total: number
    worst: number
    parameter: string
    analytic: number
    numeric: number
  }[]
}

const dialog = (page: Page) => page.getByRole('dialog', { name: /^Check gradients of/ })
const rows = (page: Page) =>
  dialog(page).getByRole('region', { name: 'Gradients by layer' }).locator('tbody tr')
const verdict = (page: Page) => dialog(page).getByTestId('gradient-verdict')

test('a design is checked layer by layer, with the figures of the command line', async ({
  openApp,
  folder,
}) => {
  // Two processes and a look at every element take their time on a busy machine.
  test.setTimeout(120_000)
  const { page } = await openApp()
  await page.getByRole('button', { name: /^Two moons/ }).click()
  await page.getByRole('button', { name: 'Check gradients' }).click()
  await expect(verdict(page)).toContainText('The gradients of every layer agree', { timeout: 20_000 })
  await expect(verdict(page)).toContainText('At the starting weights, computed in float64')

  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(projectRoot, 'scripts', 'descent.mjs'), 'gradcheck', '--preset', 'moons', '--json'],
    { cwd: folder, env: { ...process.env, DESCENT_HOME: folder } },
  )
  const report = JSON.parse(stdout.trim().split('\n').at(-1)!) as CliReport
  expect(report.passed).toBe(true)
  await expect(verdict(page)).toContainText(`Worst relative error ${formatScientific(report.worst)},`)
  await expect(rows(page)).toHaveCount(report.layers.length)
  for (const [index, layer] of report.layers.entries()) {
    const cells = rows(page).nth(index).getByRole('cell')
    await expect(rows(page).nth(index).getByRole('rowheader')).toContainText(layer.title)
    await expect(cells.nth(1)).toHaveText(formatCount(layer.total))
    await expect(cells.nth(2)).toHaveText(formatScientific(layer.worst))
    await expect(cells.nth(3)).toHaveAttribute('title', layer.parameter)
    await expect(cells.nth(4)).toHaveAttribute('title', String(layer.analytic))
    await expect(cells.nth(5)).toHaveAttribute('title', String(layer.numeric))
    await expect(cells.nth(6)).toHaveText('Pass')
  }
  await expect(dialog(page).getByRole('img')).toHaveAccessibleName(/^Relative errors of 337 parameters/)
  expect(await seriousViolations(page)).toEqual([])

  await dialog(page).getByLabel('Examples', { exact: true }).fill('5')
  await dialog(page).getByRole('radio', { name: 'Validation' }).click()
  await dialog(page).getByRole('button', { name: 'Check again' }).click()
  await expect(verdict(page)).toContainText('5 examples', { timeout: 20_000 })

  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^1\s*Dense/ }).click()
  await page.getByLabel('Layer 1 units').fill('0')
  const button = page.getByRole('button', { name: 'Check gradients' })
  await expect(button).toBeDisabled()
  await expect(button).toHaveAttribute('title', /once the design is valid.*0/)
})

test('a long check is canceled, and the data process answers meanwhile', async ({ openApp }) => {
  const { page, call } = await openApp()
  await page.getByRole('button', { name: /^MNIST/ }).click()
  await page.getByRole('button', { name: 'Check gradients' }).click()
  // Reading 70,000 digits comes first.
  await expect(dialog(page).getByText(/Layer 1, weights: [\d,]+ of/)).toBeVisible({ timeout: 30_000 })
  const preview = await call('datasets.preview', { dataset: { id: 'iris' } })
  expect(preview.examples).toBe(150)
  await dialog(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog(page).getByText('Canceled.')).toBeVisible()
  await expect(dialog(page).getByRole('button', { name: 'Check again' })).toBeEnabled()
})

test('a run is checked at the weights it ended with', async ({ openApp }) => {
  const { page, call, runWhen } = await openApp()
  const { id, name } = await call('runs.start', { spec: moonsSpec({ epochs: 4 }) })
  await runWhen(id, ({ status }) => status === 'finished')
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  await page.getByRole('gridcell', { name }).first().dblclick()
  await expect(page.getByRole('heading', { name })).toBeVisible()
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Check gradients…' }).click()
  await expect(verdict(page)).toContainText('The gradients of every layer agree', { timeout: 20_000 })
  await expect(verdict(page)).toContainText('At the weights stored at epoch 4, step 40')

  const batch = { part: 'training', examples: 16, from: { seed: 1 } } as const
  const { report } = await call('analysis.checkGradients', { token: 'e2e', subject: { runId: id }, batch })
  await expect(verdict(page)).toContainText(`Worst relative error ${formatScientific(report.worst)},`)
  for (const [index, { worst }] of report.parts.entries()) {
    const cells = rows(page).nth(index).getByRole('cell')
    await expect(cells.nth(4)).toHaveAttribute('title', String(worst?.analytic))
  }
})
