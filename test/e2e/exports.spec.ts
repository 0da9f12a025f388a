// What is taken away from a comparison is what it shows: files by the menu, and the same bytes by the command line.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { seriousViolations } from './support/accessibility'
import { expect, test } from './support/seeded'

/** The native dialog answers with this path. */
async function answerDialog(
  app: { evaluate: (work: unknown, argument: unknown) => Promise<unknown> },
  path: string,
) {
  await app.evaluate(({ dialog }: { dialog: { showSaveDialog: unknown } }, filePath: string) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
}

test('a comparison is written as numbers, as a picture and as a report', async ({ openRuns, folder }) => {
  const { page, app, rows } = await openRuns()
  await rows.nth(0).click()
  await rows.nth(9).click({ modifiers: ['Shift'] })
  await page.keyboard.press('c')
  await expect(page.getByRole('heading', { name: 'Compare' })).toBeVisible()
  const exportAs = async (item: string, file: string): Promise<string> => {
    const path = join(folder, file)
    await answerDialog(app as never, path)
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByRole('menuitem', { name: item }).click()
    await expect(page.getByRole('status').filter({ hasText: file })).toBeVisible()
    expect(existsSync(path)).toBe(true)
    return readFileSync(path, 'utf8')
  }

  const csv = await exportAs('Lines and bands as CSV', 'seen.csv')
  expect(csv).toMatch(/^# \d+ lines before the table/)
  expect(csv).toContain('# smoothing: EMA 0.60')
  expect(csv.match(/^# run r/gm)).toHaveLength(10)

  const svg = await exportAs('Chart as SVG', 'chart.svg')
  const problem = await page.evaluate(
    (text) =>
      new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent ?? '',
    svg,
  )
  expect(problem).toBe('')

  const html = await exportAs('Report (HTML)', 'report.html')
  expect(html).toContain('Settings and origin of each run')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.screenshot({ path: join(process.env.DESCENT_SHOTS ?? folder, 'export-menu.png') })
  expect(await seriousViolations(page)).toEqual([])
})
