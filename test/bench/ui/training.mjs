// Training as a person sees it: how soon a run begins, and how fast it goes while its curves are drawn and every step is
// logged. The kernel is the automatic choice, the threads those of the settings of a new folder.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchApplication } from './launch.mjs'
import { figuresOf, RAIL } from './figures.mjs'

const ROUNDS = 3
const BEGINNINGS = 6
/** After its start a run is measured no sooner: the view, its first pictures and the first epochs are made by then. */
const SETTLE_MS = 3000
const MEASURE_MS = 5000

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

    for (const [name, spec] of Object.entries(runs)) {
      const times = []
      let by = ''
      for (let round = 0; round < (isQuick ? 1 : ROUNDS); round++) {
        const { id } = await page.evaluate(begin({ version: 1, name, ...spec }))
        await page.evaluate(`location.hash = ${JSON.stringify(`#/run/${id}`)}`)
        await rest(SETTLE_MS)
        const from = await page.evaluate(progressOf(id))
        await rest(isQuick ? MEASURE_MS / 5 : MEASURE_MS)
        const to = await page.evaluate(progressOf(id))
        times.push(((to.atMs - from.atMs) / (to.samples - from.samples)) * 1e6)
        by = to.kernel
        await page.evaluate(stop(id))
      }
      row(`${name}, a million samples with its curves shown (${by})`, times)
    }
    return rows
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
