// Images of one's own: from IDX files to a network that trains on them.

import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeBarSet } from '../fixtures/idx-files'
import { seriousViolations } from './support/accessibility'
import { expect, test, type OpenedApp } from './support/app'

/** Answers the native file dialog with paths, or as canceled. */
async function answerDialog({ app }: OpenedApp, paths: readonly string[] | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [...chosen] })
  }, paths)
}
async function openDatasets({ page }: OpenedApp): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Datasets' }).click()
  await expect(page.getByRole('heading', { name: 'Datasets' })).toBeVisible()
}

test('four gzipped files are imported, designed with and trained on', async ({ openApp, folder }) => {
  const launched = await openApp()
  const { page, call, runWhen } = launched
  await openDatasets(launched)
  await answerDialog(launched, Object.values(writeBarSet(join(folder, 'bars'), 120, 30)))
  await page.getByRole('button', { name: 'Import images' }).first().click()

  const dialog = page.getByRole('dialog', { name: 'Import images' })
  await expect(dialog.getByText('120 training and 30 test images of 6 × 9, 3 classes')).toBeVisible()
  await expect(dialog.getByText('t10k-labels-idx1-ubyte.gz')).toBeVisible()
  await expect(dialog.getByRole('img', { name: '40 images, with the labels 0, 1, 2' })).toBeVisible()
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('bars')
  expect(await seriousViolations(page)).toEqual([])
  await dialog.getByLabel('Name', { exact: true }).fill('Bars')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()

  await expect(page.getByRole('heading', { name: 'Bars', exact: true })).toBeVisible()
  await expect(page.getByRole('img', { name: 'Examples of the classes 0, 1, 2' })).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Design with this' }).click()
  await expect(page.getByText('from images Bars')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Data set', exact: true })).toContainText('Bars')
  await page.getByLabel('Training images').fill('90')
  await page.getByLabel('Epochs').fill('2')
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await call('runs.list')).length).toBe(1)
  const [{ id }] = await call('runs.list')
  const finished = await runWhen(id, ({ status }) => status === 'finished')
  const [images] = await call('datasets.list')
  expect(images).toMatchObject({ kind: 'images', name: 'Bars', trainingImages: 120, testImages: 30 })
  expect(finished.hyperparameters['dataset.parameters.hash']).toBe(images.hash)
  expect(finished.hyperparameters['dataset.parameters.trainingExamples']).toBe(90)
  expect(finished.dataHash).toBe(images.hash)
  expect(finished.metrics['test/accuracy'].last).toBeGreaterThan(0.3)
})

test('files that do not belong together are named, and others can be chosen', async ({ openApp, folder }) => {
  const launched = await openApp()
  const { page, call } = launched
  await openDatasets(launched)
  const { trainingImages, trainingLabels, testLabels } = writeBarSet(folder, 60, 30)
  const choose = page.getByRole('button', { name: 'Import images' }).first()
  const dialog = page.getByRole('dialog', { name: 'Import images' })
  const refused = async (paths: readonly string[], message: RegExp): Promise<void> => {
    await answerDialog(launched, paths)
    await choose.click()
    await expect(dialog.getByRole('alert')).toContainText(message)
    await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
  }
  await refused([trainingImages], /1 file: train-images-idx3-ubyte\.gz \(60 images of 6 x 9\)/)
  await refused([trainingImages, testLabels], /30 labels for the 60 images/)
  const table = join(folder, 'table.csv')
  writeFileSync(table, 'a,b\n1,2\n')
  await refused([trainingImages, table], /table\.csv: magic number/)
  expect(await call('datasets.list')).toEqual([])

  await answerDialog(launched, [trainingLabels, trainingImages])
  await page.keyboard.press('Control+K')
  await page.keyboard.type('import images')
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog).toHaveCount(0)
  expect(await call('datasets.list')).toMatchObject([{ trainingImages: 60, testImages: 0 }])
})

test('a removed set comes back by Undo; one whose file has gone says so', async ({ openApp, folder }) => {
  const launched = await openApp()
  const { page, call, userData } = launched
  await openDatasets(launched)
  await answerDialog(launched, Object.values(writeBarSet(join(folder, 'bars'), 60, 30, false)))
  await page.getByRole('button', { name: 'Import images' }).first().click()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('button', { name: 'Remove bars' }).click()
  await expect(page.getByText('Nothing of your own yet', { exact: false })).toBeVisible()
  expect(await call('datasets.list')).toEqual([])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('button', { name: /^bars/ })).toBeVisible()
  const [{ hash }] = await call('datasets.list')

  const stored = join(userData, 'datasets', `${hash}.idx`)
  rmSync(stored)
  await page.getByRole('button', { name: /^bars/ }).click()
  await page.getByRole('button', { name: 'Design with this' }).click()
  // Another number of images than the preview knows.
  await page.getByLabel('Training images').fill('30')
  await expect(page.getByText(`There is no file ${stored}.`).first()).toBeVisible()
})
