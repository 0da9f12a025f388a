// One design with several seeds: started by one press, counted in the status bar, stopped together, gone on with.

import type { Page } from '@playwright/test'
import { violationsInBothThemes } from './support/accessibility'
import { expect, test, type OpenedApp } from './support/app'
import { readLog } from './support/database'
import { endlessSpec } from './support/specs'

test.describe.configure({ timeout: 120_000 })

const footer = (page: Page) => page.getByRole('region', { name: 'Totals and Run' })
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Run with several seeds' })
const seedsField = (page: Page) => dialog(page).getByRole('textbox', { name: 'Seeds' })
const countField = (page: Page) => dialog(page).getByRole('textbox', { name: 'How many' })
const goTo = (page: Page, view: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view }).click()
const isInCompare = (page: Page) =>
  expect(page.getByRole('heading', { level: 1, name: 'Compare' })).toBeVisible()

async function openMoons(page: Page, epochs: string): Promise<void> {
  await page.getByRole('button', { name: /^Two moons/ }).click()
  await page.getByRole('textbox', { name: 'Epochs' }).fill(epochs)
}
async function allEnded({ call }: OpenedApp, count: number): Promise<void> {
  await expect
    .poll(async () => (await call('runs.list')).filter(({ status }) => status === 'finished').length, {
      timeout: 60_000,
    })
    .toBe(count)
}

test('five seeds are one press, and one experiment in Compare', async ({ openApp }) => {
  const launched = await openApp()
  const { page, db } = launched
  await openMoons(page, '3')
  await footer(page).getByRole('button', { name: 'Run × 5 seeds' }).click()
  await isInCompare(page)
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Started 5 runs of Two moons')
  await allEnded(launched, 5)

  // The design stays as it was, so that the next start differs by what is changed now and nothing else.
  await goTo(page, 'Design')
  await expect(page.getByRole('textbox', { name: 'Epochs' })).toHaveValue('3')
  await expect(page.getByRole('textbox', { name: 'Seed', exact: true })).toHaveValue('1')

  const runs = readLog(db, (log) => log.listRuns()).sort((a, b) => a.number - b.number)
  expect(runs.map(({ name, seed }) => [name, seed])).toEqual(
    [1, 2, 3, 4, 5].map((seed) => [`Two moons seed ${seed}`, seed]),
  )
  expect(new Set(runs.map(({ experiment }) => experiment)).size).toBe(1)
  expect(new Set(runs.map(({ weightsHash }) => weightsHash)).size).toBe(5)
})

test('other seeds are typed, their mistakes named, and their number kept for the next time', async ({
  openApp,
}) => {
  const launched = await openApp()
  const { page, call } = launched
  // Some seconds of training: a run of less than 100 ms makes no estimate, and two epochs are less on a quick machine.
  await openMoons(page, '300')
  await footer(page).getByRole('button', { name: 'Other numbers of seeds' }).click()
  await page.getByRole('menuitem', { name: 'Other seeds…' }).click()
  await expect(countField(page)).toBeFocused()
  await countField(page).fill('1001')
  await expect(dialog(page)).toContainText('needs a whole number from 1 to 1,000')
  await countField(page).fill('12')
  await expect(seedsField(page)).toHaveValue('1-12')
  await seedsField(page).fill('2, 7-9, 8')
  await expect(seedsField(page)).toHaveAccessibleDescription('Seed 8 is named twice; needs each seed once.')
  await expect(dialog(page).getByRole('button', { name: 'Start' })).toBeDisabled()
  await seedsField(page).fill('2, 7-9')
  await expect(countField(page)).toHaveValue('4')
  await page.keyboard.press('Enter')
  await isInCompare(page)
  await expect(dialog(page)).toBeHidden()
  await allEnded(launched, 4)
  expect((await call('runs.list')).map(({ seed }) => seed).sort()).toEqual([2, 7, 8, 9])

  await goTo(page, 'Design')
  await expect(footer(page).getByRole('button', { name: 'Run × 4 seeds' })).toBeVisible()
  await expect(footer(page)).toContainText('× 4 seeds:')
  await page.getByRole('textbox', { name: 'Epochs' }).fill('2')
  await page.getByRole('textbox', { name: 'Learning rate' }).fill('0.02')
  await page.keyboard.press('Control+Shift+Enter')
  await isInCompare(page)
  await allEnded(launched, 8)
  expect(new Set((await call('runs.list')).map(({ experiment }) => experiment)).size).toBe(2)

  // Both groups in one comparison is one press as well.
  await page.getByRole('button', { name: 'Compare with the 4 runs before' }).click()
  await expect(page.getByText(/^8 runs/)).toBeVisible()
})

test('an earlier run goes on with the seeds that follow', async ({ openApp }) => {
  const launched = await openApp()
  const { page, call } = launched
  await openMoons(page, '2')
  await footer(page).getByRole('button', { name: 'Other numbers of seeds' }).click()
  await page.getByRole('menuitem', { name: 'Run × 3 seeds' }).click()
  await allEnded(launched, 3)

  await goTo(page, 'Runs')
  await page.getByRole('row', { name: /Two moons seed 2/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Run with more seeds…' }).click()
  await expect(dialog(page)).toContainText('Two moons, once with each seed.')
  await expect(dialog(page)).toContainText('This design has run with seeds 1 to 3 already.')
  await expect(seedsField(page)).toHaveValue('4-6')
  await seedsField(page).fill('3-5')
  await expect(dialog(page)).toContainText('has run with seed 3 already; the same seed gives the same run')
  await seedsField(page).fill('4, 5')
  await dialog(page).getByRole('button', { name: 'Start 2 runs' }).click()
  await isInCompare(page)
  await allEnded(launched, 5)
  const runs = await call('runs.list')
  expect(runs.map(({ name }) => name).sort()).toEqual([1, 2, 3, 4, 5].map((seed) => `Two moons seed ${seed}`))
  expect(new Set(runs.map(({ experiment }) => experiment)).size).toBe(1)
})

test('the status bar counts the seeds that are done, and stops the others together', async ({ openApp }) => {
  const { page, call } = await openApp()
  await call('settings.set', { parallelRuns: 1 })
  await call('runs.startSeeds', { spec: endlessSpec(), seeds: [1, 2, 3] })
  const bar = page.getByRole('contentinfo', { name: 'Status' })
  await expect(bar).toContainText('endless seed 1')
  await expect(bar).toContainText('0 of 3 seeds done')
  const first = (await call('runs.list')).find(({ seed }) => seed === 1)!
  await call('runs.stop', { id: first.id })
  await expect(bar).toContainText('1 of 3 seeds done')
  await bar.getByRole('button', { name: 'Stop the 2 left' }).click()
  await expect(bar).toContainText('Nothing is training')
  expect((await call('runs.list')).map(({ status }) => status)).toEqual(['stopped', 'stopped', 'stopped'])
  // None of them began only to be stopped.
  const last = (await call('runs.list')).find(({ seed }) => seed === 3)!
  expect(last.startedAt).toBeNull()
})

test('nobody is kept out of the seeds, in either theme', async ({ openApp }) => {
  const launched = await openApp()
  const { page } = launched
  await openMoons(page, '2')
  await footer(page).getByRole('button', { name: 'Other numbers of seeds' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toBeVisible()
  expect(await violationsInBothThemes(launched), 'menu').toEqual([])
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toBeVisible()
  expect(await violationsInBothThemes(launched), 'dialog').toEqual([])
  await seedsField(page).fill('one')
  expect(await violationsInBothThemes(launched), 'mistake').toEqual([])
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
})
