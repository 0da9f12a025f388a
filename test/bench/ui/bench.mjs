#!/usr/bin/env node
// The benchmark of the window: `npm run -s bench:ui -- [--quick] [--json] [--only LIST] [--database PATH]`. Builds the
// renderer's chart into a page, opens it in our Electron, and measures it beside uPlot and Chart.js: one window, the same
// data and size. "life", "training" and "app" then measure the built application, "app" over a log of 10,000 runs.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { hasDisplay } from '../../../scripts/lib/launch.mjs'
import { describeMachine } from '../lib/machine.mjs'
import { measureApplication } from './application.mjs'
import { launchApplication } from './launch.mjs'
import { measureLifecycle } from './lifecycle.mjs'
import { tableOf } from './table.mjs'
import { measureTraining } from './training.mjs'

const here = import.meta.dirname
const chartNames = ['update', 'pan', 'crosshair', 'million']
const measurementNames = [...chartNames, 'life', 'training', 'app']

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: measurementNames.join(',') },
    database: { type: 'string' },
  },
})
const names = options.only.split(',')
const unknown = names.find((name) => !measurementNames.includes(name))
if (unknown !== undefined) {
  console.error(`--only ${unknown}: expected some of ${measurementNames.join(', ')}.`)
  process.exit(2)
}
if (!hasDisplay()) {
  // A display in memory, where there is one to be had: software rasterization, the worst case.
  const parameters = ['-a', '-s', '-screen 0 1600x1000x24', process.execPath, ...process.argv.slice(1)]
  const { status, error } = spawnSync('xvfb-run', parameters, { stdio: 'inherit' })
  if (error) console.error('No display, and no xvfb-run to make one. Install xvfb, or run it on a desktop.')
  process.exit(status ?? 2)
}

await build({ configFile: join(here, 'vite.config.mjs') })
const folder = mkdtempSync(join(tmpdir(), 'descent-bench-ui-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
/** @type {Awaited<ReturnType<typeof measureChart>>['rows']} */
const rows = []
let machine = describeMachine()
for (const name of names.filter((each) => chartNames.includes(each))) {
  process.stderr.write(`bench:ui: ${name}\n`)
  const found = await measureChart(name)
  machine = { ...machine, ...found.versions }
  rows.push(...found.rows)
}
if (names.includes('life')) {
  process.stderr.write('bench:ui: life\n')
  rows.push(...(await measureLifecycle({ isQuick: options.quick })))
}
if (names.includes('training')) {
  process.stderr.write('bench:ui: training\n')
  rows.push(...(await measureTraining({ isQuick: options.quick })))
}
if (names.includes('app')) {
  process.stderr.write('bench:ui: app\n')
  rows.push(...(await measureApplication({ isQuick: options.quick, database: options.database })))
}
if (options.json) console.log(JSON.stringify({ machine, isQuick: options.quick, rows }, null, 2))
else console.log(tableOf(machine, options.quick, rows))

/** One measurement in a window of its own, so that none finds what another left. @param {string} name */
async function measureChart(name) {
  const app = await launchApplication([`--user-data-dir=${folder}`], join(here, 'window.mjs'))
  try {
    const page = await app.firstWindow()
    await page.waitForFunction(() => 'measure' in globalThis)
    const versions = await app.evaluate(({ app: electron }) => ({
      electron: process.versions.electron,
      chromium: process.versions.chrome,
      canvas: electron.getGPUFeatureStatus()['2d_canvas'] ?? 'unknown',
    }))
    return { versions, rows: await page.evaluate(`measure(${JSON.stringify(name)}, ${options.quick})`) }
  } finally {
    await app.close()
  }
}
