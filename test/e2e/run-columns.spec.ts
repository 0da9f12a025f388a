// Columns of the runs table that ask the log for more than a run's summary: a metric at a chosen epoch.

import type { Locator } from '@playwright/test'
import { formatMetric, MISSING } from '../../renderer/format'
import { readLog } from './support/database'
import { expect, test } from './support/seeded'

/** The made-up runs of one family have 12 epochs, of the others more. */
const EPOCH = 20
const TITLE = `val/loss @ ${EPOCH}`

/** The column's text by run, of the rows on screen from top to bottom. */
async function shown(table: Locator): Promise<{ id: string; text: string }[]> {
  const heads = await table.getByRole('columnheader').allTextContents()
  const index = heads.findIndex((head) => head.trim() === TITLE)
  return table.locator('[data-row-key]').evaluateAll(
    (rows, at) =>
      rows.map((row) => ({
        id: row.getAttribute('data-row-key')!,
        text: row.querySelectorAll('[role=gridcell]')[at].textContent!.trim(),
      })),
    index,
  )
}

test('a metric at an epoch is a column of the values in the log, sorts, and says where there is none', async ({
  openRuns,
}) => {
  const { page, table, db } = await openRuns()
  await page.getByRole('button', { name: 'Columns' }).click()
  const epoch = page.getByRole('textbox', { name: 'Epoch of the column' })
  const add = page.getByRole('button', { name: 'Add', exact: true })
  await epoch.fill('0')
  await expect(add).toBeDisabled()
  await epoch.fill(String(EPOCH))
  await add.click()
  await page.keyboard.press('Escape')

  /** From the curves, which the column's own query does not read. */
  const expected = readLog(db, (log) => {
    const ids = log.listRuns().map(({ id }) => id)
    return new Map(
      log.curves(ids).map(({ epochs }, index) => {
        const at = epochs.epoch.indexOf(EPOCH)
        return [ids[index], at < 0 ? null : epochs.metrics['val/loss'].values[at]]
      }),
    )
  })
  const asExpected = (rows: { id: string }[]) =>
    rows.map(({ id }) => ({ id, text: formatMetric('val/loss', expected.get(id)) }))
  const isAsExpected = async () => {
    const rows = await shown(table)
    expect(rows.length).toBeGreaterThan(10)
    expect(rows).toEqual(asExpected(rows))
    return rows
  }
  const head = table.getByRole('columnheader', { name: TITLE })
  await expect(async () => void (await isAsExpected())).toPass()

  await head.getByRole('button').click()
  await expect(head).toHaveAttribute('aria-sort', 'ascending')
  await expect.poll(async () => (await shown(table))[0].text).not.toBe(MISSING)
  const lowest = (await isAsExpected()).map(({ id }) => expected.get(id)!)
  expect(lowest).toEqual([...lowest].sort((a, b) => a - b))
  const all = [...expected.values()].filter((value) => value !== null && Number.isFinite(value)) as number[]
  expect(lowest[0]).toBe(Math.min(...all))

  // Those that never got so far stand last, however it is sorted.
  await table.focus()
  await page.keyboard.press('End')
  await expect.poll(async () => (await shown(table)).at(-1)!.text).toBe(MISSING)
  await isAsExpected()
})
