// The native menu: it reaches the page, knows the theme, and every command of the contract has its place in it.

import type { MenuItem } from 'electron'
import { MENU_COMMANDS } from '../../electron/contract'
import { expect, test, type OpenedApp } from './support/app'

/** Collects the events of one name that main sends from now on. */
async function listen({ page }: OpenedApp, name: string): Promise<() => Promise<unknown[]>> {
  await page.evaluate((wanted) => {
    const { descent, heard } = window as unknown as {
      descent: { on(listener: (eventName: string, payload: unknown) => void): void }
      heard?: unknown[]
    }
    const payloads = heard ?? []
    Object.assign(window, { heard: payloads })
    descent.on((eventName, payload) => {
      if (eventName === wanted) payloads.push(payload)
    })
  }, name)
  return () => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)
}

test('every command is in the menu and reaches the page', async ({ openApp }) => {
  const launched = await openApp()
  const heard = await listen(launched, 'app.command')
  await launched.app.evaluate(({ Menu }) => {
    const click = (items: MenuItem[]): void => {
      for (const item of items) {
        if (item.submenu) click(item.submenu.items)
        else if (!item.role && item.type === 'normal') item.click()
      }
    }
    click(Menu.getApplicationMenu()?.items ?? [])
  })
  await expect
    .poll(
      async () => new Set((await heard()).map((payload) => (payload as { command: string }).command)).size,
    )
    .toBe(MENU_COMMANDS.length)
})

test('the theme of the menu is kept, told to the page and followed by it', async ({ openApp }) => {
  const launched = await openApp()
  const heard = await listen(launched, 'settings.changed')
  const isDark = (): Promise<boolean> =>
    launched.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  await launched.app.evaluate(({ Menu }) => {
    const find = (items: MenuItem[]): MenuItem | undefined =>
      items.find(({ label }) => label === 'Dark') ??
      items
        .flatMap(({ submenu }) => (submenu ? [find(submenu.items)] : []))
        .find((item) => item !== undefined)
    find(Menu.getApplicationMenu()?.items ?? [])?.click()
  })
  await expect.poll(heard).toMatchObject([{ settings: { theme: 'dark' } }])
  expect(await launched.call('settings.get')).toMatchObject({ theme: 'dark' })
  await expect.poll(isDark).toBe(true)
})
