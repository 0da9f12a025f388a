import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { version } from '../../../package.json'
import { PRESETS } from '../../../engine/presets'
import type { RunSummary } from '../../../electron/contract'
import { writeBarSet } from '../../fixtures/idx-files'
import { jsonOf, runCli } from '../support/cli'
import { openTemporaryLog } from '../support/open-log'
import { DIVERGING_SPEC, SHORT_SPEC } from '../support/specs'
import { temporaryFolder } from '../support/temporary-folder'

interface Result {
  run: string
  status: string
  reason: string | null
  metrics: Record<string, number | string>
  weightsHash: string
  kernel: string
}

const moons = ['train', '--preset', 'moons', '--set', 'training.epochs=2', '--json']

describe('descent --version', () => {
  it('says the version and what runs it, on either runtime', async () => {
    const home = temporaryFolder()
    const { code, stdout } = await runCli(['--version'], { home })
    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`^descent ${version}, (Electron \\S+ \\()?Node.js \\d+`))
    const plain = await runCli(['--version'], { home, isPlainNode: true })
    expect(plain).toMatchObject({ code: 0, stderr: '' })
    expect(plain.stdout).toContain(`, Node.js ${process.versions.node}`)
  })
})

describe('descent presets', () => {
  it('lists every preset, as a table and as JSON', async () => {
    const home = temporaryFolder()
    const { code, stdout } = await runCli(['presets'], { home })
    expect(code).toBe(0)
    const json = await runCli(['presets', '--json'], { home })
    const listed = jsonOf<{ id: string; spec: { version: number } }[]>(json)
    expect(listed.map(({ id }) => id)).toEqual(PRESETS.map(({ id }) => id))
    expect(listed.every(({ spec }) => spec.version === 1)).toBe(true)
    for (const { id } of PRESETS) expect(stdout).toContain(id)
    expect(existsSync(join(home, 'descent.db'))).toBe(false)
  })
})

describe('descent train', () => {
  it('computes with the kernel and the threads that were asked for, and with the same bits', async () => {
    const home = temporaryFolder()
    const slow = jsonOf<Result>(await runCli([...moons, '--kernel', 'reference'], { home }))
    expect(slow).toMatchObject({ status: 'finished', kernel: 'reference-f64' })
    const usual = await runCli([...moons, '--kernel', 'automatic', '--threads', '1'], { home })
    expect(jsonOf<Result>(usual).weightsHash).toBe(slow.weightsHash)
    const portable = [
      ...moons,
      '--set',
      'training.precision=float32',
      '--set',
      'training.arithmetic=portable',
    ]
    const refused = await runCli([...portable, '--kernel', 'native'], { home })
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain(
      '--kernel native: It can not give the bits of portable float32 arithmetic.',
    )
  })

  it('trains a preset with changed settings into the log', async () => {
    const home = temporaryFolder()
    const changes = ['--set', 'optimizer.learningRate=0.02', '--set', 'dataset.split.test=0.1', '--seed', '7']
    const run = await runCli([...moons, ...changes, '--name', 'my run'], { home })
    expect(run).toMatchObject({ code: 0, stderr: '' })
    const result = jsonOf<Result>(run)
    expect(result).toMatchObject({ status: 'finished', name: 'my run', seed: 7, epochs: 2 })
    expect(result.weightsHash).toMatch(/^[0-9a-f]{64}$/)

    const log = openTemporaryLog(join(home, 'descent.db'))
    const { summary, spec } = log.detail(result.run)
    expect(summary).toMatchObject({ name: 'my run', status: 'finished', weightsHash: result.weightsHash })
    expect(spec.optimizer.learningRate).toBe(0.02)
    const { steps, epochs } = log.curves([result.run])[0]
    expect(steps.step.length).toBe(summary.progress.totalSteps)
    expect(epochs.epoch.length).toBe(2)
    for (const [metric, { values }] of Object.entries(epochs.metrics)) {
      expect(result.metrics[metric]).toBe(values.at(-1))
    }
    expect(log.finalMetrics(result.run)).toEqual({
      'test/loss': result.metrics['test/loss'],
      'test/accuracy': result.metrics['test/accuracy'],
    })
  })

  it('gives the same weights again, on either runtime, and others for another seed', async () => {
    const home = temporaryFolder()
    const hashOf = async (parameters: string[], isPlainNode = false): Promise<string> =>
      jsonOf<Result>(await runCli([...moons, ...parameters], { home, isPlainNode })).weightsHash
    const first = await hashOf(['--seed', '3'])
    expect(await hashOf(['--seed', '3'])).toBe(first)
    expect(await hashOf(['--seed', '3'], true)).toBe(first)
    expect(await hashOf(['--seed', '4'])).not.toBe(first)
  })

  it('takes a spec from a file and from standard input, into the database that is named', async () => {
    const home = temporaryFolder()
    writeFileSync(join(home, 'spec.json'), JSON.stringify(SHORT_SPEC))
    const db = join(home, 'other', 'log.db')
    const fromFile = await runCli(['train', 'spec.json', '--db', db, '--json'], { home })
    const input = `\uFEFF${JSON.stringify(SHORT_SPEC)}`
    const fromInput = await runCli(['train', '-', '--db', db, '--json'], { home, input })
    expect([fromFile.code, fromInput.code]).toEqual([0, 0])
    expect(jsonOf<Result>(fromFile).weightsHash).toBe(jsonOf<Result>(fromInput).weightsHash)
    expect(openTemporaryLog(db).listRuns().length).toBe(2)
    expect(existsSync(join(home, 'descent.db'))).toBe(false)
  })

  it('tells of each epoch on stderr and of the result on stdout where there is no terminal', async () => {
    const home = temporaryFolder()
    const run = await runCli(['train', '--preset', 'moons', '--set', 'training.epochs=3'], { home })
    expect(run.code).toBe(0)
    expect(run.stderr.match(/^epoch \d\/3 {2}train\/loss \d/gm)?.length).toBe(3)
    expect(run.stdout).toMatch(/^finished: run r\S+ "Two moons", \d+ steps/)
    expect(run.stdout).toContain('val/accuracy')
  })

  it('exits with 1 when a run diverges, and keeps it and why', async () => {
    const home = temporaryFolder()
    const input = JSON.stringify(DIVERGING_SPEC)
    const run = await runCli(['train', '-', '--json'], { home, input })
    expect(run.code).toBe(1)
    const result = jsonOf<Result>(run)
    expect(result.status).toBe('diverged')
    expect(result.reason).toMatch(/step \d/i)
    expect(openTemporaryLog(join(home, 'descent.db')).getRun(result.run)).toMatchObject({
      status: 'diverged',
      reason: result.reason,
    })
  })
})

describe('descent runs', () => {
  it('lists runs, newest first, as a table and as JSON with NaN by name', async () => {
    const home = temporaryFolder()
    expect(await runCli(['runs'], { home })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No runs yet') as string,
    })
    expect(jsonOf(await runCli(['runs', '--json'], { home }))).toEqual([])
    const first = jsonOf<Result>(await runCli([...moons, '--name', 'first'], { home }))
    const second = jsonOf<Result>(await runCli([...moons, '--name', 'second'], { home }))
    const { stdout } = await runCli(['runs'], { home })
    expect(
      stdout
        .split('\n')
        .slice(1, 3)
        .map((line) => line.split(/\s+/).slice(0, 3)),
    ).toEqual([
      [second.run, 'second', 'finished'],
      [first.run, 'first', 'finished'],
    ])
    const listed = jsonOf<RunSummary[]>(await runCli(['runs', '--json'], { home }))
    expect(listed.map(({ id, weightsHash }) => [id, weightsHash])).toEqual([
      [second.run, second.weightsHash],
      [first.run, first.weightsHash],
    ])
  })
})

describe('descent export', () => {
  it('writes each format to stdout and the same bytes to a file', async () => {
    const home = temporaryFolder()
    const { run } = jsonOf<Result>(await runCli(moons, { home }))
    await runCli(moons, { home })
    const rows = { long: 0, wide: 0, runs: 0 }
    for (const format of ['long', 'wide', 'runs'] as const) {
      const toOutput = await runCli(['export', '--format', format, '--run', run], { home })
      expect(toOutput).toMatchObject({ code: 0, stderr: '' })
      const toFile = await runCli(['export', '--format', format, '--run', run, '--out', `${format}.csv`], {
        home,
      })
      expect(toFile).toMatchObject({ code: 0, stdout: '' })
      expect(readFileSync(join(home, `${format}.csv`), 'utf8')).toBe(toOutput.stdout)
      rows[format] = (parse(toOutput.stdout, { columns: true }) as unknown[]).length
    }
    // 800 training examples in batches of 32: 25 steps an epoch.
    expect(rows).toEqual({ long: 50 * 5 + 2 * 4, wide: 50, runs: 1 })
    const all = await runCli(['export', '--format', 'runs'], { home })
    expect((parse(all.stdout, { columns: true }) as unknown[]).length).toBe(2)
  })
})

describe('descent import', () => {
  it('makes IDX files, gzipped or not, an image set that a spec can name', async () => {
    const home = temporaryFolder()
    const { trainingImages, trainingLabels, testImages, testLabels } = writeBarSet(join(home, 'bars'), 90, 30)
    // Content tells what a file is.
    renameSync(trainingImages, join(home, 'train.csv'))
    const files = [testLabels, join(home, 'train.csv'), trainingLabels, testImages]
    const imported = await runCli(['import', ...files, '--name', 'Bars', '--json'], { home })
    expect(imported).toMatchObject({ code: 0, stderr: '' })
    const images = jsonOf<{ hash: string }>(imported)
    expect(images).toMatchObject({ kind: 'images', name: 'Bars', trainingImages: 90, testImages: 30 })
    const again = await runCli(['import', ...files], { home })
    expect(again.stdout).toContain('"Bars": 90 training and 30 test images of 6 x 9')
    expect(again.stdout).toMatch(
      new RegExp(`hash ${images.hash}[\\s\\S]*class +training +test[\\s\\S]*\n *2 +30 +10`),
    )

    const spec = {
      ...SHORT_SPEC,
      name: 'bars',
      dataset: { id: 'idx', parameters: { hash: images.hash, trainingExamples: 60 } },
      network: { layers: [{ kind: 'dense', units: 3, activation: 'softmax' }] },
      loss: 'categorical-cross-entropy',
      training: { epochs: 1, batchSize: 10 },
    }
    const run = await runCli(['train', '-', '--json'], { home, input: JSON.stringify(spec) })
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(jsonOf<Result>(run).status).toBe('finished')
  })

  it('makes a CSV file a data set that a spec can name', async () => {
    const home = temporaryFolder()
    const rows = Array.from(
      { length: 60 },
      (_, index) => `${index};${index % 7};${index < 30 ? 'low' : 'high'}`,
    )
    mkdirSync(join(home, 'in'))
    writeFileSync(join(home, 'in', 'table.csv'), `a;b;level\n${rows.join('\n')}\n`)
    const imported = await runCli(['import', 'in/table.csv', '--name', 'my table', '--json'], { home })
    expect(imported).toMatchObject({ code: 0, stderr: '' })
    const { hash } = jsonOf<{ hash: string }>(imported)
    const dataset = { id: 'csv', parameters: { hash, task: 'classification', targets: ['level'] } }
    const layers = [{ kind: 'dense', units: 1, activation: 'logistic' }]
    const spec = { ...SHORT_SPEC, dataset, network: { layers }, name: 'table' }
    const run = await runCli(['train', '-', '--json'], { home, input: JSON.stringify(spec) })
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(jsonOf<Result>(run).status).toBe('finished')
  })
})
