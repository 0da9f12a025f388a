// The source documents as a person meets them: read beside the design, compared with one click, kept over a restart.

import type { Page } from '@playwright/test'
import { seriousViolations } from './support/accessibility'
import { expect, test } from './support/app'

async function openPreset(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${title}`) }).click()
  await expect(page.getByRole('heading', { name: 'Layers' })).toBeVisible()
}
const panel = (page: Page) => page.getByRole('region', { name: 'Document', exact: true })
const strip = (page: Page) => page.getByRole('region', { name: 'Source document' })
const card = (page: Page, number: number) =>
  page.getByRole('region', { name: 'Layers' }).getByRole('button', { name: new RegExp(`^${number}\\s*\\w`) })

test('the document of simple-net stands beside its layers, within the content security policy', async ({
  openApp,
}) => {
  const { page, outboundRequests } = await openApp()
  await page.evaluate(() => {
    const found: string[] = []
    Object.assign(globalThis, { policyViolations: found })
    document.addEventListener('securitypolicyviolation', (event) => found.push(event.violatedDirective))
  })
  await openPreset(page, 'S1 simple-net')
  await expect(strip(page)).toContainText('Jaume Colom')

  // Formulas are there for eyes and as MathML, in KaTeX's own letters.
  await expect(panel(page).locator('math').first()).toBeAttached()
  await expect(panel(page).locator('.katex-html').first()).toBeVisible()
  await page.evaluate(() => document.fonts.ready)
  const fonts = await page.evaluate(() =>
    [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family),
  )
  expect(fonts).toContain('KaTeX_Main')
  expect(fonts).toContain('KaTeX_Math')
  for (const section of ['Left open and chosen', 'Corrected slips', 'What is verified', 'Source']) {
    await expect(panel(page).getByRole('region', { name: section })).toBeVisible()
  }

  // A layer is chosen from its equations, and equations stand out with their layer.
  const second = panel(page).getByRole('button', { name: 'Layer 2, Dense' })
  await second.focus()
  await page.keyboard.press('Enter')
  await expect(second).toHaveAttribute('aria-pressed', 'true')
  await expect(card(page, 2)).toHaveAttribute('aria-expanded', 'true')
  await card(page, 1).click()
  await expect(second).toHaveAttribute('aria-pressed', 'false')
  await expect(panel(page).getByRole('button', { name: 'Layer 1, Dense' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  expect(await seriousViolations(page)).toEqual([])

  // With the training settings in its place, the equations go into the layer's card.
  await page.getByRole('tab', { name: 'Training' }).click()
  const inCard = page.getByRole('region', { name: 'Equations of layer 1' })
  await expect(inCard.locator('math')).not.toHaveCount(0)
  await page.getByRole('textbox', { name: 'Learning rate' }).fill('0.01')
  expect(await seriousViolations(page)).toEqual([])
  await page.getByRole('tab', { name: 'Document' }).click()
  await expect(panel(page).getByText('The design differs from the document in 1 setting')).toBeVisible()
  await expect(panel(page).getByText('learning rate: 0.001 → 0.01')).toBeVisible()

  expect(await page.evaluate(() => (globalThis as { policyViolations?: string[] }).policyViolations)).toEqual(
    [],
  )
  expect(await outboundRequests()).toBe(0)
})

test('one click runs the worked example down and up, and opens both in Compare', async ({ openApp }) => {
  const { page, call, runWhen } = await openApp()
  await openPreset(page, 'S3 by hand')
  await strip(page).getByRole('button', { name: 'Run and compare: The printed sign' }).click()
  await expect(page.getByRole('heading', { name: 'Compare' })).toBeVisible()
  const runs = await call('runs.list')
  expect(runs).toHaveLength(2)
  for (const run of runs) await expect(page.getByText(run.name, { exact: false }).first()).toBeVisible()
  const [down, up] = [...runs].sort((a, b) => a.number - b.number)
  for (const { id } of [down, up]) await runWhen(id, ({ status }) => status === 'finished')
  expect((await call('runs.detail', { id: up.id })).spec.optimizer).toMatchObject({ direction: 'ascent' })
  const losses = await Promise.all(
    [down, up].map(async ({ id }) => {
      const { summary } = await call('runs.detail', { id })
      return summary.metrics['train/loss'].last
    }),
  )
  expect(losses[0]).toBeLessThan(0.001)
  expect(losses[1]).toBeGreaterThan(0.2983711087600027)
})

test('a member that the design refuses is named with its reason, and the others run', async ({ openApp }) => {
  const { page, call } = await openApp()
  await openPreset(page, 'S2 AI-Library, XOR')
  const compare = panel(page).getByRole('region', { name: 'Run and compare' })
  await expect(compare.getByText(/tanh: refused\. .*logarithm/)).toBeVisible()
  await compare.getByRole('button', { name: 'Run and compare: Binary cross-entropy on tanh' }).click()
  await expect(page.getByRole('heading', { name: 'Compare' })).toBeVisible()
  const notice = page.getByRole('status').filter({ hasText: 'Not started: binary cross-entropy on tanh' })
  await expect(notice).toContainText('logarithm')
  expect((await call('runs.list')).map(({ name }) => name)).not.toContainEqual(
    expect.stringContaining('on tanh'),
  )
  expect(await call('runs.list')).toHaveLength(2)
})

test('the document is still there after a restart, and its strip fits a small dark window', async ({
  launchApp,
  folder,
}) => {
  const userData = `${folder}/home`
  const first = await launchApp({ userData })
  await openPreset(first.page, 'S4 linearized weights')
  await expect(panel(first.page)).toBeVisible()
  await expect.poll(async () => (await first.call('settings.get')).draft ?? '').toContain('"id":"s4"')
  await first.quit()

  const { app, page, call } = await launchApp({ userData })
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].setContentSize(1024, 700))
  await call('settings.set', { theme: 'dark' })
  await page.getByRole('button', { name: /^Linearized weights\s*edited/ }).click()
  await expect(panel(page)).toBeVisible()
  await expect(strip(page)).toContainText('Linearized weights')
  await expect(panel(page).locator('.katex-html').first()).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})
