// The application itself over a log of 10,000 runs and 100 million points: from a click until it is on screen, frames
// while the hand moves, what the main process was kept from, and the memory of the page.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { _electron } from '@playwright/test'
import { sandboxFacts, sandboxParameters } from '../../../scripts/lib/launch.mjs'
import { projectRoot } from '../../../scripts/lib/paths.mjs'
import { asApplicationEnvironment, readRuntime } from '../../../scripts/lib/runtime.mjs'

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

/** @param {string} database @param {string} folder */
function launch(database, folder) {
  const { executable } = readRuntime()
  const playwright = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'))
  return _electron.launch({
    executablePath: executable,
    args: [
      ...['-r', join(playwright, 'lib/server/electron/loader.js')],
      ...sandboxParameters(sandboxFacts(executable)).parameters,
      ...[projectRoot, `--user-data-dir=${folder}`, '--db', database],
    ],
    env: asApplicationEnvironment(),
  })
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
const PAGE_THERE = `document.querySelector('nav button') !== null`
const ROWS_THERE = `document.querySelector('[role="gridcell"]') !== null`
/** Lines of the first chart that have values. */
const chartSays = (/** @type {string} */ pattern) =>
  `${pattern}.test(document.querySelector('[aria-roledescription="chart"]')?.getAttribute('aria-label') ?? '')`

/** @param {readonly number[]} values */
function figuresOf(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return { median: sorted[(sorted.length - 1) >> 1], best: sorted[0] }
}

/**
 * @param {{ isQuick: boolean, database?: string }} options
 * @returns {Promise<{ what: string, who: string, figures: Record<string, { median: number, best: number }> }[]>}
 */
export async function measureApplication({ isQuick, database }) {
  const folder = mkdtempSync(join(tmpdir(), 'descent-bench-app-'))
  const app = await launch(databaseAt(database), folder)
  /** @type {{ what: string, who: string, figures: Record<string, { median: number, best: number }> }[]} */
  const rows = []
  const add = (
    /** @type {string} */ what,
    /** @type {Record<string, { median: number, best: number }>} */ figures,
  ) => rows.push({ what, who: 'Descent', figures })
  try {
    const page = await app.firstWindow()
    await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      window.setIgnoreMouseEvents(true)
      window.setContentSize(1440, 900)
    })
    await page.waitForFunction(PAGE_THERE)
    await app.evaluate(() => {
      const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks')
      const delays = monitorEventLoopDelay({ resolution: 2 })
      delays.enable()
      Object.assign(globalThis, { benchDelays: delays })
    })
    const rounds = isQuick ? 1 : ROUNDS

    const lists = []
    for (let round = 0; round < rounds; round++) {
      await page.reload()
      await page.waitForFunction(PAGE_THERE)
      lists.push(await untilShown(page, navigate('Runs'), ROWS_THERE))
    }
    add('list of 10,001 runs, from the click in a new window', { shown: figuresOf(lists) })

    const again = []
    for (let round = 0; round < rounds; round++) {
      await untilShown(page, navigate('Datasets'), `!(${ROWS_THERE})`)
      again.push(await untilShown(page, navigate('Runs'), ROWS_THERE))
    }
    add('list of 10,001 runs, come back to', { shown: figuresOf(again) })

    for (const count of [20, 200]) {
      const compared = []
      for (let round = 0; round < rounds; round++) {
        await page.reload()
        await page.waitForFunction(PAGE_THERE)
        await untilShown(page, navigate('Runs'), ROWS_THERE)
        // The very newest is the one of a million points.
        await select(page, 1, count)
        compared.push(await untilShown(page, PRESS_C, chartSays('/Newest values/')))
      }
      add(`${count} runs of 10,000 points compared, from the key`, { shown: figuresOf(compared) })
    }

    const chart = page.locator('[aria-roledescription="chart"]').first()
    const box = await chart.boundingBox()
    if (!box) throw new Error('No chart to pan.')
    await chart.focus()
    for (let step = 0; step < 3; step++) await page.keyboard.press('+')
    await page.waitForTimeout(1000)
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    await page.mouse.move(middle.x, middle.y)
    await page.mouse.down()
    const steps = isQuick ? 20 : 120
    const panned = await framesOfDrag(page, async () => {
      for (let step = 1; step <= steps; step++) await page.mouse.move(middle.x - 3 * step, middle.y)
    })
    await page.mouse.up()
    add('panning them by the mouse', { frame: figuresOf(panned), 'worst frame': only(Math.max(...panned)) })
    await page.waitForTimeout(500)
    const pointed = await framesOfDrag(page, async () => {
      for (let step = 1; step <= steps; step++) await page.mouse.move(middle.x - 3 * step, middle.y)
    })
    add('the crosshair over them', { frame: figuresOf(pointed), 'worst frame': only(Math.max(...pointed)) })
    await page.waitForTimeout(500)
    const { memory } = await app.evaluate(
      ({ app: electron }) =>
        electron.getAppMetrics().find(({ type }) => type === 'Tab') ?? { memory: { workingSetSize: NaN } },
    )
    add('memory of the page then, MB', { 'working set': only(memory.workingSetSize / 1024) })

    const millions = []
    for (let round = 0; round < rounds; round++) {
      await page.reload()
      await page.waitForFunction(PAGE_THERE)
      await untilShown(page, navigate('Runs'), ROWS_THERE)
      await select(page, 0, 1)
      millions.push(await untilShown(page, PRESS_C, chartSays('/Newest values/')))
    }
    add('one run of 1,000,000 points, from the key', { shown: figuresOf(millions) })

    const worst = await app.evaluate(
      () =>
        /** @type {{ benchDelays: { max: number } }} */ (/** @type {unknown} */ (globalThis)).benchDelays
          .max / 1e6,
    )
    add('longest the main process was busy in all this', { delay: only(worst) })
    return rows
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** @param {number} value */
function only(value) {
  return { median: value, best: value }
}

/**
 * Selects runs of the list, the newest first. @param {import('@playwright/test').Page} page
 * @param {number} first @param {number} count
 */
async function select(page, first, count) {
  // The first box is that of all.
  const boxes = page.getByRole('checkbox', { name: /^Select / })
  await boxes.nth(1 + first).click()
  for (let more = 1; more < count; more++) await page.keyboard.press('Shift+ArrowDown')
}

const PRESS_C = `(document.activeElement ?? document.body).dispatchEvent(
  new KeyboardEvent('keydown', { key: 'c', code: 'KeyC', bubbles: true }))`
