// Saved views: save, change everything, apply, and all is as it was; also after a restart.

import { expect, test } from './support/seeded'

test('puts table, comparison, selection and hidden runs back as they were saved, also after a restart', async ({
  openRuns,
  launchApp,
}) => {
  test.slow()
  const runs = await openRuns()
  const { page, rows } = runs
  await page.getByRole('combobox', { name: 'Filter runs' }).fill('optimizer in (adam, sgd) and not tag:best')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Group by/ }).click()
  await page.getByRole('radio', { name: 'All but seed' }).click()
  await page.keyboard.press('Escape')
  await runs.table.getByRole('columnheader', { name: 'best val/loss' }).getByRole('button').click()
  await rows.nth(0).click()
  await rows.nth(2).click({ modifiers: ['Control'] })
  await page.keyboard.press('b')
  await rows
    .nth(1)
    .getByRole('button', { name: /in charts/ })
    .click()
  await page.getByRole('button', { name: 'Save view', exact: true }).click()
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Adam and SGD')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Saved the view Adam and SGD')).toBeVisible()
  const [saved] = (await runs.call('settings.get')).views
  expect(saved.runIds.length).toBeGreaterThan(2)
  expect(saved.hiddenRunIds.length).toBeGreaterThan(0)
  expect(saved.runsTable).toMatchObject({
    query: 'optimizer in (adam, sgd) and not tag:best',
    sort: { column: 'best', isDescending: false },
    grouping: { kind: 'seeds' },
  })
  expect(saved.runsTable.baseline).not.toBeNull()
  const before = await page.getByRole('rowgroup').innerText()
  const menu = page.getByRole('button', { name: /^View: Adam and SGD/ })
  await expect(menu).not.toHaveAccessibleName(/modified/)

  await page.getByRole('combobox', { name: 'Filter runs' }).fill('')
  await page.getByRole('button', { name: /^Group by/ }).click()
  await page.getByRole('radio', { name: 'None' }).click()
  await page.keyboard.press('Escape')
  await runs.table.getByRole('columnheader', { name: 'seed', exact: true }).getByRole('button').click()
  await page.keyboard.press('Control+a')
  await page.getByRole('radio', { name: /^Archived/ }).click()
  await runs.call('settings.set', { hiddenRuns: [] })
  await expect(menu).toHaveAccessibleName(/modified/)

  await menu.click()
  await page.getByRole('menuitem', { name: 'Adam and SGD', exact: true }).click()
  await expect(menu).not.toHaveAccessibleName(/modified/)
  expect(await page.getByRole('rowgroup').innerText()).toBe(before)
  expect((await runs.call('settings.get')).hiddenRuns.slice().sort()).toEqual(saved.hiddenRunIds)
  await expect
    .poll(async () => (await runs.call('settings.get')).workspace.runsTable)
    .toEqual(saved.runsTable)
  await runs.quit()

  const again = await launchApp({ db: runs.db })
  await again.page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  // The table stands as it was left.
  await expect(again.page.getByRole('combobox', { name: 'Filter runs' })).toHaveValue(saved.runsTable.query)
  await again.page.getByRole('combobox', { name: 'Filter runs' }).fill('moons')
  await again.page.getByRole('button', { name: /^View/ }).click()
  await again.page.getByRole('menuitem', { name: 'Adam and SGD', exact: true }).click()
  expect(await again.page.getByRole('rowgroup').innerText()).toBe(before)
  await expect(again.page.getByRole('button', { name: /^View: Adam and SGD/ })).not.toHaveAccessibleName(
    /modified/,
  )

  await again.page.getByRole('button', { name: /^View/ }).click()
  await again.page.getByRole('menuitem', { name: 'Delete Adam and SGD' }).click()
  await expect.poll(async () => (await again.call('settings.get')).views).toEqual([])
  await again.page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await again.call('settings.get')).views).toEqual([saved])
})
