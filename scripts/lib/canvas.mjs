// @napi-rs/canvas draws the command line's PNG charts. Everything else works without it.
import { join } from 'node:path'
import { projectRoot } from './paths.mjs'
import { hasSucceeded, outputTail, runToEnd } from './processes.mjs'
import { asNodeEnvironment, findRuntime, readRuntime } from './runtime.mjs'
import { fileMark } from './stamps.mjs'

const name = 'Chart drawing'
const probe = `
const { createCanvas } = require('@napi-rs/canvas')
if (createCanvas(2, 2).toBuffer('image/png').length === 0) throw new Error('an empty image')`

export const canvasStep = {
  name,
  mark: () =>
    `${findRuntime()?.executable} ${fileMark(join(projectRoot, 'node_modules', '@napi-rs', 'canvas', 'package.json'))}`,
  current: () => '@napi-rs/canvas',
  /** @param {import('./output.mjs').Report} report */
  async run(report) {
    const outcome = await runToEnd(readRuntime().executable, ['-e', probe], {
      cwd: projectRoot,
      env: asNodeEnvironment(),
    })
    if (hasSucceeded(outcome)) report.upToDate(name, '@napi-rs/canvas loads')
    else
      report.warning(
        name,
        `@napi-rs/canvas does not load, so the command line draws no PNG charts.\n${outputTail(outcome, 3)}`,
      )
  },
}
