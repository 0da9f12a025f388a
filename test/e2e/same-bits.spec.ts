// The claim that a run can be repeated anywhere: the window and the command line train the same spec,
// each in its own process, and end with the same bits. On the real MNIST, to its stated test accuracy.

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PRESETS, presetSpec } from '../../engine/presets/presets'
import type { RunCurves } from '../../electron/contract'
import { STEP_METRICS } from '../../engine/training/types'
import { expect, test } from './support/app'
import { readLog } from './support/database'
import { projectRoot } from '../../scripts/lib/paths.mjs'

function curvesOf(db: string, id: string): RunCurves {
  return readLog(db, (log) => log.curves([id])[0])
}

test('MNIST reaches 96 % in 3 epochs, with the same bits from window and command line', async ({
  launchApp,
  folder,
}) => {
  test.setTimeout(300_000)
  const spec = presetSpec(PRESETS.find(({ id }) => id === 'mnist-mlp')!)
  spec.training.epochs = 3

  const { call, runWhen, db, quit } = await launchApp()
  const { id } = await call('runs.start', { spec })
  const outside = join(folder, 'outside.db')
  const cli = await promisify(execFile)(
    process.execPath,
    [
      join(projectRoot, 'scripts', 'descent.mjs'),
      ...['train', '--preset', 'mnist-mlp', '--set', 'training.epochs=3', '--json', '--db', outside],
    ],
    { cwd: folder },
  )
  const answer = JSON.parse(cli.stdout.trim().split('\n').at(-1)!) as {
    run: string
    status: string
    metrics: Record<string, number>
    weightsHash: string
  }
  expect(answer.status).toBe('finished')
  expect(answer.metrics['test/accuracy']).toBeGreaterThanOrEqual(0.96)

  const run = await runWhen(id, ({ status }) => status === 'finished')
  await quit()
  expect(run.weightsHash).toBe(answer.weightsHash)
  expect(run.metrics['test/accuracy'].last).toBe(answer.metrics['test/accuracy'])
  const inside = curvesOf(db, id)
  const outsideCurves = curvesOf(outside, answer.run)
  expect(inside.steps.step.length).toBe(3 * 844)
  for (const metric of STEP_METRICS) {
    expect(inside.steps.columns[metric]).toEqual(outsideCurves.steps.columns[metric])
  }
  expect(inside.epochs.metrics).toEqual(outsideCurves.epochs.metrics)
})
