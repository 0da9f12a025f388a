// What is there in every view: rail, keys, palette, themes, notices and status bar.

import { chmodSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './support/app'
import { createLog, forbidWriting } from './support/database'
import { endlessSpec } from './support/specs'

const heading = (page: Page) => page.getByRole('heading', { level: 1 })

test('goes to each view by the rail, by Ctrl and a digit, and by g and a letter', async ({ openApp }) => {
  const { page } = await openApp()
  const rail = page.getByRole('navigation', { name: 'Views' })
  for (const name of ['Runs', 'Compare', 'Datasets', 'Settings']) {
    await rail.getByRole('button', { name }).click()
    await expect(rail.getByRole('button', { name })).toHaveAttribute('aria-current', 'page')
    await expect(page).toHaveTitle(`${name} – Descent`)
  }
  await page.keyboard.press('Control+2')
  await expect(heading(page)).toHaveText('Runs')
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(heading(page)).toHaveText('Settings')
})

test('finds a command by a few letters and does it', async ({ openApp }) => {
  const { page } = await openApp()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await palette.getByRole('textbox', { name: 'Command or run' }).fill('settings')
  await expect(palette.getByRole('option').first()).toContainText('Go to Settings')
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
  await expect(heading(page)).toHaveText('Settings')
  await page.keyboard.press('Control+/')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Ctrl+K')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('answers the native menu', async ({ openApp }) => {
  const { app, page } = await openApp()
  await app.evaluate(({ Menu }) => {
    const items = (menu: Electron.Menu): Electron.MenuItem[] =>
      menu.items.flatMap((item) => [item, ...(item.submenu ? items(item.submenu) : [])])
    items(Menu.getApplicationMenu()!)
      .find((item) => item.label === 'Compare')!
      .click()
  })
  await expect(page.getByRole('button', { name: 'Compare' }).first()).toHaveAttribute('aria-current', 'page')
})

test('leaves single letters to the field that is being typed in', async ({ openApp }) => {
  const { page } = await openApp()
  await page.keyboard.press('Control+5')
  const field = page.getByRole('textbox', { name: 'Runs at the same time' })
  await field.fill('')
  await field.pressSequentially('gr2')
  await expect(heading(page)).toHaveText('Settings')
  await expect(field).toHaveValue('gr2')
  await expect(page.getByText('Needs a whole number from 1 to 64.')).toBeVisible()
})

test('keeps theme and parallel runs', async ({ openApp }) => {
  const launched = await openApp()
  const { page } = launched
  await page.keyboard.press('Control+5')
  await page.getByRole('radio', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.keyboard.press('Control+Shift+L')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  const field = page.getByRole('textbox', { name: 'Runs at the same time' })
  await field.fill('3')
  await field.press('ArrowUp')
  await expect(field).toHaveValue('4')
  await expect.poll(async () => (await launched.call('settings.get')).parallelRuns).toBe(4)
  expect((await launched.call('settings.get')).theme).toBe('light')
})

test('shows in the status bar what is training, in every view', async ({ openApp }) => {
  const launched = await openApp()
  const { page } = launched
  const status = page.getByRole('contentinfo', { name: 'Status' })
  await expect(status).toContainText('Nothing is training')
  const { id, name } = await launched.call('runs.start', { spec: endlessSpec() })
  await expect(status).toContainText(name)
  await expect(status).toContainText('samples/s')
  await page.keyboard.press('Control+5')
  await expect(status).toContainText(name)
  await launched.call('runs.stop', { id })
  await expect(status).toContainText('Nothing is training')
})

test('says at the top that the database is read only and what to do', async ({ openApp, folder }) => {
  const db = `${folder}/locked.db`
  createLog(db)
  const allow = forbidWriting(db)
  test.skip(allow === null, 'This file system can not forbid writing to root.')
  try {
    const { page } = await openApp(db)
    await expect(page.getByRole('alert')).toContainText('The database is read only')
    await expect(page.getByRole('alert')).toContainText('--db PATH')
  } finally {
    allow?.()
    chmodSync(db, 0o644)
  }
})

test('never scrolls as a whole and clips nothing in the smallest window', async ({ openApp }) => {
  const { app, page } = await openApp()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].setContentSize(1024, 700))
  for (let digit = 1; digit <= 5; digit++) {
    await page.keyboard.press(`Control+${digit}`)
    const overflow = await page.evaluate(() => {
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement
      const footer = document.querySelector('footer[aria-label=Status]')!.getBoundingClientRect()
      return {
        x: scrollWidth - clientWidth,
        y: scrollHeight - clientHeight,
        below: Math.round(footer.bottom - innerHeight),
      }
    })
    expect(overflow).toEqual({ x: 0, y: 0, below: 0 })
  }
})
