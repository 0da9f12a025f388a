// Training as a person sees it: how soon a run begins, and how fast it goes while its curves are drawn and every step is
// logged. The kernel is the automatic choice, the threads those of the settings of a new folder. Before and after each
// run the same session trains in a process with nothing around it, so that what slows the machine slows both.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBare } from '../ours/bare.mjs'
import { launchApplication } from './launch.mjs'
import { figuresOf, RAIL } from './figures.mjs'

const ROUNDS = 3
const BEGINNINGS = 6
/** After its start a run is measured no sooner: the view, its first pictures and the first epochs are made by then. */
const SETTLE_MS = 3000
const MEASURE_MS = 5000
const BARE_MS = 1500

const dense = (/** @type {number} */ units, /** @type {string} */ activation) => ({
  kind: 'dense',
  units,
  activation,
})
const images = {
  dataset: { id: 'mnist' },
  loss: 'categorical-cross-entropy',
  optimizer: { kind: 'sgd', learningRate: 0.01 },
}
const epochs = 1_000_000

/** The networks of the work loads A, C and D, on data that anybody has. */
const runs = {
  A: {
    dataset: {
      id: 'moons',
      parameters: { samples: 1000 },
      split: { kind: 'random', validation: 0 },
    },
    network: { layers: [dense(8, 'tanh'), dense(8, 'tanh'), dense(1, 'tanh')] },
    loss: 'mse',
    optimizer: { kind: 'sgd', learningRate: 0.01 },
    training: { epochs, batchSize: 10, precision: 'float32' },
  },
  C: {
    ...images,
    network: { layers: [dense(128, 'relu'), dense(10, 'softmax')] },
    training: { epochs, batchSize: 64, precision: 'float32' },
  },
  D: {
    ...images,
    network: { layers: [dense(512, 'relu'), dense(512, 'relu'), dense(10, 'softmax')] },
    training: { epochs, batchSize: 128, precision: 'float32' },
  },
}

/**
 * What the bare engine trains. "Steps" is what bench.mjs measures: no order of its own in an epoch, no point logged.
 * "All" draws each epoch's order and records each step, as the application's session does.
 */
const BARE = ['steps', 'all']
const bareSpecs = (/** @type {(typeof runs)[keyof typeof runs]} */ spec) => {
  const named = { version: 1, name: 'bare', ...spec }
  const steps = { ...spec.training, shuffle: false, logEvery: 1_000_000, validateEvery: epochs }
  return [{ ...named, training: steps }, named]
}

/** In the page: starts a run and answers its id and after how many milliseconds its first step was reported. */
const begin = (/** @type {object} */ spec) => `(async () => {
  const start = performance.now()
  const reported = new Promise((resolve) => {
    const off = window.descent.on((name, { progress }) => {
      if (name !== 'run.metrics' || progress.step === 0) return
      off()
      resolve(performance.now() - start)
    })
  })
  const { ok, value, error } = await window.descent.call('runs.start', ${JSON.stringify({ spec })})
  if (!ok) throw new Error(error.message)
  return { id: value.id, ms: await reported }
})()`

const progressOf = (/** @type {string} */ id) => `(async () => {
  const { value } = await window.descent.call('runs.detail', { id: ${JSON.stringify(id)} })
  return { samples: value.summary.progress.samples, kernel: value.summary.kernel, atMs: performance.now() }
})()`

const stop = (/** @type {string} */ id) => `window.descent.call('runs.stop', { id: ${JSON.stringify(id)} })`

const rest = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** @param {{ isQuick: boolean }} options */
export async function measureTraining({ isQuick }) {
  const folder = mkdtempSync(join(tmpdir(), 'descent-bench-training-'))
  const app = await launchApplication([`--user-data-dir=${folder}`])
  try {
    const page = await app.firstWindow()
    await page.waitForSelector(RAIL)
    const rows = []
    const row = (/** @type {string} */ what, /** @type {number[]} */ values) =>
      rows.push({ what, who: 'Descent', figures: { time: figuresOf(values) } })

    const beginnings = []
    for (let round = 0; round < (isQuick ? 2 : BEGINNINGS); round++) {
      const { id, ms } = await page.evaluate(begin({ version: 1, name: 'start', ...runs.C }))
      beginnings.push(ms)
      await rest(500)
      await page.evaluate(stop(id))
    }
    const [first, ...others] = beginnings
    row('the first run on MNIST, from the call to its first step', [first])
    row('the runs after it', others)
    row('the slowest of them', [Math.max(...others)])

    for (const [name, spec] of Object.entries(runs))
      rows.push(...(await measureRun(page, folder, name, spec, isQuick)))
    return rows
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** What the application chooses for such a run. @param {import('@playwright/test').Page} page @param {object} spec */
async function kernelOf(page, spec) {
  const { id } = await page.evaluate(begin({ version: 1, name: 'kernel', ...spec }))
  const { kernel } = await page.evaluate(progressOf(id))
  await page.evaluate(stop(id))
  return kernel
}

/**
 * Samples a second of a run that is looked at.
 * @param {import('@playwright/test').Page} page
 * @param {string} name
 * @param {object} spec
 * @param {number} ms
 */
async function speedInApplication(page, name, spec, ms) {
  const { id } = await page.evaluate(begin({ version: 1, name: `workload ${name}`, ...spec }))
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Runs' }).click()
  await page
    .getByRole('gridcell', { name: `workload ${name}` })
    .first()
    .dblclick()
  await page.getByRole('application', { name: /^Loss/ }).first().waitFor()
  await rest(SETTLE_MS)
  const from = await page.evaluate(progressOf(id))
  await rest(ms)
  const to = await page.evaluate(progressOf(id))
  await page.evaluate(stop(id))
  return ((to.samples - from.samples) / (to.atMs - from.atMs)) * 1000
}

/** @param {readonly number[]} ratios */
function shareOf(ratios) {
  const sorted = [...ratios].sort((a, b) => a - b)
  return { median: sorted[sorted.length >> 1], best: sorted[sorted.length - 1] }
}

/**
 * How fast it goes in the application, and what share that is of the bare engine's speed just before and after it.
 * @param {import('@playwright/test').Page} page
 * @param {string} folder
 * @param {string} name
 * @param {(typeof runs)[keyof typeof runs]} spec
 * @param {boolean} isQuick
 */
async function measureRun(page, folder, name, spec, isQuick) {
  const kernel = await kernelOf(page, spec)
  const threads = Number(/ x(\d+)$/.exec(kernel)?.[1] ?? 1)
  const bare = await openBare(bareSpecs(spec), join(folder, 'datasets'), threads)
  try {
    const differing = bare.kernels.find((each) => each !== kernel)
    if (differing)
      throw new Error(`${name}: the application trains by ${kernel}, the bare engine by ${differing}.`)
    const bareMs = isQuick ? BARE_MS / 5 : BARE_MS
    const bareSpeeds = async () => [await bare.speed(0, bareMs), await bare.speed(1, bareMs)]
    const speeds = []
    /** @type {number[][]} */
    const bares = BARE.map(() => [])
    /** @type {number[][]} */
    const ratios = BARE.map(() => [])
    await bareSpeeds()
    let before = await bareSpeeds()
    for (let round = 0; round < (isQuick ? 1 : ROUNDS); round++) {
      const speed = await speedInApplication(page, name, spec, isQuick ? MEASURE_MS / 5 : MEASURE_MS)
      const after = await bareSpeeds()
      speeds.push(speed)
      BARE.forEach((_, i) => {
        const mean = (before[i] + after[i]) / 2
        bares[i].push(mean)
        ratios[i].push(speed / mean)
      })
      before = after
    }
    const times = (/** @type {number[]} */ values) => ({
      time: figuresOf(values.map((value) => 1e6 / value)),
    })
    return [
      {
        what: `${name}, a million samples with its curves shown (${kernel})`,
        who: 'Descent',
        figures: times(speeds),
      },
      ...BARE.map((which, i) => ({
        what: `${name}, the bare engine, ${which}`,
        who: 'Descent',
        figures: { ...times(bares[i]), 'share of it reached': shareOf(ratios[i]) },
      })),
    ]
  } finally {
    await bare.end()
  }
}
