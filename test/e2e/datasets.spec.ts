// Data sets of one's own: from a CSV file, clean or not, to a design that trains on it.

import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { violationsInBothThemes } from './support/accessibility'
import { expect, test, type OpenedApp } from './support/app'

/** Answers the native file dialog with a path, or as canceled. */
async function answerDialog({ app }: OpenedApp, path: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] })
  }, path)
}
async function openDatasets({ page }: OpenedApp): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Datasets' }).click()
  await expect(page.getByRole('heading', { name: 'Datasets' })).toBeVisible()
}

const GERMAN = [
  'fläche;zimmer;lage;preis',
  ...Array.from({ length: 60 }, (_, i) => {
    const area = 30 + 2.5 * i
    return `${String(area).replace('.', ',')};${1 + (i % 5)};"${i % 2 ? 'Stadt' : 'Land'}";${String(area * 3.25).replace('.', ',')}`
  }),
].join('\r\n')

test('a German table is imported, designed with and trained on', async ({ openApp, folder }) => {
  const launched = await openApp()
  const { page, call, runWhen } = launched
  const path = join(folder, 'Häuser.csv')
  writeFileSync(path, `\uFEFF${GERMAN}\r\n`)
  await answerDialog(launched, path)
  await page.getByRole('button', { name: 'Import CSV' }).click()

  const dialog = page.getByRole('dialog', { name: 'Import Häuser.csv' })
  await expect(dialog.getByText('60 rows, 4 columns')).toBeVisible()
  await expect(dialog.getByRole('combobox', { name: 'Delimiter' })).toContainText('Semicolon (found)')
  await expect(dialog.getByRole('combobox', { name: 'Decimal mark' })).toContainText('Comma (found)')
  const columns = dialog.getByRole('region', { name: 'Columns', exact: true })
  await expect(columns.getByRole('row', { name: /^fläche number 0 60 30 177\.5$/ })).toBeVisible()
  await expect(columns.getByRole('row', { name: /^lage category 0 2/ })).toBeVisible()

  await dialog.getByLabel('Name', { exact: true }).fill('Häuser')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Häuser', exact: true })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Target' })).toContainText('preis')
  await page.getByRole('button', { name: 'Design with this' }).click()

  await expect(page.getByText('from table Häuser')).toBeVisible()
  await page.getByLabel('Epochs').fill('2')
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await call('runs.list')).length).toBe(1)
  const [{ id }] = await call('runs.list')
  const finished = await runWhen(id, ({ status }) => status === 'finished')
  const [table] = await call('datasets.list')
  expect(table).toMatchObject({ name: 'Häuser', rows: 60 })
  expect(finished.hyperparameters['dataset.parameters.hash']).toBe(table.hash)
})

test('a table whose file has gone is named with the remedy, and the earlier run stays', async ({
  openApp,
  folder,
}) => {
  const launched = await openApp()
  const { page, call, runWhen, userData } = launched
  const path = join(folder, 'houses.csv')
  writeFileSync(path, GERMAN)
  await answerDialog(launched, path)
  await page.getByRole('button', { name: 'Import CSV' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('button', { name: 'Design with this' }).click()
  await page.getByLabel('Epochs').fill('2')
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await call('runs.list')).length).toBe(1)
  const [{ id }] = await call('runs.list')
  await runWhen(id, ({ status }) => status === 'finished')

  const [{ hash }] = await call('datasets.list')
  rmSync(join(userData, 'datasets', `${hash}.csv`))
  await page.getByRole('button', { name: 'Run again' }).click()
  await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Open' }).click()
  await expect(page.getByText(`There is no file ${join(userData, 'datasets', `${hash}.csv`)}`)).toBeVisible()
  await expect(page.getByText(/\.csv\. Import houses\.csv again\.$/)).toBeVisible()
  await expect(page.getByText('Failed', { exact: true })).toBeVisible()
  const [earlier] = await call('runs.curves', { ids: [id] })
  expect(earlier.epochs.epoch).toHaveLength(2)
})

test('an uneven table shows its lines, and nothing is lost by looking', async ({ openApp, folder }) => {
  const launched = await openApp()
  const { page, call } = launched
  const path = join(folder, 'uneven.csv')
  const lines = ['a,b,y', ...Array.from({ length: 20 }, (_, i) => `${i},${i * 2},${i * 3}`)]
  lines[4] = '1,2'
  lines[9] = '1,2,3,4'
  writeFileSync(path, lines.join('\n'))
  await openDatasets(launched)
  await answerDialog(launched, path)
  await page.getByRole('button', { name: 'Import CSV' }).first().click()

  const dialog = page.getByRole('dialog', { name: 'Import uneven.csv' })
  await expect(dialog.getByText('2 rows have the wrong number of cells.')).toBeVisible()
  await expect(dialog.getByText(/Line 5: 2 cells/)).toBeVisible()
  await expect(dialog.getByText(/Line 10: 4 cells/)).toBeVisible()
  const button = dialog.getByRole('button', { name: 'Import', exact: true })
  await expect(button).toBeDisabled()
  expect(await call('datasets.list')).toEqual([])

  await dialog.getByRole('checkbox').click()
  await button.click()
  await expect(page.getByRole('heading', { name: 'uneven', exact: true })).toBeVisible()
  expect(await call('datasets.list')).toMatchObject([{ rows: 18 }])
})

test('a file that is no table is refused with the remedy', async ({ openApp, folder }) => {
  const launched = await openApp()
  const path = join(folder, 'picture.csv')
  writeFileSync(path, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
  await openDatasets(launched)
  await answerDialog(launched, path)
  await launched.page.getByRole('button', { name: 'Import CSV' }).first().click()
  await expect(launched.page.getByRole('dialog').getByRole('alert')).not.toBeEmpty()
  await expect(launched.page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
})

test('choosing no file changes nothing', async ({ openApp }) => {
  const launched = await openApp()
  await openDatasets(launched)
  await answerDialog(launched, null)
  await launched.page.getByRole('button', { name: 'Import CSV' }).first().click()
  await expect(launched.page.getByRole('dialog')).toHaveCount(0)
})

test('a removed table comes back by Undo', async ({ openApp, folder }) => {
  const launched = await openApp()
  const { page, call } = launched
  const path = join(folder, 'small.csv')
  writeFileSync(path, 'a,y\n1,2\n3,4\n5,6\n7,8\n')
  await openDatasets(launched)
  await answerDialog(launched, path)
  await page.getByRole('button', { name: 'Import CSV' }).first().click()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('button', { name: 'Remove small' }).click()
  await expect(page.getByText('Nothing of your own yet', { exact: false })).toBeVisible()
  expect(await call('datasets.list')).toEqual([])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('button', { name: /^small/ })).toBeVisible()
  expect(await call('datasets.list')).toMatchObject([{ name: 'small' }])
})

test('nobody is kept out of the data sets, in either theme', async ({ openApp, folder }) => {
  const launched = await openApp()
  const { page } = launched
  await openDatasets(launched)
  await expect(page.getByText('150', { exact: true }).first()).toBeVisible()
  expect(await violationsInBothThemes(launched)).toEqual([])
  const path = join(folder, 'table.csv')
  writeFileSync(path, GERMAN)
  await answerDialog(launched, path)
  await page.getByRole('button', { name: 'Import CSV' }).first().click()
  await expect(page.getByText('60 rows, 4 columns')).toBeVisible()
  expect(await violationsInBothThemes(launched)).toEqual([])
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'table', exact: true })).toBeVisible()
  expect(await violationsInBothThemes(launched)).toEqual([])
})
