// A small network makes a million steps a second, and each of them is logged. Its points reach the log and the page by
// other ways than those of a slow run: many epochs as columns, many steps in a file.

import { Buffer } from 'node:buffer'
import { createSession, parseSpec } from '../../engine'
import { generateDataset } from '../../engine/data/datasets'
import { prepareData } from '../../engine/data/prepare'
import { ANY_COMPUTE, chooseCompute } from '../../electron/kernels/load'
import { expect, test } from './support/app'
import { readLog } from './support/database'

const STEPS = 400_000
const dense = (units: number) => ({ kind: 'dense', units, activation: 'tanh' })
const spec = {
  version: 1,
  name: 'quick',
  dataset: { id: 'moons', parameters: { samples: 1000 }, split: { kind: 'random', validation: 0 } },
  network: { layers: [dense(8), dense(8), dense(1)] },
  loss: 'mse',
  optimizer: { kind: 'sgd', learningRate: 0.01 },
  training: { epochs: STEPS / 100, batchSize: 10, precision: 'float32' },
}

/** The same training in this process, with nothing between its session and what is compared. */
function trained() {
  const parsed = parseSpec(spec)
  const data = prepareData(parsed.dataset, generateDataset(parsed.dataset)!)
  const session = createSession(parsed, data, chooseCompute(parsed.training, ANY_COMPUTE))
  while (session.advance(1000) === 'working');
  const { chunk, epochs } = session.drain()
  session.close()
  return { chunk: chunk!, epochs }
}

const bits = (values: Float64Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength)

test('a run of a million steps a second is logged and drawn step by step, with the engine’s own bits', async ({
  launchApp,
}) => {
  const { page, call, runWhen, db, quit } = await launchApp()
  const { id } = await call('runs.start', { spec })
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Runs' }).click()
  await page.getByRole('gridcell', { name: 'quick' }).first().dblclick()
  await expect(page.getByRole('application', { name: /^Loss/ }).first()).toBeVisible()
  const { progress } = await runWhen(id, ({ status }) => status === 'finished')
  expect(progress.step).toBe(STEPS)
  await quit()

  const [{ steps, epochs }] = readLog(db, (log) => log.curves([id]))
  const own = trained()
  expect(steps.step.length).toBe(STEPS)
  expect(steps.step.every((step, i) => step === i + 1)).toBe(true)
  for (const metric of ['batch/loss', 'batch/loss.min', 'batch/loss.max', 'batch/gradient-norm'] as const) {
    expect(bits(steps.columns[metric]).equals(bits(own.chunk.columns[metric])), metric).toBe(true)
  }
  expect(new Set(steps.columns['batch/learning-rate'])).toEqual(new Set([0.01]))
  expect([...epochs.step]).toEqual(own.epochs.map(({ step }) => step))
  for (const metric of ['train/loss', 'train/accuracy']) {
    expect([...epochs.metrics[metric].values]).toEqual(own.epochs.map(({ metrics }) => metrics[metric]))
  }
})
