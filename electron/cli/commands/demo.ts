// descent demo: two runs that differ in one setting, what came of them, and everything to take away.

import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { messageOf } from '../../../engine/errors'
import { diffSpecs, flattenSpec } from '../../../engine/spec/paths'
import type { ExperimentSpec } from '../../../engine/spec/schema'
import type { RunSummary } from '../../contract'
import { CSV_FORMATS, exportToFile, writeWholeFile } from '../../export'
import { explainWriteError } from '../../export/write-file'
import type { RunLog } from '../../run-log'
import { reportError } from '../error-report'
import { EXIT, type ExitCode } from '../exit-codes'
import { interruptionReason } from '../interruption'
import { jsonText } from '../json'
import { count } from '../numbers'
import { withLog, type DatabaseOption } from '../open-log'
import { createProgressReport } from '../progress-report'
import { readSpec } from '../read-spec'
import { comparisonTable, runResult } from '../run-report'
import { say, sayAside } from '../terminal'
import { exitCodeOfRun, RunFailure, trainRun } from '../train-run'

const PRESET = 'mnist-mlp'
const LEARNING_RATES = ['0.001', '0.0001']

export interface DemoOptions extends DatabaseOption {
  out: string
  /** Changes of both runs. */
  set: readonly string[]
  json?: boolean
}

interface DemoRun {
  summary: RunSummary
  spec: ExperimentSpec
}

function createFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (thrown) {
    throw explainWriteError(thrown, folder)
  }
}

async function trainAll(log: RunLog, changes: readonly string[], wantsJson: boolean): Promise<DemoRun[]> {
  const runs: DemoRun[] = []
  for (const rate of LEARNING_RATES) {
    const set = ['training.epochs=1', ...changes, `optimizer.learningRate=${rate}`]
    const spec = await readSpec(undefined, { preset: PRESET, set, name: `learning rate ${rate}` })
    runs.push({ summary: await trainRun(log, spec, createProgressReport(wantsJson)), spec })
    if (interruptionReason() !== null) break
  }
  return runs
}

/** Path of the picture, or why there is none: the numbers are worth having without it. */
async function drawPicture(
  log: RunLog,
  runs: readonly DemoRun[],
  path: string,
): Promise<{ picture: string | null; missing: string | null }> {
  const curves = log.curves(runs.map(({ summary }) => summary.id))
  const series = curves.map(({ steps }, index) => ({
    name: `learning rate ${LEARNING_RATES[index]}`,
    steps: steps.step,
    values: steps.columns['batch/loss'],
  }))
  let png: Uint8Array
  try {
    // Only here: the chart library would slow the start of every other command.
    const { drawLossChart } = await import('../loss-chart')
    png = await drawLossChart({
      title: 'MNIST, 784–128–10, Adam: loss by learning rate',
      quantity: 'Training loss of a batch (cross-entropy, nats)',
      series,
    })
  } catch (thrown) {
    return { picture: null, missing: messageOf(thrown).split('\n')[0] }
  }
  writeWholeFile(path, (write) => write(png))
  return { picture: path, missing: null }
}

function differences(runs: readonly DemoRun[]): Record<string, unknown> {
  const flats = runs.map(({ spec }) => flattenSpec(spec))
  const paths = diffSpecs(runs.map(({ spec }) => spec)).filter((path) => path !== 'name')
  return Object.fromEntries(paths.map((path) => [path, flats.map((flat) => flat[path] ?? null)]))
}

async function takeAway(
  log: RunLog,
  runs: readonly DemoRun[],
  folder: string,
  wantsJson: boolean,
): Promise<void> {
  const runIds = runs.map(({ summary }) => summary.id)
  const tables = CSV_FORMATS.map((format) =>
    exportToFile(log, { format, runIds }, join(folder, `${format}.csv`)),
  )
  const { picture, missing } = await drawPicture(log, runs, join(folder, 'loss.png'))
  if (wantsJson) {
    const files = [...tables.map(({ path }) => path), ...(picture === null ? [] : [picture])]
    const results = runs.map(({ summary }) => runResult(summary))
    say(jsonText({ runs: results, differences: differences(runs), files, picture, pictureMissing: missing }))
    return
  }
  comparisonTable(runs).forEach(say)
  say()
  for (const { path, rows } of tables) say(`${path}  ${count(rows)} rows`)
  if (picture !== null) say(picture)
  else sayAside(`The picture was left out: the canvas could not be loaded (${missing}).`)
}

export async function demo(options: DemoOptions): Promise<ExitCode> {
  const wantsJson = options.json ?? false
  const folder = resolve(options.out)
  createFolder(folder)
  return withLog(options, async (log) => {
    try {
      const runs = await trainAll(log, options.set, wantsJson)
      const worst = runs.map(({ summary }) => exitCodeOfRun(summary)).find((code) => code !== EXIT.ok)
      if (interruptionReason() !== null) return EXIT.interrupted
      await takeAway(log, runs, folder, wantsJson)
      return worst ?? EXIT.ok
    } catch (thrown) {
      if (!(thrown instanceof RunFailure)) throw thrown
      return reportError(thrown.thrown, wantsJson, { run: thrown.runId, status: 'failed' })
    }
  })
}
