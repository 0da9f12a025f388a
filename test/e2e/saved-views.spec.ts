// Saved views: save, change everything, apply, and all is as it was; also after a restart.

import type { Page } from '@playwright/test'
import { expect, test } from './support/seeded'

/** The rows of the table, without how long ago they were started: that goes on. */
async function shown(page: Page): Promise<string> {
  return (await page.getByRole('rowgroup').innerText()).replace(/^(now|\d+ (s|min|h|d))$/gm, 'ago')
}

test('puts table, comparison, selection and hidden runs back as they were saved, also after a restart', async ({
  launchRuns,
  launchApp,
}) => {
  test.slow()
  const runs = await launchRuns()
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
  const before = await shown(page)
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
  expect(await shown(page)).toBe(before)
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
  expect(await shown(again.page)).toBe(before)
  await expect(again.page.getByRole('button', { name: /^View: Adam and SGD/ })).not.toHaveAccessibleName(
    /modified/,
  )

  await again.page.getByRole('button', { name: /^View/ }).click()
  await again.page.getByRole('menuitem', { name: 'Delete Adam and SGD' }).click()
  await expect.poll(async () => (await again.call('settings.get')).views).toEqual([])
  await again.page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await again.call('settings.get')).views).toEqual([saved])
})

const chart = (page: Page) => page.getByRole('application')

/** One state of Compare, by the toolbar and the hand. */
interface Arrangement {
  x: 'epoch' | 'step'
  smoothing: string
  band: string
  group: RegExp
  colour: RegExp
  /** A second chart, or none. */
  second: string | null
}
async function pick(page: Page, name: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name, exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}
async function arrange(page: Page, wanted: Arrangement): Promise<void> {
  const segment = page.getByRole('radio', { name: wanted.x, exact: true })
  const list = page.getByRole('combobox', { name: 'Horizontal axis' })
  await expect(segment.or(list)).toBeVisible()
  if (await segment.isVisible()) await segment.click()
  else await pick(page, 'Horizontal axis', wanted.x)
  await pick(page, 'Smoothing kind', wanted.smoothing)
  await pick(page, 'Band', wanted.band)
  await page.getByRole('button', { name: /^Group by / }).click()
  await page.getByRole('option', { name: wanted.group }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'More about the charts' }).click()
  await page.getByRole('option', { name: wanted.colour }).click()
  await page.keyboard.press('Escape')
  if (wanted.second === null) await page.getByRole('button', { name: /^Remove chart 2/ }).click()
  else {
    await page.getByRole('button', { name: 'Add a chart' }).click()
    await page.getByRole('option', { name: wanted.second, exact: true }).click()
  }
}
/** Zooms x around the crosshair, and pins y by the wheel beside the chart. */
async function zoom(page: Page, steps: number): Promise<void> {
  const first = chart(page).first()
  await expect(first).toHaveAccessibleName(/Newest values/)
  await first.focus()
  await page.keyboard.press('End')
  for (let step = 0; step < steps; step++) await page.keyboard.press('+')
  const box = (await first.boundingBox())!
  await page.mouse.move(box.x + 12, box.y + box.height / 2)
  await page.mouse.wheel(0, -200)
  await expect(page.getByRole('button', { name: /^Release the vertical axis/ })).toBeVisible()
}

test('puts charts, zoom, pinned axis, bands, groups, colours, hidden runs and columns back exactly', async ({
  launchRuns,
  launchApp,
}) => {
  test.slow()
  const runs = await launchRuns()
  const { page, rows } = runs
  const column = (title: string) => runs.table.getByRole('columnheader', { name: title, exact: true })
  const chooseNote = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('checkbox', { name: /^note/ }).click()
    await page.keyboard.press('Escape')
  }
  const state = () => runs.call('settings.get').then(({ workspace }) => workspace)

  await page.getByRole('combobox', { name: 'Filter runs' }).fill('mnist optimizer in (adam, sgd)')
  await page.keyboard.press('Enter')
  await chooseNote()
  await rows.nth(0).click()
  await rows.nth(11).click({ modifiers: ['Shift'] })
  await rows
    .nth(1)
    .getByRole('button', { name: /in charts/ })
    .click()
  await page.keyboard.press('c')
  await arrange(page, {
    x: 'epoch',
    smoothing: 'median',
    band: 'min to max',
    group: /^optimizer \d/,
    colour: /^learning rate/,
    second: 'val/accuracy',
  })
  await zoom(page, 3)
  await page.getByRole('button', { name: /^View:/ }).click()
  await page.getByRole('menuitem', { name: 'Save as…' }).click()
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Zoomed')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Saved the view Zoomed')).toBeVisible()
  const [saved] = (await runs.call('settings.get')).views
  expect(saved).toMatchObject({ place: 'compare', hiddenRunIds: [expect.any(String)] })
  expect(saved.runIds).toHaveLength(12)
  expect(saved.comparison).toMatchObject({
    charts: [{ metric: 'val/loss' }, { metric: 'val/accuracy', yRange: null }],
    xName: 'epoch',
    smoothing: { kind: 'median' },
    band: { kind: 'min-max' },
    grouping: { kind: 'paths', paths: ['optimizer.kind'] },
    colorBy: 'optimizer.learningRate',
  })
  expect(saved.comparison.xRange).not.toBeNull()
  expect(saved.comparison.charts[0].yRange).not.toBeNull()
  expect(saved.runsTable.columns).toContain('note')
  const names = (from: Page) => chart(from).evaluateAll((all) => all.map((each) => each.ariaLabel))
  const shown = await names(page)
  expect(shown).toHaveLength(2)

  // Everything else than it was saved.
  await page.getByRole('button', { name: /^Release the vertical axis/ }).click()
  await chart(page).first().focus()
  await page.keyboard.press('0')
  await arrange(page, {
    x: 'step',
    smoothing: 'none',
    band: '± std',
    group: /^learning rate/,
    colour: /^own colours/,
    second: null,
  })
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  await page.getByRole('combobox', { name: 'Filter runs' }).fill('sine')
  await page.keyboard.press('Enter')
  await chooseNote()
  await column('best val/loss').getByRole('button').click()
  await rows.nth(3).click()
  await runs.call('settings.set', { hiddenRuns: [] })
  const view = page.getByRole('button', { name: /^View: Zoomed/ })
  await expect(view).toHaveAccessibleName(/modified/)
  await expect.poll(async () => (await state()).comparedRunIds.length).toBe(1)
  const { comparison } = await state()
  for (const name of ['charts', 'xName', 'xRange', 'smoothing', 'band', 'grouping', 'colorBy'] as const)
    expect([name, comparison![name]]).not.toEqual([name, saved.comparison[name]])

  await view.click()
  await page.getByRole('menuitem', { name: 'Zoomed', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Compare' })).toBeVisible()
  await expect(view).not.toHaveAccessibleName(/modified/)
  await expect.poll(() => names(page)).toEqual(shown)
  await expect.poll(state).toMatchObject({ runsTable: saved.runsTable, comparison: saved.comparison })
  expect([...(await state()).comparedRunIds].sort()).toEqual(saved.runIds)
  expect((await runs.call('settings.get')).hiddenRuns).toEqual(saved.hiddenRunIds)
  await runs.quit()

  const again = await launchApp({ db: runs.db })
  await again.page.getByRole('navigation').getByRole('button', { name: 'Compare' }).click()
  await expect.poll(() => names(again.page)).toEqual(shown)
  await again.page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  await expect(again.page.getByRole('columnheader', { name: 'note', exact: true })).toBeAttached()
  await again.page.getByRole('button', { name: /^View/ }).click()
  await again.page.getByRole('menuitem', { name: 'Zoomed', exact: true }).click()
  await expect.poll(() => names(again.page)).toEqual(shown)
  expect((await again.call('settings.get')).views).toEqual([saved])
})

test('Runs and Compare have one selection, also after a restart', async ({ launchRuns, launchApp }) => {
  const runs = await launchRuns()
  const { page, rows, bar } = runs
  await rows.nth(0).click()
  await rows.nth(3).click({ modifiers: ['Shift'] })
  await page.getByRole('navigation').getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByRole('heading', { name: 'Compare' })).toBeVisible()
  await expect(page.getByText(/^4 runs/)).toBeVisible()
  const newest = (await runs.call('runs.list'))[0].name
  await page.getByRole('button', { name: 'Choose runs' }).click()
  await page.getByRole('checkbox', { name: newest }).first().click()
  await page.keyboard.press('Escape')
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  await expect(bar).toContainText('3 runs selected')
  await expect.poll(async () => (await runs.call('settings.get')).workspace.comparedRunIds.length).toBe(3)
  await runs.quit()

  const again = await launchApp({ db: runs.db })
  await again.page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  const barAgain = again.page.getByRole('toolbar', { name: 'Selected runs' })
  await expect(barAgain).toContainText('3 runs selected')
  await again.page.keyboard.press('Escape')
  await again.page.getByRole('grid', { name: 'Runs' }).focus()
  await again.page.keyboard.press('Escape')
  await expect(barAgain).toBeHidden()
  await again.page.getByRole('navigation').getByRole('button', { name: 'Compare' }).click()
  await expect(again.page.getByText('Nothing to compare yet')).toBeVisible()
})
