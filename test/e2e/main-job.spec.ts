// The whole main job in one go: choose a preset, change the learning rate, run twice, watch points arrive,
// compare both, export the CSV, and find every value of it in the database to the last digit.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import type { Bridge, CallOutput, Result } from '../../electron/contract'
import { STEP_METRICS } from '../../engine/training/types'
import { seriousViolations } from './support/accessibility'
import { expect, test, type OpenedApp } from './support/app'
import { readLog } from './support/database'

/** Answers the native save dialog with a path, as a person would. */
async function answerSaveDialog({ app }: OpenedApp, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
}

async function runWithRate(page: Page, rate: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Learning rate' }).fill(rate)
  await page.getByRole('button', { name: /^Run/ }).last().click()
}

/** How many steps of it the log holds, counted in the page: to hand all of them over takes longer than to train them. */
function loggedSteps(page: Page, id: string): Promise<number> {
  return page.evaluate(async (runId) => {
    const { descent } = window as unknown as { descent: Bridge }
    const curves = (await descent.call('runs.curves', { ids: [runId] })) as Result<CallOutput<'runs.curves'>>
    if (!curves.ok) throw new Error(curves.error.message)
    return curves.value[0].steps.step.length
  }, id)
}

test('preset, two learning rates, live points, comparison, and a CSV equal to the database', async ({
  launchApp,
  folder,
}) => {
  const launched = await launchApp()
  const { page, call, runWhen } = launched

  await page.getByRole('button', { name: /^Two moons/ }).click()
  await page.getByRole('textbox', { name: 'Epochs' }).fill('400')
  await runWithRate(page, '0.01')

  // Points arrive while it trains, and what is shown is in the log already.
  const [first] = await call('runs.list')
  const curve = page.getByRole('application', { name: /^Loss/ }).first()
  await expect(curve).toBeVisible()
  const early = await loggedSteps(page, first.id)
  await expect.poll(() => loggedSteps(page, first.id)).toBeGreaterThan(early)
  await runWhen(first.id, ({ status }) => status === 'finished')

  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Design' }).click()
  await runWithRate(page, '0.001')
  const second = (await call('runs.list')).find(({ id }) => id !== first.id)!
  await runWhen(second.id, ({ status }) => status === 'finished')

  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Runs' }).click()
  for (const box of await page.getByRole('checkbox', { name: /^Select Two moons/ }).all()) await box.check()
  await page.getByRole('button', { name: /^Compare C/ }).click()
  await expect(page.getByText('2 runs', { exact: true })).toBeVisible()
  await expect(page.getByText(/What differs/)).toContainText('1 of')
  expect(await seriousViolations(page)).toEqual([])

  for (const format of ['long', 'wide', 'runs'] as const) {
    const path = join(folder, `${format}.csv`)
    await answerSaveDialog(launched, path)
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page
      .getByRole('menuitem', { name: new RegExp(format === 'runs' ? '^Runs' : `, ${format}`) })
      .click()
    await expect.poll(() => fileText(path)).not.toBe('')
  }
  expect(await launched.outboundRequests()).toBe(0)
  await launched.quit()

  compareWithLog(launched.db, fileText(join(folder, 'long.csv')), [first.id, second.id])
})

function fileText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Every value of the log is in the CSV and the other way round, bit for bit. */
function compareWithLog(db: string, csv: string, ids: readonly string[]): void {
  // Some hundred thousand rows: an object for each would take most of the test's time.
  const [head, ...rows] = parse(csv) as string[][]
  const [run, ofMetric, ofStep, value] = ['run_id', 'metric', 'step', 'value'].map((name) =>
    head.indexOf(name),
  )
  const exported = new Map(
    rows.map((row) => [`${row[run]} ${row[ofMetric]} ${row[ofStep]}`, Number(row[value])]),
  )
  expect(exported.size).toBe(rows.length)
  const logged = readLog(db, (log) => log.curves(ids))
  let values = 0
  // An expectation for each of them would take seconds.
  const compare = (runId: string, metric: string, step: number, expected: number): void => {
    values++
    const found = exported.get(`${runId} ${metric} ${step}`)
    if (Object.is(found, expected)) return
    throw new Error(`${runId} ${metric} at step ${step}: ${found} in the CSV, ${expected} in the log.`)
  }
  for (const { runId, steps, epochs } of logged) {
    for (const metric of STEP_METRICS) {
      steps.step.forEach((step, i) => compare(runId, metric, step, steps.columns[metric][i]))
    }
    for (const [metric, column] of Object.entries(epochs.metrics)) {
      epochs.step.forEach((step, i) => {
        if (column.measured[i]) compare(runId, metric, step, column.values[i])
      })
    }
  }
  expect(values).toBe(rows.length)
}
