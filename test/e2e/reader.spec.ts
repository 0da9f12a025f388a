// The process that answers the page's long reads: what becomes of the page when it dies, and when the page reloads.

import type { Page } from '@playwright/test'
import type { OpenedApp } from './support/app'
import { expect, test } from './support/seeded'

/** Process ids of the readers that live now. */
function readers({ app }: OpenedApp): Promise<number[]> {
  return app.evaluate(({ app: electron }) =>
    electron
      .getAppMetrics()
      .filter(({ name }) => name === 'Descent reader')
      .map(({ pid }) => pid),
  )
}

async function openNewestRun(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  const rows = page.getByRole('grid', { name: 'Runs' }).getByRole('row')
  await expect(rows.nth(1)).toBeVisible()
}

test('the page gets its runs from the reader, and a new reader after the old one died', async ({
  openRuns,
}) => {
  const launched = await openRuns()
  const { page } = launched
  const [first] = await readers(launched)
  expect(first).toBeGreaterThan(0)

  process.kill(first, 'SIGKILL')
  await expect.poll(() => readers(launched)).not.toContain(first)
  await page.reload()
  await openNewestRun(page)
  await expect.poll(() => readers(launched)).toHaveLength(1)
})

test('a page that is loaded again gets its runs, each time', async ({ openRuns }) => {
  const { page } = await openRuns()
  for (let time = 0; time < 3; time++) {
    await page.reload()
    await openNewestRun(page)
  }
})

test('curves come where the reader dies again and again, then from main', async ({ openRuns }) => {
  const launched = await openRuns()
  for (let time = 0; time < 4; time++) {
    const [reader] = await readers(launched)
    if (reader === undefined) break
    process.kill(reader, 'SIGKILL')
    await expect.poll(() => readers(launched)).not.toContain(reader)
  }
  await launched.page.reload()
  await openNewestRun(launched.page)
})
