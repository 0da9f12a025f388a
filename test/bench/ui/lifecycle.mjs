/* global document, MutationObserver -- of the pages that functions are handed to */
// How soon the application is there and gone, how soon it says of a run that something ended it, and how soon a design
// is checked. Each figure has the time it may take at most beside it.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { asApplicationEnvironment } from '../../../scripts/lib/runtime.mjs'
import { applicationStart, launchApplication } from './launch.mjs'
import { figuresOf, RAIL } from './figures.mjs'

const ROUNDS = 5
/** A run has trained for as long when something ends it. */
const TRAINED_MS = 700
/** The most layers that a design may have. */
const LAYERS = 64

/** What is measured, in the order of the table; milliseconds. */
const MEASURED = {
  window: { what: 'from the launch to the window with its rail', goal: undefined },
  second: { what: 'a second launch, until it has given way', goal: 2000 },
  idleEnd: { what: 'from Quit to the end of the process', goal: undefined },
  busyEnd: { what: 'from Quit in mid-run to the end of the process', goal: 5000 },
  restart: {
    what: 'from the launch after a SIGKILL in mid-run to the run shown as interrupted',
    goal: 10_000,
  },
  deadTrainer: { what: 'from the SIGKILL of a trainer to its run shown as failed', goal: 5000 },
  design: { what: `a wrong number in a design of ${LAYERS} layers, until it is named`, goal: 50 },
}

/** @typedef {import('@playwright/test').ElectronApplication} Application */
/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {keyof typeof MEASURED} Measured */

/** @param {{ isQuick: boolean }} options */
export async function measureLifecycle({ isQuick }) {
  const times = /** @type {Record<Measured, number[]>} */ (
    Object.fromEntries(Object.keys(MEASURED).map((name) => [name, []]))
  )
  for (let round = 0; round < (isQuick ? 1 : ROUNDS); round++) {
    const folder = mkdtempSync(join(tmpdir(), 'descent-bench-life-'))
    try {
      await measureRound(folder, times)
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  }
  return Object.entries(MEASURED).map(([name, { what, goal }]) => ({
    what,
    who: 'Descent',
    figures: { time: figuresOf(times[/** @type {Measured} */ (name)]) },
    goal,
  }))
}

/**
 * Three launches on one log: one that ends idle, one that is closed while it trains, one that is killed while it trains.
 * @param {string} folder
 * @param {Record<Measured, number[]>} times
 */
async function measureRound(folder, times) {
  const timed = async (/** @type {Measured} */ name, /** @type {() => Promise<unknown>} */ work) => {
    const startedAt = performance.now()
    await work()
    times[name].push(performance.now() - startedAt)
  }
  const launch = async () => {
    const app = await launchApplication([`--user-data-dir=${folder}`])
    const page = await app.firstWindow()
    await page.waitForSelector(RAIL)
    return { app, page }
  }

  const launchedAt = performance.now()
  const idle = await launch()
  times.window.push(performance.now() - launchedAt)
  await timed('second', () => endOf(launchAgain(folder)))
  times.design.push(await checkLargestDesign(idle.page))
  await timed('idleEnd', () => quit(idle.app))

  const closed = await launch()
  await train(closed.page, 'without a trainer')
  const trainer = await trainerOf(closed.app)
  await closed.page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  await timed('deadTrainer', async () => {
    process.kill(trainer, 'SIGKILL')
    await shownAs(closed.page, 'without a trainer', 'Failed')
  })
  await train(closed.page, 'closed')
  await timed('busyEnd', () => quit(closed.app))

  const killed = await launch()
  await train(killed.page, 'killed')
  const orphan = await trainerOf(killed.app)
  const gone = endOf(killed.app.process())
  killed.app.process().kill('SIGKILL')
  await gone
  while (isAlive(orphan)) await sleep(10)
  const again = performance.now()
  const { app, page } = await launch()
  await page.getByRole('navigation').getByRole('button', { name: 'Runs' }).click()
  await shownAs(page, 'killed', 'Interrupted')
  times.restart.push(performance.now() - again)
  await quit(app)
}

/** @param {string} folder */
function launchAgain(folder) {
  const { executable, parameters } = applicationStart()
  return spawn(executable, [...parameters, `--user-data-dir=${folder}`], {
    env: asApplicationEnvironment(),
    stdio: 'ignore',
  })
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<unknown>} */
const endOf = (child) => new Promise((resolve) => child.once('exit', resolve))

/** Ends it as its menu does. @param {Application} app */
async function quit(app) {
  const gone = endOf(app.process())
  // The answer may be lost with the process.
  app.evaluate(({ app: electron }) => electron.quit()).catch(() => undefined)
  await gone
}

/** Starts a run of hours and waits until it has trained for a while. @param {Page} page @param {string} name */
async function train(page, name) {
  const spec = {
    version: 1,
    name,
    dataset: { id: 'moons', parameters: { samples: 400 } },
    network: {
      layers: [
        { kind: 'dense', units: 16, activation: 'tanh' },
        { kind: 'dense', units: 1, activation: 'logistic' },
      ],
    },
    loss: 'binary-cross-entropy',
    optimizer: { kind: 'adam', learningRate: 0.01 },
    training: { epochs: 1_000_000, batchSize: 32, seed: 1 },
  }
  await page.evaluate(`(async () => {
    const started = await window.descent.call('runs.start', ${JSON.stringify({ spec })})
    if (!started.ok) throw new Error(started.error.message)
    for (;;) {
      const { value } = await window.descent.call('runs.detail', { id: started.value.id })
      if (value.summary.activeMs > ${TRAINED_MS}) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })()`)
}

/** The row of this run says so. @param {Page} page @param {string} name @param {string} status */
async function shownAs(page, name, status) {
  await page.waitForFunction(
    ([of, word]) =>
      [...document.querySelectorAll('[role="row"]')].some(
        (row) => row.textContent.includes(of) && row.textContent.includes(word),
      ),
    [name, status],
  )
}

/** @param {Application} app @returns {Promise<number>} */
async function trainerOf(app) {
  const found = await app.evaluate(
    ({ app: electron }) =>
      electron.getAppMetrics().find(({ name }) => name?.startsWith('Descent trainer '))?.pid,
  )
  if (found === undefined) throw new Error('No trainer where a run trains.')
  return found
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** From a number that is typed until the window has checked the design and says what is wrong. @param {Page} page @returns {Promise<number>} */
async function checkLargestDesign(page) {
  await page.getByRole('button', { name: /^Two moons/ }).click()
  await page.getByRole('button', { name: 'JSON' }).click()
  const text = page.getByRole('textbox', { name: 'Design as JSON' })
  const design = JSON.parse(await text.inputValue())
  const [hidden, ...others] = design.network.layers
  design.network.layers = [...Array.from({ length: LAYERS - others.length }, () => hidden), ...others]
  await text.fill(JSON.stringify(design))
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  const rate = page.getByRole('textbox', { name: 'Learning rate' })
  // The first time everything is compiled.
  await rate.fill('-1')
  await rate.fill('0.01')
  await sleep(500)
  return rate.evaluate(async (input) => {
    const footer = /** @type {Element} */ (document.querySelector('[aria-label="Totals and Run"]'))
    const answer = new Promise((resolve) => {
      const watched = new MutationObserver(() => {
        if (!footer.textContent.includes('1 problem')) return
        watched.disconnect()
        resolve(performance.now())
      })
      watched.observe(footer, { subtree: true, childList: true, characterData: true })
    })
    const startedAt = performance.now()
    Object.assign(input, { value: '-1' })
    input.dispatchEvent(new Event('input', { bubbles: true }))
    return Number(await answer) - startedAt
  })
}
