// The runs table on 300 runs: find, sort, select, name, tag, note, take away and bring back.
// Each change is checked in the database and not on the screen alone.

import type { RunSummary } from '../../electron/contract'
import { readLog } from './support/database'
import { expect, test, type RunsApp } from './support/seeded'
import { seriousViolations } from './support/accessibility'
import { moonsSpec } from './support/specs'

/** Names from top to bottom, of the rows on screen. */
async function names({ rows }: RunsApp): Promise<string[]> {
  const boxes = await rows.getByRole('checkbox').all()
  return Promise.all(boxes.map(async (box) => (await box.getAttribute('aria-label'))!.replace('Select ', '')))
}
/** Texts of one column, by the title of its head. */
async function column({ table, rows }: RunsApp, title: string): Promise<string[]> {
  const heads = await table.getByRole('columnheader').allTextContents()
  const index = heads.findIndex((head) => head.trim() === title)
  const cells = await rows.all()
  return Promise.all(
    cells.map(async (row) => (await row.getByRole('gridcell').nth(index).innerText()).trim()),
  )
}

test('filters by words and conditions, counts, and points at mistakes', async ({ openRuns }) => {
  const runs = await openRuns()
  const { page, rows } = runs
  await page.keyboard.press('/')
  const filter = page.getByRole('combobox', { name: 'Filter runs' })
  await expect(filter).toBeFocused()

  await page.keyboard.type('mnist optimizer=adam lr<0.01')
  const expected = readLog(runs.db, (log) => log.listRuns()).filter(
    ({ datasetId, hyperparameters }) =>
      datasetId === 'mnist' &&
      hyperparameters['optimizer.kind'] === 'adam' &&
      Number(hyperparameters['optimizer.learningRate']) < 0.01,
  )
  expect(expected.length).toBeGreaterThan(0)
  await expect(page.getByText(`${expected.length} of 300 match`)).toBeVisible()
  await expect(page.getByText('3 conditions')).toBeVisible()
  expect((await names(runs)).slice(0, 5)).toEqual(expected.slice(0, 5).map((run) => run.name))

  await filter.fill('moons optimizr=adam')
  await expect(
    page.getByText('Columns 7 to 14: There is no field "optimizr"; did you mean optimizer?'),
  ).toBeVisible()
  await expect(rows.first()).toContainText('moons')

  await filter.fill('name:nowhere')
  await expect(page.getByText('No run matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filter' }).last().click()
  await expect(rows.first()).toBeVisible()
})

test('sorts by a click, and keeps NaN and missing values last both ways', async ({ openRuns }) => {
  const runs = await openRuns()
  const { table, page } = runs
  const last = table.getByRole('columnheader', { name: 'last', exact: true })
  await last.getByRole('button').click()
  await expect(last).toHaveAttribute('aria-sort', 'ascending')
  const lowest = (await column(runs, 'last')).map((text) => Number(text.replace('−', '-')))
  expect(lowest).toEqual([...lowest].sort((a, b) => a - b))
  await page.keyboard.press('Tab')
  await runs.rows.first().click()
  await page.keyboard.press('End')
  await expect(runs.row('NaN').last()).toBeVisible()

  await last.getByRole('button').click()
  await expect(last).toHaveAttribute('aria-sort', 'descending')
  // Focus is still on the column's head, and these keys are the table's.
  await table.focus()
  await page.keyboard.press('Home')
  await expect(runs.rows.first()).not.toContainText('NaN')
  await page.keyboard.press('End')
  await expect(runs.row('NaN').last()).toBeVisible()
})

test('selects by keyboard as lists on a desktop do', async ({ openRuns }) => {
  const runs = await openRuns()
  const { page, table, bar } = runs
  // Also before the table has the focus: the view was just opened from the rail.
  await page.keyboard.press('Control+a')
  await expect(bar).toContainText('300 runs selected')
  await page.getByRole('button', { name: 'Clear selection' }).click()
  await table.focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(bar).toContainText('1 run selected')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(bar).toContainText('3 runs selected')
  await page.keyboard.press('Control+a')
  await expect(bar).toContainText('300 runs selected')
  await page.keyboard.press('Escape')
  await expect(bar).toBeHidden()

  await page.keyboard.press('End')
  const oldest = readLog(runs.db, (log) => log.listRuns()).at(-1)!
  await expect(table.locator('[aria-rowindex="301"]')).toContainText(oldest.name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: oldest.name })).toBeVisible()
})

test('selects by mouse with Shift and Ctrl', async ({ openRuns }) => {
  const { rows, bar } = await openRuns()
  await rows.nth(2).click()
  await rows.nth(6).click({ modifiers: ['Shift'] })
  await expect(bar).toContainText('5 runs selected')
  await rows.nth(4).click({ modifiers: ['Control'] })
  await expect(bar).toContainText('4 runs selected')
  await rows.nth(9).getByRole('checkbox').click()
  await expect(bar).toContainText('5 runs selected')
})

test('renames in place, and Esc leaves the name as it was', async ({ openRuns }) => {
  const runs = await openRuns()
  const { page, table, rows } = runs
  await rows.nth(1).click()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Name of the run' }).fill('My best one')
  await page.keyboard.press('Enter')
  await expect(rows.nth(1)).toContainText('My best one')
  await expect(table).toBeFocused()

  await rows.nth(2).getByText(/seed/).first().dblclick()
  await page.getByRole('textbox', { name: 'Name of the run' }).fill('Never mind')
  await page.keyboard.press('Escape')
  const listed = readLog(runs.db, (log) => log.listRuns().map((run) => run.name))
  expect(listed[1]).toBe('My best one')
  expect(listed).not.toContain('Never mind')
})

test('tags several runs, undoes it, and writes a note', async ({ openRuns }) => {
  const runs = await openRuns()
  const { page, rows } = runs
  const tagged = (): number =>
    readLog(runs.db, (log) => log.listRuns().filter((run) => run.tags.includes('to-keep')).length)
  await rows.nth(0).click()
  await rows.nth(2).click({ modifiers: ['Shift'] })
  await page.keyboard.press('t')
  await page.keyboard.type('to-keep')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Tagged 3 runs #to-keep')).toBeVisible()
  await expect(rows.nth(1)).toContainText('#to-keep')
  expect(tagged()).toBe(3)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rows.nth(1)).not.toContainText('#to-keep')
  expect(tagged()).toBe(0)

  await rows.nth(5).click()
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: 'Note' }).fill('Try a lower rate.\nThen more epochs.')
  await page.getByRole('button', { name: 'Save note' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect
    .poll(() => readLog(runs.db, (log) => log.listRuns()[5].note))
    .toBe('Try a lower rate.\nThen more epochs.')
})

test('moves runs to the trash without asking, and Undo brings them back', async ({ openRuns }) => {
  const runs = await openRuns()
  const { page, rows } = runs
  const before = readLog(runs.db, (log) => log.listRuns())
  await rows.nth(0).click()
  await rows.nth(3).click({ modifiers: ['Shift'] })
  await page.keyboard.press('Delete')
  await expect(page.getByText('Moved 4 runs to the trash')).toBeVisible()
  await expect(page.getByText('296 in')).toBeVisible()
  expect(readLog(runs.db, (log) => log.listRuns())).toEqual(before.slice(4))
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('300 in')).toBeVisible()
  const after = readLog(runs.db, (log) => log.listRuns())
  expect(after.map((run) => [run.id, run.name, run.deletedAt])).toEqual(
    before.map((run) => [run.id, run.name, null]),
  )
})

test('adds a hyperparameter as a column and keeps columns after a restart', async ({
  launchRuns,
  launchApp,
}) => {
  const runs = await launchRuns()
  const { page, table } = runs
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'seed', exact: true }).click()
  await page.getByRole('searchbox', { name: 'Find a column' }).fill('shuffle')
  await page.getByRole('checkbox', { name: /training.shuffle/ }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  const titles = ['training.shuffle']
  await expect(table.getByRole('columnheader', { name: titles[0] })).toBeAttached()
  await expect(table.getByRole('columnheader', { name: 'seed', exact: true })).toHaveCount(0)
  await runs.quit()

  const again = await launchApp({ db: runs.db })
  await again.page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  await expect(again.page.getByRole('columnheader', { name: titles[0] })).toBeAttached()
  await expect(again.page.getByRole('columnheader', { name: 'seed', exact: true })).toHaveCount(0)
})

test('completes fields and values from the keyboard', async ({ openRuns }) => {
  const { page } = await openRuns()
  await page.keyboard.press('/')
  const field = page.getByRole('combobox', { name: 'Filter runs' })
  await page.keyboard.type('optim')
  await expect(page.getByRole('listbox')).toBeVisible()
  await expect(field).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('Tab')
  await expect(field).toHaveValue('optimizer ')
  await page.keyboard.type('= ad')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option', { name: /^adam/ })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue('optimizer = adam ')
  await expect(page.getByText('1 condition')).toBeVisible()
  await page.keyboard.type('ta')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox')).toBeHidden()
  await expect(field).toHaveValue('optimizer = adam ta')
})

test('groups runs by their design, and a group stands for its runs', async ({ openRuns }) => {
  const runs = await openRuns()
  const { page, rows, bar } = runs
  await page.getByRole('button', { name: /^Group by/ }).click()
  await page.getByRole('radio', { name: 'All but seed' }).click()
  await page.keyboard.press('Escape')
  const first = readLog(runs.db, (log) => log.listRuns()).filter(
    (run, _, all) => run.experiment === all[0].experiment,
  )
  const best = first.map((run) => run.metrics['val/loss'].best!)
  const mean = best.reduce((sum, value) => sum + value, 0) / best.length
  const deviation = Math.sqrt(best.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (best.length - 1))
  await expect(rows.first()).toContainText(`n = ${first.length}`)
  await expect(rows.first()).toContainText(`${mean.toFixed(4)} ± ${deviation.toFixed(4)}`)
  await rows.first().click()
  await expect(bar).toContainText(`${first.length} runs in 1 group selected`)
  await page.keyboard.press('ArrowRight')
  await expect(rows.nth(1)).toContainText(first[0].name)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowLeft')
  await expect(rows.nth(1)).toContainText('n = ')
})

test('acts on all runs of the groups selected, says how many, and Undo brings every one back', async ({
  openRuns,
}) => {
  const runs = await openRuns()
  const { page, rows, bar } = runs
  await page.getByRole('button', { name: /^Group by/ }).click()
  await page.getByRole('radio', { name: 'All but seed' }).click()
  await page.keyboard.press('Escape')
  const list = () => readLog(runs.db, (log) => log.listRuns())
  const before = list()
  const [first, second] = [...new Set(before.map(({ experiment }) => experiment))]
  const ids = before.filter(({ experiment }) => [first, second].includes(experiment)).map(({ id }) => id)
  await rows.nth(0).click()
  await rows.nth(1).click({ modifiers: ['Shift'] })
  const selected = `${ids.length} runs in 2 groups selected`
  await expect(bar).toContainText(selected)
  const changedIds = (isChanged: (run: RunSummary) => boolean) => () =>
    list()
      .filter(isChanged)
      .map(({ id }) => id)
  const undo = () => page.getByRole('button', { name: 'Undo' }).last().click()

  await page.keyboard.press('t')
  await page.keyboard.type('pair')
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Tagged ${ids.length} runs #pair`)).toBeVisible()
  await page.keyboard.press('Escape')
  const tagged = changedIds(({ tags }) => tags.includes('pair'))
  expect(tagged()).toEqual(ids)
  await undo()
  await expect.poll(tagged).toEqual([])

  await runs.table.focus()
  await page.keyboard.press('l')
  await expect(page.getByText(`Locked ${ids.length} runs`)).toBeVisible()
  const locked = changedIds(({ isLocked }) => isLocked)
  expect(locked()).toEqual(ids)
  await undo()
  await expect.poll(locked).toEqual([])

  await page.keyboard.press('e')
  await expect(page.getByText(`Archived ${ids.length} runs`)).toBeVisible()
  const archived = changedIds(({ archivedAt }) => archivedAt !== null)
  expect(archived()).toEqual(ids)
  await expect(page.getByText(`${300 - ids.length} in`)).toBeVisible()
  // What is put aside is still what was selected, here and in Compare.
  await page.getByRole('radio', { name: `Archived ${ids.length}` }).click()
  await expect(bar).toContainText(selected)
  await page.getByRole('radio', { name: 'Current' }).click()
  await undo()
  await expect.poll(archived).toEqual([])
  await expect(bar).toContainText(selected)

  await page.keyboard.press('Delete')
  await expect(page.getByText(`Moved ${ids.length} runs to the trash`)).toBeVisible()
  expect(list()).toHaveLength(300 - ids.length)
  await undo()
  await expect.poll(() => list().map(({ id }) => id)).toEqual(before.map(({ id }) => id))
})

test('archives, locks and deletes for good; what is locked is left and named', async ({ openRuns }) => {
  const runs = await openRuns()
  const { page, rows } = runs
  const listed = readLog(runs.db, (log) => log.listRuns())
  await rows.nth(0).click()
  await page.keyboard.press('l')
  await expect(rows.nth(0).getByRole('img', { name: 'locked' })).toBeVisible()
  await rows.nth(2).click({ modifiers: ['Shift'] })
  await page.keyboard.press('Delete')
  await expect(page.getByText(`1 locked run was left: no. ${listed[0].number}`)).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Trash 2' })).toBeVisible()
  await expect(rows.nth(0)).toContainText(listed[0].name)

  await rows.nth(1).click()
  await page.keyboard.press('e')
  await expect(page.getByText('Archived 1 run')).toBeVisible()
  await page.getByRole('radio', { name: 'Archived 1' }).click()
  await expect(rows).toHaveCount(1)
  await expect(rows.nth(0)).toContainText(listed[3].name)

  await page.getByRole('radio', { name: 'Trash 2' }).click()
  await expect(rows).toHaveCount(2)
  await rows.nth(0).click()
  await page.keyboard.press('e')
  await expect(rows).toHaveCount(1)
  await rows.nth(0).click()
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: 'Delete 1 run for good' }).click()
  await expect(page.getByText('The trash is empty')).toBeVisible()
  const left = readLog(runs.db, (log) => [...log.listRuns(), ...log.listTrash()])
  expect(left.map((run) => run.id)).not.toContain(listed[2].id)
  expect(left).toHaveLength(299)
})

test('clearing up the trash leaves what is compared as it was', async ({ openRuns }) => {
  const { page, rows, bar } = await openRuns()
  await rows.nth(0).click()
  await rows.nth(1).click({ modifiers: ['Shift'] })
  await page.keyboard.press('Delete')
  await rows.nth(0).click()
  await rows.nth(2).click({ modifiers: ['Shift'] })
  await expect(bar).toContainText('3 runs selected')

  await page.getByRole('radio', { name: 'Trash 2' }).click()
  await expect(bar).toHaveCount(0)
  await rows.nth(0).click()
  await expect(bar).toContainText('1 run selected')
  await page.getByRole('navigation').getByRole('button', { name: 'Compare' }).click()
  await expect(page.getByText(/^3 runs/)).toBeVisible()

  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  await page.keyboard.press('e')
  await expect(rows).toHaveCount(1)
  await expect(bar).toHaveCount(0)
  await page.getByRole('radio', { name: 'Current' }).click()
  await expect(bar).toContainText('3 runs selected')
})

test('hides a run in charts by its mark', async ({ openRuns }) => {
  const runs = await openRuns()
  const mark = runs.rows.nth(1).getByRole('button', { name: /in charts/ })
  await expect(mark).toHaveAttribute('aria-pressed', 'true')
  await mark.click()
  await expect(mark).toHaveAttribute('aria-pressed', 'false')
  const [, second] = await runs.call('runs.list')
  expect((await runs.call('settings.get')).hiddenRuns).toEqual([second.id])
})

test('runs a run again, shows it training in its row, and edits one as new', async ({ openApp }) => {
  const launched = await openApp()
  const { page } = launched
  const first = await launched.call('runs.start', { spec: moonsSpec() })
  await launched.runWhen(first.id, ({ status }) => status === 'finished')
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  const rows = page.getByRole('row').filter({ has: page.getByRole('gridcell') })
  await rows.first().click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Run again' }).click()
  await expect(rows).toHaveCount(2)
  const [second] = await launched.call('runs.list')
  const finished = await launched.runWhen(second.id, ({ status }) => status === 'finished')
  await expect(rows.first()).toContainText('Finished')
  const original = (await launched.call('runs.detail', { id: first.id })).summary
  expect(finished.hyperparameters).toEqual(original.hyperparameters)
  expect(finished.weightsHash).toBe(original.weightsHash)

  await rows.nth(1).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Edit as new' }).click()
  await expect(page).toHaveTitle('Design – Descent')
  await expect(page.getByText(`from run ${original.name}`)).toBeVisible()
})

test('has no serious accessibility problem in either theme', async ({ openRuns }) => {
  // Six examinations of a full table.
  test.slow()
  const runs = await openRuns()
  const { page, rows } = runs
  await rows.nth(1).click()
  for (const theme of ['light', 'dark'] as const) {
    await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('radio', { name: theme === 'light' ? 'Light' : 'Dark' }).click()
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
    expect(await seriousViolations(page)).toEqual([])
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible()
    expect(await seriousViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
  }
})
