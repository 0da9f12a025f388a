// The application itself over a log of 10,000 runs and 100 million points: from a click until it is on screen, frames
// while the hand moves, what the main process was kept from, and the memory of the page.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tsImport } from 'tsx/esm/api'
import { projectRoot } from '../../../scripts/lib/paths.mjs'
import { figuresOf, RAIL } from './figures.mjs'
import { launchApplication } from './launch.mjs'

const ROUNDS = 5
const usualDatabase = join(tmpdir(), 'descent-bench-10000.db')

/**
 * @param {string | undefined} path A database that fill-database.ts made; without it one is made and kept.
 * @returns {string}
 */
function databaseAt(path) {
  const database = path ?? usualDatabase
  if (existsSync(database)) return database
  process.stderr.write(`bench:ui: filling ${database}, some minutes\n`)
  const fill = join(projectRoot, 'test/tools/fill-database.ts')
  const { status } = spawnSync(
    'npx',
    ['tsx', fill, '--out', database, '--runs', '10000', '--points', '10000', '--long-run', '1000000'],
    { stdio: ['ignore', 'ignore', 'inherit'], cwd: projectRoot },
  )
  if (status !== 0) throw new Error(`${database} could not be filled.`)
  return database
}

/**
 * In the page: does something and answers after how many milliseconds what it leads to is on screen, two frames
 * after the document says so.
 * @param {import('@playwright/test').Page} page
 * @param {string} act @param {string} isThere Expressions.
 * @returns {Promise<number>}
 */
function untilShown(page, act, isThere) {
  return page.evaluate(`(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await frame()
    const start = performance.now();
    ${act};
    while (!(${isThere})) {
      if (performance.now() - start > 60000) throw new Error(${JSON.stringify(`Not shown: ${isThere}`)})
      await frame()
    }
    await frame()
    await frame()
    return performance.now() - start
  })()`)
}

/** Milliseconds from frame to frame, while a drag goes on. @param {import('@playwright/test').Page} page */
async function framesOfDrag(page, /** @type {() => Promise<void>} */ work) {
  await page.evaluate(`(() => {
    window.frames_ = []
    window.isDragging_ = true
    let before = performance.now()
    const tick = () => {
      const now = performance.now()
      window.frames_.push(now - before)
      before = now
      if (window.isDragging_) requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })()`)
  await work()
  /** @type {number[]} */
  const frames = await page.evaluate('(() => { window.isDragging_ = false; return window.frames_ })()')
  return frames.slice(2)
}

const navigate = (/** @type {string} */ name) =>
  `[...document.querySelectorAll('nav button')].find((each) => each.textContent.includes(${JSON.stringify(name)})).click()`
const ROWS_THERE = `document.querySelector('[role="gridcell"]') !== null`
/** The first chart is that of so many runs, and has a line with values for each of their groups. @param {number} count */
const compares = (count) => `/${
  count === 1 ? '1 run' : `, ${count} runs`
}\\b.*?(?: in (\\d+) groups)?: (?:\\1 lines|1 line) of .*Newest values/.test(
  document.querySelector('[aria-roledescription="chart"]')?.getAttribute('aria-label') ?? '')`

/** The loss of every step, over everything; else as Compare is when it is first opened. */
const { DEFAULT_COMPARISON } = await tsImport('../../../engine/comparison/schema.ts', import.meta.url)
const comparison = {
  ...DEFAULT_COMPARISON,
  charts: [{ metric: 'batch/loss', yKind: 'log', yRange: null }],
}

/** What a person needs at least from one click to the next. */
const BETWEEN_CLICKS_MS = 1000
const OPENINGS = 12

/**
 * @param {{ isQuick: boolean, database?: string }} options
 * @returns {Promise<{ what: string, who: string, figures: Record<string, { median: number, best: number }> }[]>}
 */
export async function measureApplication({ isQuick, database: path }) {
  const database = databaseAt(path)
  const rounds = isQuick ? 1 : ROUNDS
  /** @type {{ what: string, who: string, figures: Record<string, { median: number, best: number }> }[]} */
  const rows = []
  const add = (
    /** @type {string} */ what,
    /** @type {Record<string, { median: number, best: number }>} */ figures,
  ) => rows.push({ what, who: 'Descent', figures })
  const newest = await inWindow(database, ({ page }) => newestRuns(page))
  const lists = []
  let longestDelay = 0
  // The very newest is the one of a million points.
  const cases = [
    { of: '20 runs of 10,000 points', ids: newest.slice(1, 21), more: [] },
    { of: '200 runs of 10,000 points', ids: newest.slice(1, 201), more: [measureMemory, measureHand] },
    { of: 'one run of 1,000,000 points', ids: newest.slice(0, 1), more: [] },
  ]
  for (const { of, ids, more } of cases) {
    const opened = []
    for (let round = 0; round < rounds; round++) {
      await inWindow(database, async ({ page }) => {
        // It writes down what it found when it opened.
        await page.waitForTimeout(BETWEEN_CLICKS_MS)
        await leaveCompared(page, ids)
      })
      // The last window goes on with what it shows.
      const isLast = round === rounds - 1
      await inWindow(database, async (window) => {
        const { app, page } = window
        await watchDelays(app)
        lists.push(await untilShown(page, navigate('Runs'), ROWS_THERE))
        await page.waitForTimeout(BETWEEN_CLICKS_MS)
        opened.push(await untilShown(page, navigate('Compare'), compares(ids.length)))
        if (isLast) for (const measure of more) await measure(window, ids.length, isQuick, add)
        longestDelay = Math.max(longestDelay, await delayOf(app))
      })
    }
    add(`${of}, from the click on Compare`, { shown: figuresOf(opened) })
  }
  add('list of 10,001 runs, from the click', { shown: figuresOf(lists) })
  const again = []
  await inWindow(database, async ({ page }) => {
    await untilShown(page, navigate('Runs'), ROWS_THERE)
    for (let round = 0; round < rounds; round++) {
      await untilShown(page, navigate('Datasets'), `!(${ROWS_THERE})`)
      again.push(await untilShown(page, navigate('Runs'), ROWS_THERE))
    }
  })
  add('list of 10,001 runs, come back to', { shown: figuresOf(again) })
  add('longest the main process was busy in all this', { delay: only(longestDelay) })
  return rows
}

/**
 * A launch of its own: nothing is left in its memory, and nothing is compiled yet.
 * @template T
 * @param {string} database
 * @param {(window: { app: Application, page: Page }) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function inWindow(database, work) {
  const folder = mkdtempSync(join(tmpdir(), 'descent-bench-app-'))
  const app = await launchApplication([`--user-data-dir=${folder}`, '--db', database])
  try {
    const page = await app.firstWindow()
    await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      window.setIgnoreMouseEvents(true)
      window.setContentSize(1440, 900)
    })
    await page.waitForSelector(RAIL)
    return await work({ app, page })
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** @typedef {import('@playwright/test').ElectronApplication} Application */
/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {(what: string, figures: Record<string, { median: number, best: number }>) => void} Add */

/** Of the page as it shows the first comparison, and while one comparison after the other is opened in it. @param {{ app: Application, page: Page }} window @param {number} count @param {boolean} isQuick @param {Add} add */
async function measureMemory({ app, page }, count, isQuick, add) {
  await page.waitForTimeout(BETWEEN_CLICKS_MS)
  add('memory of the page then, MB', { 'working set': only(await memoryOf(app)) })
  const found = []
  for (let opening = 1; opening <= (isQuick ? 2 : OPENINGS); opening++) {
    await page.evaluate(navigate('Runs'))
    const last = 10_000 - opening * count
    await page.keyboard.press('Escape')
    const filter = page.getByRole('combobox', { name: 'Filter runs' })
    await filter.fill(`number > ${last - count} and number <= ${last}`)
    // Some of them are archived.
    const matches = await page.getByText(/^\d+ of [\d,]+ match$/).textContent()
    const matchCount = Number.parseInt(matches ?? '', 10)
    await page.getByRole('checkbox', { name: 'Select all runs shown' }).click()
    await untilShown(page, navigate('Compare'), compares(matchCount))
    await page.waitForTimeout(BETWEEN_CLICKS_MS)
    found.push(await memoryOf(app))
  }
  add(`memory while ${found.length} times some ${count} other runs are compared, MB`, {
    'working set': figuresOf(found),
    highest: only(Math.max(...found)),
  })
}

/** How smoothly the compared runs are panned and pointed at. @param {{ page: Page }} window @param {number} count @param {boolean} isQuick @param {Add} add */
async function measureHand({ page }, count, isQuick, add) {
  const chart = page.locator('[aria-roledescription="chart"]').first()
  const box = await chart.boundingBox()
  if (!box) throw new Error('No chart to pan.')
  await chart.focus()
  for (let step = 0; step < 3; step++) await page.keyboard.press('+')
  await page.waitForTimeout(BETWEEN_CLICKS_MS)
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await page.mouse.move(middle.x, middle.y)
  await page.mouse.down()
  const steps = isQuick ? 20 : 120
  const move = async () => {
    for (let step = 1; step <= steps; step++) await page.mouse.move(middle.x - 3 * step, middle.y)
  }
  const panned = await framesOfDrag(page, move)
  await page.mouse.up()
  add(`panning ${count} runs by the mouse`, {
    frame: figuresOf(panned),
    'worst frame': only(Math.max(...panned)),
  })
  await page.waitForTimeout(BETWEEN_CLICKS_MS)
  const pointed = await framesOfDrag(page, move)
  add(`the crosshair over ${count} runs`, {
    frame: figuresOf(pointed),
    'worst frame': only(Math.max(...pointed)),
  })
}

/** Resident memory of the page's process, MB. @param {Application} app */
async function memoryOf(app) {
  const kilobytes = await app.evaluate(
    ({ app: electron }) =>
      electron.getAppMetrics().find(({ type }) => type === 'Tab')?.memory.workingSetSize ?? NaN,
  )
  return kilobytes / 1024
}

/** From now on the main process notes what it is kept from. @param {Application} app */
async function watchDelays(app) {
  await app.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks')
    const delays = monitorEventLoopDelay({ resolution: 2 })
    delays.enable()
    Object.assign(globalThis, { benchDelays: delays })
  })
}

/** The longest since watchDelays, milliseconds. @param {Application} app */
function delayOf(app) {
  return app.evaluate(
    () =>
      /** @type {{ benchDelays: { max: number } }} */ (/** @type {unknown} */ (globalThis)).benchDelays.max /
      1e6,
  )
}

/** @param {number} value */
function only(value) {
  return { median: value, best: value }
}

/** The newest runs of the log, the newest first. @param {import('@playwright/test').Page} page @returns {Promise<string[]>} */
function newestRuns(page) {
  return page.evaluate(`(async () => {
    const { value } = await window.descent.call('runs.list')
    return value.sort((a, b) => b.number - a.number).slice(0, 300).map(({ id }) => id)
  })()`)
}

/** Leaves these runs to be compared by the next window. @param {import('@playwright/test').Page} page @param {string[]} runIds */
async function leaveCompared(page, runIds) {
  const workspace = { runsTable: null, comparison, comparedRunIds: runIds }
  const { ok, error } = await page.evaluate(
    `window.descent.call('settings.set', ${JSON.stringify({ workspace })})`,
  )
  if (!ok) throw new Error(`The comparison was refused: ${JSON.stringify(error)}`)
}
