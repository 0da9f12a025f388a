// Pictures of what a model does with its data, at any stored epoch: what is on screen is what the log holds.

import type { Locator } from '@playwright/test'
import type { GridActivations, Inspection, Reconstructions } from '../../engine/training/types'
import { SOURCE_PRESETS } from '../../engine/presets/source-presets'
import { formatLoss } from '../../renderer/format'
import { seriousViolations } from './support/accessibility'
import { expect, test, type OpenedApp } from './support/app'
import { readLog } from './support/database'

/** Starts a run, waits for its end and opens it. */
async function opened({ page, call, runWhen }: OpenedApp, spec: unknown): Promise<string> {
  const { id, name } = await call('runs.start', { spec })
  await runWhen(id, ({ status }) => status === 'finished')
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  await page.getByRole('gridcell', { name }).first().dblclick()
  await expect(page.getByRole('heading', { name })).toBeVisible()
  await page.getByRole('tab', { name: 'Predictions' }).click()
  return id
}

function extraOf<T>(inspection: Inspection | null, kind: string): T {
  return inspection?.extra?.find((picture) => picture.kind === kind) as T
}

/** Whether a canvas shows anything: more than one colour. */
const isDrawn = (canvas: Locator) =>
  canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement
    const context = (element as HTMLCanvasElement).getContext('2d')!
    const { data } = context.getImageData(0, 0, width, height)
    return new Set(new Uint32Array(data.buffer)).size > 1
  })

test('an autoencoder shows its 18 patterns and what it makes of them, at every epoch', async ({
  openApp,
}) => {
  const launched = await openApp()
  const { page, db } = launched
  const { spec } = SOURCE_PRESETS.find((preset) => preset.id === 's1')!
  const id = await opened(launched, { ...spec, name: 'nine', training: { ...spec.training, epochs: 5 } })

  const patterns = page.getByRole('list', { name: /Inputs, each above/ }).getByRole('listitem')
  await expect(patterns).toHaveCount(18)
  for (const place of [0, 17]) expect(await isDrawn(patterns.nth(place).locator('canvas'))).toBe(true)

  const wrongCells = (epoch: number | null) => {
    const inspection = readLog(db, (log) => log.inspection(id, epoch))
    const { inputs, outputs } = extraOf<Reconstructions>(inspection, 'reconstructions')
    return inputs.reduce((count, input, i) => count + Number(input > 0 !== outputs[i] > 0), 0)
  }
  const result = page.getByTestId('inspection-result')
  await expect(result).toContainText(`${162 - wrongCells(null)} of 162 cells right`)
  await page.getByRole('slider', { name: 'Epoch of the picture' }).focus()
  await page.keyboard.press('Home')
  await expect(result).toContainText(`${162 - wrongCells(0)} of 162 cells right`)
  expect(wrongCells(0)).toBeGreaterThan(wrongCells(null))

  const section = page.getByRole('region', { name: 'Input above output' })
  await section.getByRole('button', { name: 'Show as table' }).click()
  await expect(section.getByRole('row')).toHaveCount(19)

  await page.getByRole('tab', { name: 'Weights' }).click()
  const first = page.getByRole('region', { name: 'Layer 1' })
  await expect(first.getByRole('radio', { name: 'as an input row' })).toBeChecked()
  await expect(first.getByText('10 × 9')).toBeVisible()
  const { weights, biases } = readLog(db, (log) => log.weights(id))!.layers[0]
  const matrix = first.getByRole('application')
  await matrix.focus()
  for (let step = 0; step < 9; step++) await page.keyboard.press('ArrowDown')
  await expect(first.getByRole('status')).toHaveText(
    `bias of output 1: ${String(biases[0]).replace('-', '−')}`,
  )
  await first.getByRole('radio', { name: 'bias as a vector' }).click()
  await first.getByRole('application', { name: /^W/ }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(first.getByRole('status')).toHaveText(
    `from input 2 to output 1: ${String(weights[1]).replace('-', '−')}`,
  )
})

const gridSpec = {
  version: 1,
  name: 'grid',
  dataset: { id: 'blobs', parameters: { samples: 90, classes: 3, features: 4 } },
  network: {
    layers: [
      { kind: 'dense', units: 8 },
      { kind: 'grid', depth: 3 },
      { kind: 'dense', units: 3, activation: 'softmax' },
    ],
  },
  loss: 'categorical-cross-entropy',
  optimizer: { kind: 'adam', learningRate: 0.02 },
  training: { epochs: 3, batchSize: 8, seed: 1 },
}

test('a grid shows its layers for each class, the start beside now, and the scrubber moves now', async ({
  openApp,
}) => {
  const launched = await openApp()
  const { page, db } = launched
  const id = await opened(launched, gridSpec)
  const [start, second, last] = [0, 2, 3].map((epoch) =>
    extraOf<GridActivations>(
      readLog(db, (log) => log.inspection(id, epoch)),
      'grid-activations',
    ),
  )
  const name = last.classNames[1]
  /** Class 1, layer 2, cell 1. */
  const at = (1 * 3 + 1) * 8
  expect(last.means[at]).not.toBe(second.means[at])

  const now = page.getByRole('application', { name: new RegExp(`^${name}, at epoch 3`) })
  await expect(page.getByRole('img', { name: new RegExp(`^${name}, at the start`) })).toBeVisible()
  await expect(now).toBeVisible()
  expect(await isDrawn(now.locator('canvas'))).toBe(true)

  const reading = page.getByTestId('grid-reading')
  await now.focus()
  await page.keyboard.press('ArrowDown')
  await expect(reading).toHaveText(
    `${name}, layer 2, cell 1: ${formatLoss(start.means[at])} at the start, ${formatLoss(last.means[at])} at epoch 3`,
  )

  await page.getByRole('slider', { name: 'Epoch of the picture' }).focus()
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('application', { name: new RegExp(`^${name}, at epoch 2`) }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(reading).toContainText(`${formatLoss(second.means[at])} at epoch 2`)

  await page.getByRole('button', { name: 'Show as table' }).click()
  await expect(page.getByRole('table').getByRole('rowheader', { name: '3', exact: true })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Show as picture' }).click()
  expect(await seriousViolations(page)).toEqual([])

  await page.getByRole('tab', { name: 'Weights' }).click()
  const grid = page.getByRole('region', { name: 'Layer 2' })
  await expect(grid.getByText('3 layers × 8 cells')).toHaveCount(2)
  expect(await seriousViolations(page)).toEqual([])
})
