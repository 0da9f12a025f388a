// The verification of the source systems in the real window: started by a button, its figures shown in full.

import { seriousViolations } from './support/accessibility'
import { expect, test } from './support/app'

test('verifies one system from its document, with every figure in full', async ({ openApp }) => {
  const { page, call } = await openApp()
  await page.getByRole('button', { name: /^S4 linearized weights/ }).click()
  await page.getByRole('button', { name: 'Verify S4' }).click()
  const dialog = page.getByRole('dialog', { name: 'Verify S4' })
  await expect(dialog.getByTestId('verification-verdict')).toContainText(/All \d+ checks pass/, {
    timeout: 20_000,
  })
  const { checks } = await call('analysis.verify', { token: 'test', systems: ['S4'], isQuick: true })
  const rows = dialog.getByRole('row').filter({ has: page.getByRole('rowheader') })
  await expect(rows).toHaveCount(checks.length)
  for (const { check, expected, got } of checks.slice(8, 18)) {
    const row = rows.filter({ has: page.getByRole('rowheader', { name: check, exact: true }) })
    await expect(row).toContainText(String(expected).replace('-', '\u2212'))
    await expect(row).toContainText(String(got).replace('-', '\u2212'))
    await expect(row).toContainText('Pass')
  }
  expect(await seriousViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(dialog).toBeHidden()
})

test('verifies all systems from the palette, shows how far it is, and can be canceled', async ({
  openApp,
}) => {
  const { page } = await openApp()
  await page.keyboard.press('Control+k')
  await page.getByRole('textbox', { name: 'Command or run' }).fill('verify the five')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Verify the five systems' })
  await expect(dialog.getByRole('progressbar', { name: 'Verifying' })).toBeVisible()
  await expect(dialog).toContainText(/S\d /)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toContainText('Canceled. Verify again starts it anew.')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})
