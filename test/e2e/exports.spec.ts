// What is taken away from a comparison is what it shows: files by the menu, and the same bytes by the command line.

import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectRoot } from '../../scripts/lib/paths.mjs'
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

/** What the command line writes of these runs, with its defaults. */
async function fromCommandLine(db: string, format: string, ids: readonly string[]): Promise<string> {
  const args = ['export', '--format', format, '--db', db, ...ids.flatMap((id) => ['--run', id])]
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(projectRoot, 'scripts', 'descent.mjs'), ...args],
    { maxBuffer: 64 * 1024 * 1024 },
  )
  return stdout
}

/** Files tell when they were written. */
function withoutDate(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a date')
}

test('a comparison is written as numbers, as a picture and as a report', async ({ openRuns, folder }) => {
  const { page, app, db, rows } = await openRuns()
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

  const ids = [...csv.matchAll(/^# run (\w+):/gm)].map(([, id]) => id)
  expect(withoutDate(await fromCommandLine(db, 'seen', ids))).toBe(withoutDate(csv))

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
