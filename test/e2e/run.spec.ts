// Watching one run: points arrive while it trains, what the chart says is what the log holds, and every part of the
// view can be used and read by everybody.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { formatLoss } from '../../renderer/format'
import { violationsInBothThemes } from './support/accessibility'
import { expect, test, type OpenedApp } from './support/app'
import { readLog } from './support/database'
import { endlessSpec, moonsSpec } from './support/specs'

const lossChart = (page: Page) => page.getByRole('application', { name: /^Loss:/ })
const legend = (page: Page) => page.getByTestId('crosshair-legend')

/** Starts a run and opens it from the status bar or the list, as a person does. */
async function open({ page, call }: OpenedApp, spec: unknown): Promise<string> {
  const { id, name } = await call('runs.start', { spec })
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  await page.getByRole('gridcell', { name }).first().dblclick()
  await expect(page.getByRole('heading', { name })).toBeVisible()
  return id
}

test('points arrive while it trains; Space pauses and resumes; no step is missing or doubled', async ({
  openApp,
}) => {
  const launched = await openApp()
  const { page, db, runWhen } = launched
  const id = await open(launched, endlessSpec('watched'))

  const chart = lossChart(page)
  await expect(chart).toHaveAccessibleName(/Newest values: .*batch\/loss/)
  const first = await chart.getAttribute('aria-label')
  await expect(chart).not.toHaveAttribute('aria-label', first!)
  const second = await chart.getAttribute('aria-label')
  await expect(chart).not.toHaveAttribute('aria-label', second!)

  await chart.focus()
  await page.keyboard.press('Space')
  await runWhen(id, ({ status }) => status === 'paused')
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible()
  await page.keyboard.press('Space')
  await runWhen(id, ({ status }) => status === 'running')
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()

  await page.getByRole('button', { name: 'Stop' }).click()
  await runWhen(id, ({ status }) => status === 'stopped')
  await expect(page.getByText('Stopped', { exact: true })).toBeVisible()

  const { steps } = readLog(db, (log) => log.curves([id])[0])
  await page.getByRole('button', { name: 'Show as table' }).first().click()
  const places = steps.step.length.toLocaleString('en-US')
  await expect(page.getByText(`of ${places} places, evenly chosen`)).toBeVisible()
  const rows = page.getByRole('region', { name: 'Loss' }).getByRole('row')
  await expect(rows.nth(1)).toContainText(formatLoss(steps.columns['batch/loss'][0]))
  await expect(rows.last()).toContainText(formatLoss(steps.columns['batch/loss'].at(-1)))
})

test("the crosshair says the log's values, by mouse and by keyboard", async ({ openApp }) => {
  const launched = await openApp()
  const { page, db, runWhen } = launched
  const id = await open(launched, moonsSpec({ name: 'pointed at' }))
  await runWhen(id, ({ status }) => status === 'finished')
  await expect(page.getByText('Finished', { exact: true })).toBeVisible()
  const { steps, epochs } = readLog(db, (log) => log.curves([id])[0])

  await page.getByRole('radio', { name: 'step' }).click()
  await page.getByRole('textbox', { name: 'Smoothing weight' }).fill('0')
  const chart = lossChart(page)
  await chart.focus()
  await page.keyboard.press('Home')
  await expect(legend(page)).toContainText('step 1')
  await expect(legend(page).getByRole('row', { name: /batch\/loss/ })).toContainText(
    formatLoss(steps.columns['batch/loss'][0]),
  )
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(legend(page)).toContainText('step 3')
  await expect(legend(page).getByRole('row', { name: /batch\/loss/ })).toContainText(
    formatLoss(steps.columns['batch/loss'][2]),
  )
  await page.keyboard.press('End')
  await expect(legend(page).getByRole('row', { name: /val\/loss/ })).toContainText(
    formatLoss(epochs.metrics['val/loss'].values.at(-1)),
  )
  await page.keyboard.press('Escape')
  await expect(legend(page)).toBeHidden()

  const box = (await chart.boundingBox())!
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const title = await legend(page)
    .getByText(/^step [\d,]+$/)
    .innerText()
  const step = Number(title.replace(/\D/g, ''))
  const index = steps.step.indexOf(step)
  expect(index).toBeGreaterThan(0)
  await expect(legend(page).getByRole('row', { name: /batch\/loss/ })).toContainText(
    formatLoss(steps.columns['batch/loss'][index]),
  )
})

test('zooms by wheel, brush and keys, and shows everything again', async ({ openApp }) => {
  const launched = await openApp()
  const { page, runWhen } = launched
  const id = await open(launched, moonsSpec({ name: 'zoomed' }))
  await runWhen(id, ({ status }) => status === 'finished')
  const whole = page.getByRole('button', { name: 'Reset zoom' }).first()
  await expect(whole).toHaveCount(0)
  const chart = lossChart(page)
  const box = (await chart.boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]

  await page.mouse.move(x, y)
  await page.mouse.wheel(0, -300)
  await expect(whole).toBeVisible()
  await page.mouse.dblclick(x, y)
  await expect(whole).toHaveCount(0)

  await page.mouse.move(x - 100, y)
  await page.keyboard.down('Shift')
  await page.mouse.down()
  await page.mouse.move(x + 50, y + 3, { steps: 4 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await expect(whole).toBeVisible()
  await whole.click()
  await expect(whole).toHaveCount(0)

  await chart.focus()
  await page.keyboard.press('+')
  await expect(whole).toBeVisible()
  await page.keyboard.press('0')
  await expect(whole).toHaveCount(0)
})

test('a run that diverged says why and where, and keeps its points', async ({ openApp }) => {
  const launched = await openApp()
  const { page, db, runWhen } = launched
  const spec = {
    ...(moonsSpec({ name: 'too fast' }) as Record<string, unknown>),
    dataset: { id: 'sine' },
    network: {
      layers: [
        { kind: 'dense', units: 16, activation: 'relu' },
        { kind: 'dense', units: 1 },
      ],
    },
    loss: 'mse',
    optimizer: { kind: 'sgd', learningRate: 30 },
  }
  const id = await open(launched, spec)
  const run = await runWhen(id, ({ status }) => status === 'diverged')
  await expect(page.getByTestId('run-trouble')).toHaveText(run.reason!)
  await expect(page.getByText('Diverged', { exact: true })).toBeVisible()
  await expect(lossChart(page)).toHaveAccessibleName(/not finite from epoch [\d.,]+ on/)
  const { steps } = readLog(db, (log) => log.curves([id])[0])
  expect(run.reason).toContain(`step ${steps.step.at(-1)!.toLocaleString('en-US')}`)
})

test('is renamed in its heading, and its chart taken away as a picture', async ({ openApp, folder }) => {
  const launched = await openApp()
  const { app, page, db, runWhen } = launched
  const id = await open(launched, moonsSpec({ name: 'before' }))
  await runWhen(id, ({ status }) => status === 'finished')

  await page.getByRole('button', { name: 'before', exact: true }).click()
  await page.getByRole('textbox', { name: 'Name of the run' }).fill('after')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'after' })).toBeVisible()
  await expect.poll(() => readLog(db, (log) => log.getRun(id)?.name)).toBe('after')

  const path = join(folder, 'loss.png')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
  const chart = (await lossChart(page).boundingBox())!
  await page.getByRole('button', { name: 'Picture of the chart' }).first().click()
  await page.getByRole('menuitem', { name: 'Chart as PNG, 2×' }).click()
  await expect(page.getByText(/^Wrote .* to loss.png$/)).toBeVisible()
  const bytes = readFileSync(path)
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  expect(bytes.readUInt32BE(16)).toBe(Math.round(chart.width) * 2)

  await page.getByRole('button', { name: 'Picture of the chart' }).first().click()
  await page.getByRole('menuitem', { name: 'Chart as SVG' }).click()
  await expect(page.getByText(/^Wrote .* to loss.png$/)).toHaveCount(2)
  const drawn = await page.evaluate(
    (text) => {
      const picture = new DOMParser().parseFromString(text, 'image/svg+xml')
      return {
        problem: picture.querySelector('parsererror')?.textContent ?? '',
        title: picture.querySelector('title')?.textContent,
        lines: picture.querySelectorAll('g > path[stroke-width]').length,
        texts: [...picture.querySelectorAll('text')].map((text) => text.textContent),
      }
    },
    readFileSync(path, 'utf8'),
  )
  expect(drawn).toMatchObject({ problem: '', title: 'Loss, after', lines: 2 })
  expect(drawn.texts).toEqual(expect.arrayContaining(['val/loss', 'batch/loss']))
})

test('has no serious accessibility violation in any part, in either theme', async ({ openApp }) => {
  // Up to a dozen examinations.
  test.slow()
  const launched = await openApp()
  const { page, runWhen } = launched
  const id = await open(launched, moonsSpec({ name: 'read by all' }))
  await runWhen(id, ({ status }) => status === 'finished')
  for (const tab of ['Curves', 'Predictions', 'Weights', 'Log', 'Spec']) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(page.getByRole('tabpanel', { name: tab })).toBeVisible()
    expect(await violationsInBothThemes(launched), tab).toEqual([])
  }
  await page.getByRole('tab', { name: 'Curves' }).click()
  await page.getByRole('button', { name: 'Show as table' }).first().click()
  expect(await violationsInBothThemes(launched), 'table').toEqual([])
})
