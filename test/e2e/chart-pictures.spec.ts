// Charts and tables taken away: pictures as files and on the clipboard, tables as text. Each is what is on screen.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { seriousViolations } from './support/accessibility'
import { expect, test, type RunsApp } from './support/seeded'

/** The native dialog answers with this path. */
async function answerDialog({ app }: RunsApp, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
}

/** Width and height of a PNG file, which begins with them. PNG (Third Edition) 11.2.1. */
function sizeOf(png: Buffer): [number, number] {
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  return [png.readUInt32BE(16), png.readUInt32BE(20)]
}

/** The picture that is on the clipboard, as a PNG file; by either clipboard of Electron. */
async function copiedPicture(app: ElectronApplication): Promise<Buffer> {
  const base64 = await app.evaluate(async ({ clipboard }) => {
    const older = clipboard as unknown as { readImage?: () => { toPNG(): Buffer } }
    if (older.readImage !== undefined) return older.readImage().toPNG().toString('base64')
    const [item] = await clipboard.read()
    const blob = await item.getType('image/png')
    return Buffer.from(await (blob as Blob).arrayBuffer()).toString('base64')
  })
  return Buffer.from(base64, 'base64')
}

const copiedText = (app: ElectronApplication) => app.evaluate(({ clipboard }) => clipboard.readText())

async function compareFirst(runs: RunsApp, count: number): Promise<void> {
  const { page, rows } = runs
  await rows.nth(0).click()
  await rows.nth(count - 1).click({ modifiers: ['Shift'] })
  await page.keyboard.press('c')
  await expect(page.getByRole('heading', { name: 'Compare' })).toBeVisible()
  await expect(page.getByRole('application', { name: /line(s)? of val\/loss/ })).toBeVisible()
}

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).first().click()
  await page.getByRole('menuitem', { name: item }).first().click()
}

// One after the other: there is one clipboard.
test.describe.configure({ mode: 'default' })

test('a chart is saved at one and at two pixels a point, and copied, all alike', async ({
  openRuns,
  folder,
}) => {
  const runs = await openRuns()
  const { page, app } = runs
  await compareFirst(runs, 10)
  const chart = (await page.getByRole('application').boundingBox())!
  const save = async (item: string, file: string): Promise<Buffer> => {
    await answerDialog(runs, join(folder, file))
    await choose(page, item)
    await expect(page.getByRole('status').filter({ hasText: `to ${file}` })).toBeVisible()
    return readFileSync(join(folder, file))
  }
  const small = sizeOf(await save('Chart as PNG, 1×', 'one.png'))
  const large = sizeOf(await save('Chart as PNG, 2×', 'two.png'))
  expect(small[0]).toBe(Math.round(chart.width))
  // Title, words and legend stand above and below the chart.
  expect(small[1]).toBeGreaterThan(chart.height + 60)
  expect(large).toEqual([2 * small[0], 2 * small[1]])

  await choose(page, 'Copy chart')
  const notice = page.getByRole('status').filter({ hasText: 'Copied the chart: val/loss, 10 runs' })
  await expect(notice).toContainText(
    `A picture of ${large.map((pixels) => pixels.toLocaleString('en-US')).join(' × ')} pixels.`,
  )
  expect(sizeOf(await copiedPicture(app))).toEqual(large)
})

test('a key copies the chart that has the focus, also where its table is on screen', async ({ openRuns }) => {
  const runs = await openRuns()
  const { page, app } = runs
  await compareFirst(runs, 6)
  await page.getByRole('button', { name: 'Add a chart' }).click()
  await page.getByRole('option', { name: 'val/accuracy' }).click()
  const second = page.getByRole('application', { name: /val\/accuracy/ })
  await second.focus()
  await page.keyboard.press('Control+Shift+C')
  await expect(page.getByText('Copied the chart: val/accuracy, 6 runs')).toBeVisible()
  const [width] = sizeOf(await copiedPicture(app))
  expect(width).toBe(2 * Math.round((await second.boundingBox())!.width))

  await page.getByRole('button', { name: 'Export', exact: true }).click()
  // Each chart has a menu of its own, open to the keyboard as well.
  await page.getByRole('menuitem', { name: 'Chart of val/accuracy' }).focus()
  await page.keyboard.press('ArrowRight')
  const ofSecond = page.getByRole('menu', { name: 'Chart of val/accuracy' })
  await expect(ofSecond.getByRole('menuitem')).toHaveText([
    'Copy chart',
    'Chart as PNG, 2×',
    'Chart as PNG, 1×',
    'Chart as SVG',
    'Lines and bands as CSV',
  ])
  expect(await seriousViolations(page)).toEqual([])
  await ofSecond.getByRole('menuitem', { name: 'Copy chart' }).click()
  await expect(page.getByText('Copied the chart: val/accuracy, 6 runs')).toHaveCount(2)

  await page.getByRole('button', { name: 'Show as table' }).click()
  await page.keyboard.press('Control+Shift+C')
  await expect(page.getByText('Copied the chart: val/loss, 6 runs')).toBeVisible()
})

test('the groups are copied as a table with every digit, as TSV and as Markdown', async ({ openRuns }) => {
  const runs = await openRuns()
  const { page, app, call } = runs
  await compareFirst(runs, 10)
  await choose(page, 'Copy groups as TSV')
  await expect(page.getByText(/^Copied \d+ rows? as TSV$/)).toBeVisible()
  const [head, ...rows] = (await copiedText(app)).trimEnd().split('\n')
  const columns = head.split('\t')
  expect(columns.slice(0, 3)).toEqual(['group', 'n', 'best val/loss'])
  expect(columns).toContain('optimizer.learningRate')
  const cells = rows.map((row) => row.split('\t'))
  expect(cells.reduce((sum, row) => sum + Number(row[1]), 0)).toBe(10)
  const compared = (await call('settings.get')).workspace.comparedRunIds
  const bests = (await call('runs.rows', { ids: compared })).map(({ metrics }) => metrics['val/loss']!.best!)
  const total = cells.reduce((sum, row) => sum + Number(row[1]) * Number(row[2]), 0)
  expect(total).toBeCloseTo(
    bests.reduce((sum, best) => sum + best, 0),
    10,
  )

  await choose(page, 'Copy groups as Markdown')
  await expect(page.getByText(/^Copied \d+ rows? as Markdown$/)).toBeVisible()
  const markdown = (await copiedText(app)).trimEnd().split('\n')
  expect(markdown[1]).toMatch(/^\| :-- \| --: \| --: \|/)
  expect(markdown).toHaveLength(rows.length + 2)
  for (const line of markdown) expect(line.split(/(?<!\\)\|/)).toHaveLength(columns.length + 2)
})

test('the table of runs is copied with whole numbers: the selected runs, or all that the filter finds', async ({
  openRuns,
}) => {
  const runs = await openRuns()
  const { page, app, call, rows } = runs
  await page.getByRole('combobox', { name: 'Filter runs' }).fill('optimizer = adam')
  await page.keyboard.press('Enter')
  await expect.poll(() => rows.count()).toBeGreaterThan(2)
  const adam = (await call('runs.list')).filter(
    ({ hyperparameters }) => hyperparameters['optimizer.kind'] === 'adam',
  )
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByText(`${adam.length} runs that the filter finds`)).toBeVisible()
  await page.getByRole('menuitem', { name: 'Copy runs as TSV' }).click()
  await expect(page.getByText(`Copied ${adam.length} rows as TSV`)).toBeVisible()
  const [head, ...lines] = (await copiedText(app)).trimEnd().split('\n')
  const columns = head.split('\t')
  const byId = new Map(adam.map((run) => [run.id, run]))
  for (const line of lines) {
    const cells = line.split('\t')
    const run = byId.get(cells[columns.indexOf('id')])!
    expect(cells[columns.indexOf('name')]).toBe(run.name)
    expect(cells[columns.indexOf('learning rate')]).toBe(
      String(run.hyperparameters['optimizer.learningRate']),
    )
    expect(cells[columns.indexOf('best val/loss')]).toBe(String(run.metrics['val/loss']?.best ?? ''))
    expect(cells[columns.indexOf('accuracy (share)')]).toBe(String(run.metrics['val/accuracy']?.last ?? ''))
  }

  await rows.nth(0).click()
  await rows.nth(1).click({ modifiers: ['Control'] })
  await page
    .getByRole('banner')
    .or(page.locator('header'))
    .getByRole('button', { name: 'Export', exact: true })
    .click()
  await expect(page.getByText('2 runs selected').last()).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('menuitem', { name: 'Copy runs as Markdown' }).click()
  await expect(page.getByText('Copied 2 rows as Markdown')).toBeVisible()
  expect((await copiedText(app)).trimEnd().split('\n')).toHaveLength(4)
})
