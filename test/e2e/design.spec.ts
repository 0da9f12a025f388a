// Designing an experiment as a person does it: from a preset over mistakes and their fixes to a run in the log.

import type { Page } from '@playwright/test'
import { violationsInBothThemes } from './support/accessibility'
import { expect, test } from './support/app'

async function openPreset(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${title}`) }).click()
  await expect(page.getByRole('heading', { name: 'Layers' })).toBeVisible()
}
const footer = (page: Page) => page.getByRole('region', { name: 'Totals and Run' })
const runButton = (page: Page) => footer(page).getByRole('button', { name: /^Run (Ctrl|⌘)/ })
const layer = (page: Page, number: number) =>
  page.getByRole('button', { name: new RegExp(`^${number}\\s*\\w`) })
const layerDetails = (page: Page) =>
  page.getByRole('region', { name: 'Layers' }).getByRole('listitem').allInnerTexts()

test('a preset is edited, its mistake named and fixed, undone, and run', async ({ openApp }) => {
  const { page, call, runWhen } = await openApp()
  await openPreset(page, 'Two moons')
  await expect(page.getByText('from preset Two moons', { exact: true })).toBeVisible()
  await expect(footer(page).getByText('337')).toBeVisible()

  await layer(page, 2).click()
  const units = page.getByLabel('Layer 2 units')
  await units.fill('24')
  await expect(footer(page).getByText('481')).toBeVisible()
  await expect(page.getByText('from preset Two moons, 1 edit: layer 2 units')).toBeVisible()

  await units.fill('0')
  await expect(runButton(page)).toBeDisabled()
  await expect(footer(page).getByText('1 problem: layer 2, units')).toBeVisible()
  await layer(page, 2).click()
  await page.getByRole('textbox', { name: 'Epochs' }).focus()
  await footer(page).getByRole('button', { name: 'Show' }).click()
  await expect(units).toBeFocused()

  await page.getByRole('button', { name: 'Set to 1', exact: true }).click()
  await expect(runButton(page)).toBeEnabled()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(units).toHaveValue('0')
  await page.keyboard.press('Control+z')
  await expect(units).toHaveValue('16')
  await page.keyboard.press('Control+Shift+z')
  await page.keyboard.press('Control+Shift+z')
  await expect(units).toHaveValue('1')
  await page.getByRole('textbox', { name: 'Epochs' }).fill('-2')
  await page.getByRole('combobox', { name: 'Optimizer' }).focus()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('textbox', { name: 'Epochs' })).toBeFocused()
  await units.fill('4')
  await page.getByRole('textbox', { name: 'Epochs' }).fill('2')
  await page.keyboard.press('Control+Enter')

  await expect(page.getByRole('heading', { name: /Two moons/ })).toBeVisible()
  const [run] = await call('runs.list')
  const finished = await runWhen(run.id, ({ status }) => status === 'finished')
  expect(finished.progress).toMatchObject({ epoch: 2, totalEpochs: 2 })
  const { spec } = await call('runs.detail', { id: run.id })
  expect(spec.network.layers.map((each) => (each.kind === 'dense' ? each.units : 0))).toEqual([16, 4, 1])
})

test('every wrong text of a number stays, is named, and keeps Run from starting', async ({ openApp }) => {
  const { page } = await openApp()
  await openPreset(page, 'XOR')
  const rate = page.getByRole('textbox', { name: 'Learning rate' })
  for (const [text, message] of [
    ['1.2.3', '"1.2.3" is not a number'],
    ['abc', '"abc" is not a number'],
    ['', 'Empty; needs'],
    ['-1', 'Learning rate -1; needs'],
    ['0,2', '"0,2" has a decimal comma'],
  ]) {
    await rate.fill(text)
    await expect(rate).toHaveValue(text)
    await expect(rate).toHaveAccessibleDescription(new RegExp(message.replaceAll('.', '\\.')))
    await expect(runButton(page)).toBeDisabled()
  }
  await page.getByRole('button', { name: 'Set to 0.2' }).click()
  await expect(rate).toHaveValue('0.2')
  await rate.fill('1e-3')
  await expect(rate).toHaveValue('1e-3')
  await expect(runButton(page)).toBeEnabled()
})

test('layers are added, moved, duplicated and deleted by keyboard alone', async ({ openApp }) => {
  const { page } = await openApp()
  // The gallery: filter, arrow keys, Enter.
  await page.keyboard.press('/')
  await page.keyboard.type('circle')
  await expect(page.getByRole('searchbox')).toHaveValue('circle')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^XOR/ }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('button', { name: /^Two moons/ })).toBeFocused()
  await page.keyboard.press('Enter')

  await page.getByRole('button', { name: 'Add layer' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Activation' }).focus()
  await page.keyboard.press('Enter')
  await expect(layer(page, 3)).toBeFocused()
  await expect(layer(page, 3)).toHaveAccessibleName(/ReLU/)
  await page.keyboard.press('Alt+ArrowUp')
  await expect(layer(page, 2)).toBeFocused()
  await expect(layer(page, 2)).toHaveAccessibleName(/ReLU/)
  await page.keyboard.press('ArrowUp')
  await expect(layer(page, 1)).toBeFocused()
  await page.keyboard.press('Delete')
  expect((await layerDetails(page)).length).toBe(3)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  expect((await layerDetails(page)).length).toBe(3)
  await expect(page.getByText('from preset Two moons', { exact: true })).toBeVisible()
})

test('layers are dragged, and Escape takes the drag back', async ({ openApp }) => {
  const { page } = await openApp()
  await openPreset(page, 'Two moons')
  await layer(page, 1).click()
  await page.getByLabel('Layer 1 units').fill('5')
  await layer(page, 1).click()
  const handles = page.getByTitle(/Drag to reorder/)
  const from = await handles.nth(0).boundingBox()
  const to = await handles.nth(1).boundingBox()
  if (from === null || to === null) throw new Error('no handles')
  const x = from.x + from.width / 2

  async function drag(): Promise<void> {
    await page.mouse.move(x, (from?.y ?? 0) + 10)
    await page.mouse.down()
    await page.mouse.move(x, (to?.y ?? 0) + 30, { steps: 4 })
  }
  await drag()
  await expect(layer(page, 2)).toHaveAccessibleName(/5 units/)
  await page.keyboard.press('Escape')
  await expect(layer(page, 1)).toHaveAccessibleName(/5 units/)
  await page.mouse.up()
  await drag()
  await page.mouse.up()
  await expect(layer(page, 2)).toHaveAccessibleName(/5 units/)
  await page.keyboard.press('Control+z')
  await expect(layer(page, 1)).toHaveAccessibleName(/5 units/)
})

test('another data set leaves nobody stuck', async ({ openApp }) => {
  const { page } = await openApp()
  await openPreset(page, 'Two moons')
  await page.getByRole('combobox', { name: 'Data set' }).click()
  await page.getByRole('option', { name: 'Noisy sine' }).click()
  await expect(runButton(page)).toBeDisabled()
  await page.getByRole('button', { name: /Fit to the data set/ }).click()
  await expect(runButton(page)).toBeEnabled()
  await expect(page.getByRole('img', { name: /Examples of/ })).toBeVisible()
})

test('the draft is there after a restart, with its mistake and its origin', async ({ launchApp }) => {
  const first = await launchApp()
  await openPreset(first.page, 'Rings')
  await first.page.getByLabel('Batch size').fill('many')
  await expect.poll(async () => (await first.call('settings.get')).draft ?? '').toContain('many')
  await first.quit()
  const { page } = await launchApp({ userData: first.userData })
  await page
    .getByRole('region', { name: 'Continue' })
    .getByRole('button', { name: /Rings.*1 problem/ })
    .click()
  await expect(page.getByLabel('Batch size')).toHaveValue('many')
  await expect(page.getByText('from preset Rings, 1 edit: batch size')).toBeVisible()
})

test('a design goes out as JSON and comes in again, mistakes named by path', async ({ openApp }) => {
  const { page } = await openApp()
  await openPreset(page, 'Blobs')
  await page.getByRole('button', { name: 'JSON' }).click()
  const text = page.getByRole('textbox', { name: 'Design as JSON' })
  const json = JSON.parse(await text.inputValue()) as { training: { epochs: number } }
  await text.fill(JSON.stringify({ ...json, training: { ...json.training, epochs: 0 } }))
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('training.epochs is 0')
  await expect(page.getByRole('button', { name: 'Apply' })).toBeDisabled()
  await text.fill('{ "version": 1')
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('not JSON')
  await text.fill(JSON.stringify({ ...json, training: { ...json.training, epochs: 7 } }))
  await page.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByRole('textbox', { name: 'Epochs' })).toHaveValue('7')
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('textbox', { name: 'Epochs' })).toHaveValue('30')
})

test('nobody is kept out of gallery and design, in either theme', async ({ openApp }) => {
  const launched = await openApp()
  const { page, outboundRequests } = launched
  await expect(page.getByRole('heading', { name: 'New experiment' })).toBeVisible()
  expect(await violationsInBothThemes(launched)).toEqual([])
  await openPreset(page, 'Two moons')
  await layer(page, 1).click()
  await page.getByRole('textbox', { name: 'Learning rate' }).fill('fast')
  await expect(page.getByRole('img', { name: /Examples of/ })).toBeVisible()
  expect(await violationsInBothThemes(launched)).toEqual([])
  await page.getByRole('button', { name: 'JSON' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await violationsInBothThemes(launched)).toEqual([])
  expect(await outboundRequests()).toBe(0)
})
