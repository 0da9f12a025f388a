import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { jsonOf, runCli } from '../support/cli'
import { temporaryFolder } from '../support/temporary-folder'

interface Demo {
  runs: { run: string; status: string; metrics: Record<string, number>; weightsHash: string }[]
  differences: Record<string, unknown[]>
  files: string[]
  picture: string | null
  pictureMissing: string | null
}

/** Part of MNIST, so that the test takes seconds; the demo itself takes all of it. */
const SMALL = [
  '--set',
  'dataset.parameters.trainingExamples=1000',
  '--set',
  'dataset.parameters.testExamples=200',
]

/** Width and height of a PNG, from its header. */
function pictureSize(path: string): [number, number] {
  const bytes = readFileSync(path)
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG')
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
}

describe('descent demo', () => {
  it('trains two runs, compares them and leaves CSV files and a chart', async () => {
    const home = temporaryFolder()
    const run = await runCli(['demo', '--out', 'demo', '--json', ...SMALL], { home })
    expect(run).toMatchObject({ code: 0, stderr: '' })
    const { runs, differences, files, picture } = jsonOf<Demo>(run)
    expect(runs.map(({ status }) => status)).toEqual(['finished', 'finished'])
    expect(differences).toEqual({ 'optimizer.learningRate': [0.001, 0.0001] })
    expect(runs[0].metrics['train/loss']).toBeLessThan(runs[1].metrics['train/loss'])
    expect(files.sort()).toEqual(
      ['long.csv', 'loss.png', 'runs.csv', 'wide.csv'].map((name) => join(home, 'demo', name)),
    )
    expect(pictureSize(picture as string)).toEqual([1800, 1120])
    const long: Record<string, string>[] = parse(readFileSync(join(home, 'demo', 'long.csv')), {
      columns: true,
    })
    expect(new Set(long.map(({ run_id }) => run_id))).toEqual(new Set(runs.map(({ run: id }) => id)))
    const finalLoss = long.find(({ run_id, metric }) => run_id === runs[0].run && metric === 'test/loss')
    expect(Number(finalLoss?.value)).toBe(runs[0].metrics['test/loss'])
  })

  it('leaves the picture out, says why and succeeds where the canvas can not be loaded', async () => {
    const home = temporaryFolder()
    const environment = { NAPI_RS_NATIVE_LIBRARY_PATH: join(home, 'missing.node') }
    const run = await runCli(['demo', '--out', '.', ...SMALL], { home, environment })
    expect(run.code).toBe(0)
    expect(run.stderr).toMatch(/The picture was left out: .+/)
    expect(run.stdout).toContain('optimizer.learningRate')
    expect(run.stdout).toContain(join(home, 'wide.csv'))
    expect(run.stdout).not.toContain('.png')
  })
})
