import { execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { RunLog } from '../../../electron/run-log/types'
import { cliScript, jsonOf, runCli, startCli } from '../support/cli'
import { openTemporaryLog } from '../support/open-log'
import { ENDLESS_SPEC, SHORT_SPEC } from '../support/specs'
import { temporaryFolder } from '../support/temporary-folder'

const endless = { input: JSON.stringify(ENDLESS_SPEC) }

/** Everything that the run did is in the log, up to its last step. */
function expectComplete(log: RunLog, id: string): void {
  const { progress } = log.getRun(id)!
  const { steps } = log.curves([id])[0]
  expect(progress.step).toBeGreaterThan(0)
  expect(steps.step.at(-1)).toBe(progress.step)
  expect(steps.step.length).toBe(progress.step)
  expect(log.checkpoint(id)?.step).toBe(progress.step)
}

describe('a training command line', () => {
  it.each([
    ['SIGINT', 'Interrupted by Ctrl+C'],
    ['SIGTERM', 'Interrupted by a request to end (SIGTERM)'],
  ] as const)('that gets %s writes everything down, says so and exits with 130', async (signal, reason) => {
    const home = temporaryFolder()
    const cli = await startCli(['train', '-'], { home, ...endless })
    await cli.said(/kernel/)
    const log = openTemporaryLog(join(home, 'descent.db'))
    while ((log.listRuns()[0]?.progress.step ?? 0) === 0) await delay(20)
    cli.process.kill(signal)
    const { code, stdout, stderr } = await cli.ended
    expect(code).toBe(130)
    expect(stdout).toMatch(/^stopped: run r/)
    expect(stderr).not.toContain('error')
    const [run] = log.listRuns()
    expect(run).toMatchObject({ status: 'stopped', reason })
    expectComplete(log, run.id)
  })

  it('that is interrupted before it began exits with 130 and leaves no run open', async () => {
    const home = temporaryFolder()
    const cli = await startCli(['train', '-', '--json'], { home })
    cli.process.kill('SIGINT')
    const { code, stderr } = await cli.ended
    expect(code).toBe(130)
    expect(stderr).not.toContain(' at ')
  })

  it('is not taken for dead by an application that starts, until it is', async () => {
    const home = temporaryFolder()
    const cli = await startCli(['train', '-'], { home, ...endless })
    await cli.said(/kernel/)
    const app = openTemporaryLog(join(home, 'descent.db'))
    expect(app.closeAbandonedRuns()).toEqual([])
    expect(app.listRuns()[0].status).toBe('running')
    while (app.listRuns()[0].progress.step === 0) await delay(20)
    cli.process.kill('SIGKILL')
    await cli.ended
    const [closed] = app.closeAbandonedRuns()
    const step = closed.progress.step.toLocaleString('en-US')
    expect(closed.reason).toBe(`The command line ended while this run trained. Last logged step ${step}.`)
    expect(app.curves([closed.id])[0].steps.step.at(-1)).toBe(closed.progress.step)
  })

  it('shares the log with others: nothing is lost and nobody is told to wait', async () => {
    const home = temporaryFolder()
    const input = JSON.stringify({ ...SHORT_SPEC, training: { epochs: 40, batchSize: 8, seed: 1 } })
    const both = await Promise.all([1, 2].map(() => runCli(['train', '-', '--json'], { home, input })))
    expect(both.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ])
    const log = openTemporaryLog(join(home, 'descent.db'))
    const results = both.map((run) => jsonOf<{ run: string; weightsHash: string }>(run))
    expect(results[0].weightsHash).toBe(results[1].weightsHash)
    for (const { run } of results) expectComplete(log, run)
  })
})

/** A disk of its own size; null where this user may not make one. */
function smallDisk(kilobytes: number): { folder: string; grow(kilobytes: number): void } | null {
  const folder = temporaryFolder()
  const mount = (options: string): void =>
    void execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' })
  try {
    mount(`size=${kilobytes}k`)
  } catch {
    return null
  }
  // Run last registered first: the folder is removed after it.
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]))
  return { folder, grow: (size) => mount(`remount,size=${size}k`) }
}

describe('a disk that is full', () => {
  it('makes the training wait, and it goes on without a gap once there is space', async (context) => {
    const disk = smallDisk(900)
    if (disk === null) return context.skip('only root can make a small disk')
    const input = JSON.stringify({ ...ENDLESS_SPEC, training: { epochs: 600, batchSize: 32, seed: 1 } })
    const cli = await startCli(['train', '-'], { home: disk.folder, input })
    await cli.said(/waiting: The disk that holds .*descent\.db is full.*Free some space/)
    disk.grow(50_000)
    const { code, stdout, stderr } = await cli.ended
    expect(stdout).toMatch(/^finished: run r/)
    expect(code).toBe(0)
    expect(stderr).not.toMatch(/^error/m)
    const log = openTemporaryLog(join(disk.folder, 'descent.db'))
    const [run] = log.listRuns()
    expect(run.progress.step).toBe(15_000)
    expectComplete(log, run.id)
  })
})

describe('output', () => {
  it('that nobody reads to its end is no error', async () => {
    const home = temporaryFolder()
    const input = JSON.stringify({ ...SHORT_SPEC, training: { epochs: 200, batchSize: 8, seed: 1 } })
    await runCli(['train', '-', '--json'], { home, input })
    const whole = await runCli(['export', '--format', 'long'], { home })
    expect(whole).toMatchObject({ code: 0, stderr: '' })
    expect(whole.stdout.length).toBeGreaterThan(1_000_000)
    const command = `"${process.execPath}" "${await cliScript()}" export --format long | head -n 1`
    const shell = spawn('sh', ['-c', command], { env: { ...process.env, DESCENT_HOME: home } })
    const text = { stdout: '', stderr: '' }
    shell.stdout.on('data', (part: Buffer) => (text.stdout += part.toString()))
    shell.stderr.on('data', (part: Buffer) => (text.stderr += part.toString()))
    await new Promise((resolve) => shell.once('close', resolve))
    expect(text).toEqual({ stdout: 'run_id,run,metric,step,epoch,wall_time,value\r\n', stderr: '' })
  })
})
