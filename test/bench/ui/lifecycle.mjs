// How soon the application is there and gone: first window, a second launch that gives way, the end by its menu.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asApplicationEnvironment } from '../../../scripts/lib/runtime.mjs'
import { applicationStart, launchApplication } from './launch.mjs'
import { figuresOf, RAIL } from './figures.mjs'

const ROUNDS = 5

/** @param {{ isQuick: boolean }} options */
export async function measureLifecycle({ isQuick }) {
  const windows = []
  const seconds = []
  const ends = []
  for (let round = 0; round < (isQuick ? 1 : ROUNDS); round++) {
    const folder = mkdtempSync(join(tmpdir(), 'descent-bench-life-'))
    try {
      const launchedAt = performance.now()
      const app = await launchApplication([`--user-data-dir=${folder}`])
      const page = await app.firstWindow()
      await page.waitForSelector(RAIL)
      windows.push(performance.now() - launchedAt)

      const { executable, parameters } = applicationStart()
      const secondAt = performance.now()
      const second = spawn(executable, [...parameters, `--user-data-dir=${folder}`], {
        env: asApplicationEnvironment(),
        stdio: 'ignore',
      })
      await new Promise((resolve) => second.once('exit', resolve))
      seconds.push(performance.now() - secondAt)

      const gone = new Promise((resolve) => app.process().once('exit', resolve))
      const endedAt = performance.now()
      app.evaluate(({ app: electron }) => electron.quit()).catch(() => undefined)
      await gone
      ends.push(performance.now() - endedAt)
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  }
  const row = (/** @type {string} */ what, /** @type {number[]} */ values) => ({
    what,
    who: 'Descent',
    figures: { time: figuresOf(values) },
  })
  return [
    row('from the launch to the window with its rail', windows),
    row('a second launch, until it has given way', seconds),
    row('from Quit to the end of the process', ends),
  ]
}
