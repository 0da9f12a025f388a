// One step of backpropagation read off the screen: the numbers shown are those of the analysis call, for a run at a
// step of it and for a design that was never trained.

import type { Page } from '@playwright/test'
import { seriousViolations } from './support/accessibility'
import { expect, test, type OpenedApp } from './support/app'
import { moonsSpec } from './support/specs'

const network = (page: Page) => page.getByRole('application', { name: /^Network/ })
const row = (page: Page, phase: string) => page.getByTestId(`row-${phase}`)
/** The exact result of a row. */
const result = async (page: Page, phase: string): Promise<number> => {
  const title = await row(page, phase).getByTestId('exact').getAttribute('title')
  return Number(title!.split(' ')[0])
}
const next = (page: Page) => page.getByRole('button', { name: 'Next', exact: true })

/** Trains a run to its end and opens its microscope. */
async function openMicroscope({ page, call, runWhen }: OpenedApp, spec: unknown): Promise<string> {
  const { id, name } = await call('runs.start', { spec })
  await runWhen(id, ({ status }) => status === 'finished')
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  await page.getByRole('gridcell', { name }).first().dblclick()
  await page.getByRole('tab', { name: 'Microscope' }).click()
  await expect(network(page)).toBeVisible()
  return id
}

test('a run at one of its steps, cell by cell: the numbers are those of the analysis', async ({
  openApp,
}) => {
  const launched = await openApp()
  const { page, call } = launched
  const id = await openMicroscope(launched, moonsSpec({ name: 'looked into', epochs: 5 }))
  const ask = (step: number, example: number) =>
    call('analysis.openMicroscope', {
      token: 'test',
      subject: { runId: id },
      step,
      place: { part: 'training', example },
    })

  const step = page.getByRole('textbox', { name: 'Step', exact: true })
  await step.fill('37')
  await step.press('Enter')
  await expect(page.getByText('η = 0.01')).toBeVisible()
  const opened = await ask(37, 0)
  expect(opened.trace.place).toMatchObject({ step: 37, epoch: 3 })
  await expect(page.getByRole('button', { name: `Loss: ${opened.trace.loss.value}. Copy` })).toBeVisible()

  // The arrow keys choose a cell; what was asked for here made the window's own question old, which it must survive.
  await network(page).focus()
  const cellNow = async () => {
    const name = await page.getByTestId('selected-cell').innerText()
    return Number(/cell (\d+)/.exec(name)![1]) - 1
  }
  const first = await cellNow()
  const expected = first === 15 ? first - 1 : first + 1
  await page.keyboard.press(first === 15 ? 'ArrowUp' : 'ArrowDown')
  await expect(network(page)).toHaveAccessibleName(new RegExp(`Layer 1, cell ${expected + 1}, activation`))

  const again = await ask(37, 0)
  const cell = await call('analysis.traceCell', { id: again.id, layer: 0, cell: expected })
  const [strongest] = cell.forward!.terms.strongest
  const weight = await call('analysis.traceParameter', {
    id: again.id,
    layer: 0,
    kind: 'weight',
    index: strongest.weight,
  })
  expect(await result(page, 'sum')).toBe(cell.preActivation)
  expect(await result(page, 'activation')).toBe(cell.output)
  expect(await result(page, 'error')).toBe(cell.error)
  expect(await result(page, 'delta')).toBe(cell.delta)
  expect(await result(page, 'gradient')).toBe(weight.gradient)
  expect(await result(page, 'update')).toBe(weight.updated)

  await page.getByRole('button', { name: 'Next example' }).click()
  const second = await ask(37, 1)
  await expect(page.getByRole('button', { name: `Loss: ${second.trace.loss.value}. Copy` })).toBeVisible()
  await expect(network(page)).toHaveAccessibleName(new RegExp(`Layer 1, cell ${expected + 1}, activation`))
  await page.getByRole('button', { name: 'To the end' }).click()
  const last = await ask(50, 1)
  await expect(page.getByRole('button', { name: `Loss: ${last.trace.loss.value}. Copy` })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next step' })).toBeDisabled()
})

test('the walk goes forward through the layers and back, by keyboard alone, for everybody', async ({
  openApp,
}) => {
  const launched = await openApp()
  const { page } = launched
  await openMicroscope(launched, moonsSpec({ name: 'walked', epochs: 1 }))
  const heading = page
    .getByRole('region', { name: 'Equations of the cell' })
    .getByRole('heading', { level: 2 })
  const walked: string[] = []
  for (;;) {
    walked.push((await heading.innerText()).replace(/, cell \d+/, ''))
    if (await next(page).isDisabled()) break
    const before = await heading.innerText()
    await next(page).focus()
    await page.keyboard.press('Enter')
    await expect(heading).not.toHaveText(before)
  }
  // The logistic output is compiled with its loss: it has a delta and no error.
  expect(walked).toEqual([
    'Layer 1: forward sum',
    'Layer 1: activation',
    'Layer 2: forward sum',
    'Layer 2: activation',
    'Layer 2: loss',
    'Layer 2: delta',
    'Layer 2: gradient',
    'Layer 2: update',
    'Layer 1: error from above',
    'Layer 1: delta',
    'Layer 1: gradient',
    'Layer 1: update',
  ])
  await expect(page.locator('[aria-current=step]')).toHaveText(/Update/)
  await expect(page.getByRole('radio', { name: 'Delta' })).toBeChecked()
  await expect(page.locator('.katex').first()).toBeVisible()
  expect(await seriousViolations(page)).toEqual([])
})

test('a long way to a step shows how far it is and can be canceled', async ({ openApp }) => {
  const { page } = await openApp()
  await page.getByRole('button', { name: /^Two moons/ }).click()
  await page.getByRole('textbox', { name: 'Epochs' }).fill('100000')
  await page.getByRole('button', { name: 'Look inside one step' }).click()
  await expect(network(page)).toBeVisible()
  await page.getByRole('button', { name: 'To the end' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Training again up to the step' })).toBeVisible()
  await expect(page.getByRole('progressbar', { name: 'Training up to the step' })).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('progressbar', { name: 'Training up to the step' })).toBeHidden()
  await expect(page.getByRole('textbox', { name: 'Step', exact: true })).toHaveValue('0')
  await expect(network(page)).toBeVisible()
})

test('a design that was never trained can be looked into', async ({ openApp }) => {
  const { page, call } = await openApp()
  await page.getByRole('button', { name: /^XOR/ }).first().click()
  await page.getByRole('button', { name: 'Look inside one step' }).click()
  await expect(network(page)).toHaveAccessibleName(/Layer 1, cell \d, activation/)
  await expect(page.getByRole('textbox', { name: 'Step', exact: true })).toHaveValue('0')
  expect(await result(page, 'update')).not.toBeNaN()
  await page.getByRole('button', { name: 'Next step' }).click()
  await expect(page.getByRole('textbox', { name: 'Step', exact: true })).toHaveValue('1')
  expect(await seriousViolations(page)).toEqual([])
  expect(await call('runs.list')).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: 'Layers' })).toBeVisible()
})
