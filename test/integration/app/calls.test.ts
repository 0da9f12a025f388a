import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { CALL_NAMES, type RunSummary } from '../../../electron/contract'
import { moonsSpec } from '../../e2e/support/specs'
import { writeBarSet } from '../../fixtures/idx-files'
import { temporaryFolder } from '../support/temporary-folder'
import { openApp, type AppInProcess } from './in-process'

function openedApp(parallelRuns?: number): { app: AppInProcess; folder: string } {
  const folder = temporaryFolder()
  const app = openApp(folder, parallelRuns)
  onTestFinished(() => app.close())
  return { app, folder }
}

async function finished(app: AppInProcess, id: string): Promise<RunSummary> {
  await vi.waitFor(() => expect(app.log.getRun(id)?.status).toBe('finished'), {
    timeout: 60_000,
    interval: 20,
  })
  return app.log.getRun(id)!
}

const CSV_OPTIONS = { delimiter: null, decimal: null, hasHeader: null, encoding: null, skipBadRows: false }

describe('the calls of the window', () => {
  it('train a design to its end and answer everything about it', async () => {
    const { app } = openedApp()
    const { id, status } = await app.call('runs.start', { spec: moonsSpec({ epochs: 30 }) })
    expect(status).toBe('queued')
    const run = await finished(app, id)
    const stepsPerEpoch = 10
    expect(run).toMatchObject({ kernel: 'reference-f64', progress: { step: 300, epoch: 30 } })
    expect(run.weightsHash).toMatch(/^[0-9a-f]{64}$/)

    const detail = await app.call('runs.detail', { id })
    expect(detail.stepsPerEpoch).toBe(stepsPerEpoch)
    expect(detail.events.map(({ kind }) => kind)).toEqual(['created', 'started', 'finished'])
    expect(detail.inspectionEpochs).toEqual(expect.arrayContaining([0, 1, 2, 3, 5, 8, 13, 21, 30]))

    const [curves] = await app.call('runs.curves', { ids: [id] })
    expect(curves.steps.step).toEqual(Float64Array.from({ length: 300 }, (_, i) => i + 1))
    const times = curves.steps.elapsedMs!
    expect(times.every((time, i) => i === 0 || time >= times[i - 1])).toBe(true)
    expect(curves.epochs.epoch).toHaveLength(30)

    expect(await app.call('runs.inspection', { id, epoch: 30 })).toMatchObject({ epoch: 30, step: 300 })
    const weights = await app.call('runs.weights', { id })
    expect(weights).toMatchObject({ epoch: 30, step: 300 })
    expect(weights?.layers.map(({ inputs, outputs }) => [inputs, outputs])).toEqual([
      [2, 16],
      [16, 1],
    ])
  })

  it('show a point only when it is in the log, and show all of them', async () => {
    const { app } = openedApp()
    const { id } = await app.call('runs.start', { spec: moonsSpec({ epochs: 30 }) })
    await finished(app, id)
    const shown = app.published.flatMap(({ name, payload }) => {
      const { chunk } =
        name === 'run.metrics'
          ? (payload as { chunk: { firstStep: number; count: number } | null })
          : { chunk: null }
      return chunk ? Array.from({ length: chunk.count }, (_, i) => chunk.firstStep + i) : []
    })
    expect(shown).toEqual([...app.log.curves([id])[0].steps.step])
  })

  it('give the same bits in parallel as one after the other', async () => {
    const hashes = async (parallelRuns: number): Promise<(string | null)[]> => {
      const { app } = openedApp(parallelRuns)
      const runs = await Promise.all(
        [1, 2, 3].map((seed) => app.call('runs.start', { spec: moonsSpec({ seed, epochs: 50 }) })),
      )
      return Promise.all(runs.map(async ({ id }) => (await finished(app, id)).weightsHash))
    }
    const serial = await hashes(1)
    expect(await hashes(3)).toEqual(serial)
    expect(new Set(serial).size).toBe(3)
  })

  it('name every problem of a design that can not run', async () => {
    const { app } = openedApp()
    const spec = { ...(moonsSpec() as object), optimizer: { kind: 'adam', learningRate: 0 } }
    await expect(app.call('runs.start', { spec })).rejects.toMatchObject({
      code: 'bad-spec',
      problems: [{ path: 'optimizer.learningRate' }],
    })
    expect(await app.call('runs.list')).toEqual([])
  })

  it('name the problems of a data set alone', async () => {
    const { app } = openedApp()
    const preview = await app.call('datasets.preview', {
      dataset: { id: 'moons', parameters: { samples: 100 } },
    })
    expect(preview).toMatchObject({ examples: 100, picture: { kind: 'scatter' } })
    const dataset = { id: 'moons', parameters: { samples: -1 } }
    await expect(app.call('datasets.preview', { dataset })).rejects.toMatchObject({
      code: 'bad-spec',
      problems: [{ path: 'dataset.parameters.samples' }],
    })
  })

  it('rename, tag, note, delete and restore', async () => {
    const { app } = openedApp()
    const { id } = await app.call('runs.start', { spec: moonsSpec({ epochs: 1 }) })
    await finished(app, id)
    expect(await app.call('runs.rename', { id, name: 'second try' })).toMatchObject({ name: 'second try' })
    expect(await app.call('runs.setTags', { ids: [id], add: ['best'], remove: [] })).toMatchObject([
      { tags: ['best'] },
    ])
    expect(await app.call('runs.setNote', { id, note: 'why' })).toMatchObject({ note: 'why' })
    await app.call('runs.delete', { ids: [id] })
    expect(await app.call('runs.list')).toEqual([])
    expect(await app.call('runs.restore', { ids: [id] })).toMatchObject([{ id, deletedAt: null }])
    expect(app.published.map(({ name }) => name)).toContain('runs.removed')
  })

  it('delete a run while it trains: it is stopped first', async () => {
    const { app } = openedApp()
    const { id } = await app.call('runs.start', { spec: moonsSpec({ epochs: 1_000_000 }) })
    await vi.waitFor(() => expect(app.log.getRun(id)?.status).toBe('running'))
    await app.call('runs.delete', { ids: [id] })
    expect(await app.call('runs.list')).toEqual([])
    expect(app.log.getRun(id)).toMatchObject({ status: 'stopped' })
    expect(app.runControl.isBusy).toBe(false)
  })

  it('export to the place that a person chose, under a sensible name', async () => {
    const { app, folder } = openedApp()
    const { id } = await app.call('runs.start', { spec: moonsSpec({ name: 'a/b: moons', epochs: 2 }) })
    await finished(app, id)
    const path = join(folder, 'long.csv')
    app.chosen.path = path
    const file = await app.call('exports.csv', { format: 'long', runIds: [id] })
    expect(app.chosen.suggested).toBe('a b moons long.csv')
    const lines = readFileSync(path, 'utf8').trimEnd().split('\r\n')
    expect(file).toMatchObject({ path, rows: lines.length - 1 })
    expect(lines[0]).toBe('run_id,run,metric,step,epoch,wall_time,value')

    const png = await app.call('exports.png', { name: 'loss', bytes: Uint8Array.of(1, 2, 3) })
    expect(png).toMatchObject({ rows: 0, bytes: 3 })
    await app.call('exports.svg', { name: 'loss', text: '<svg/>' })
    expect(app.chosen.suggested).toBe('loss.svg')
    expect(readFileSync(path, 'utf8')).toBe('<svg/>')
    await app.call('exports.spec', { spec: moonsSpec() })
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ name: 'moons' })

    await expect(app.call('exports.reveal', { path })).resolves.toBeNull()
    await expect(app.call('exports.reveal', { path: '/etc/passwd' })).rejects.toMatchObject({
      code: 'not-allowed',
    })
    app.chosen.path = null
    expect(await app.call('exports.csv', { format: 'runs', runIds: null })).toBeNull()
  })

  it('import a table by a token, never by a path', async () => {
    const { app, folder } = openedApp()
    const path = join(folder, 'table.csv')
    writeFileSync(path, 'x,y,label\n1,2,a\n3,4,b\n5,6,a\n')
    await expect(
      app.call('datasets.previewCsv', { token: path, options: CSV_OPTIONS }),
    ).rejects.toMatchObject({
      code: path.length > 64 ? 'bad-input' : 'not-found',
    })
    app.chosen.path = path
    const file = await app.call('datasets.chooseCsv')
    expect(file?.fileName).toBe('table.csv')
    const token = file!.token
    expect(await app.call('datasets.previewCsv', { token, options: CSV_OPTIONS })).toMatchObject({ rows: 3 })
    const table = await app.call('datasets.importCsv', { token, options: CSV_OPTIONS, name: 'my table' })
    expect(table).toMatchObject({ name: 'my table', rows: 3 })
    expect(app.published.at(-1)).toMatchObject({ name: 'datasets.changed' })

    const dataset = {
      id: 'csv',
      parameters: { hash: table.hash, task: 'classification', targets: ['label'] },
    }
    expect(await app.call('datasets.preview', { dataset })).toMatchObject({ examples: 3 })
    await app.call('datasets.remove', { hash: table.hash })
    expect(await app.call('datasets.list')).toEqual([])
    await expect(app.call('datasets.preview', { dataset })).rejects.toMatchObject({ code: 'not-found' })
    await app.call('datasets.restore', { hash: table.hash })
    expect(await app.call('datasets.list')).toHaveLength(1)
    await app.call('datasets.cancelImport', { token })
  })

  it('check the gradients of a design and of a stored run, with progress', async () => {
    const { app } = openedApp()
    const batch = { part: 'training' as const, examples: 16, from: { seed: 1 } }
    const design = { token: 'a', subject: { spec: moonsSpec({ epochs: 1 }) }, batch }
    const start = await app.call('analysis.checkGradients', design)
    expect(start).toMatchObject({
      storedAt: null,
      report: { passed: true, examples: 16, checked: 65, total: 65 },
    })

    const { id } = await app.call('runs.start', { spec: moonsSpec({ epochs: 3 }) })
    await finished(app, id)
    const stored = await app.call('analysis.checkGradients', { token: 'b', subject: { runId: id }, batch })
    expect(stored).toMatchObject({ storedAt: { epoch: 3, step: 30 }, report: { passed: true } })
    expect(stored.report.loss).toBeLessThan(start.report.loss)

    const beyond = { part: 'validation' as const, examples: 4, from: { firstExample: 100_000 } }
    await expect(app.call('analysis.checkGradients', { ...design, batch: beyond })).rejects.toMatchObject({
      code: 'bad-input',
    })
  })

  it('cancel a check of gradients while it computes', async () => {
    const { app } = openedApp()
    const wide = { kind: 'dense', units: 400, activation: 'tanh' }
    const spec = {
      ...(moonsSpec() as object),
      network: { layers: [wide, wide, { kind: 'dense', units: 1, activation: 'logistic' }] },
    }
    const batch = { part: 'training' as const, examples: 16, from: { seed: 1 } }
    const answer = app.call('analysis.checkGradients', { token: 'a', subject: { spec }, batch })
    const ended = expect(answer).rejects.toMatchObject({ code: 'canceled' })
    const progress = () => app.published.filter(({ name }) => name === 'analysis.progress')
    await vi.waitFor(() => expect(progress().length).toBeGreaterThan(1))
    expect(progress().at(-1)?.payload).toMatchObject({ token: 'a', text: 'Layer 1, weights' })
    await app.call('analysis.cancel', { token: 'a' })
    await ended
  })

  it('import images by one token for all files, never by paths', async () => {
    const { app, folder } = openedApp()
    app.chosen.paths = Object.values(writeBarSet(join(folder, 'bars'), 30, 9))
    const files = await app.call('datasets.chooseImages')
    expect(files?.fileNames).toHaveLength(4)
    const token = files!.token
    expect(await app.call('datasets.previewImages', { token })).toMatchObject({
      name: 'bars',
      trainingImages: 30,
      samples: { count: 30, pixels: expect.any(Uint8Array) as Uint8Array },
    })
    await expect(
      app.call('datasets.importCsv', { token, options: CSV_OPTIONS, name: 'bars' }),
    ).rejects.toMatchObject({ code: 'not-found' })
    const images = await app.call('datasets.importImages', { token, name: 'my bars' })
    expect(images).toMatchObject({ kind: 'images', name: 'my bars', testImages: 9 })
    expect(app.published.some(({ name }) => name === 'import.progress')).toBe(true)
    expect(app.published.at(-1)).toMatchObject({ name: 'datasets.changed' })
    const dataset = { id: 'idx', parameters: { hash: images.hash } }
    expect(await app.call('datasets.preview', { dataset })).toMatchObject({
      examples: 39,
      hash: images.hash,
      picture: { kind: 'images', width: 9, height: 6 },
    })
    expect(await app.call('datasets.list')).toEqual([images])
    app.chosen.paths = null
    expect(await app.call('datasets.chooseImages')).toBeNull()
  })

  it('copy text and pictures and keep settings', async () => {
    const { app } = openedApp()
    await app.call('app.copyText', { text: 'spec' })
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0)
    await app.call('app.copyPicture', { bytes: png })
    const noPicture = app.call('app.copyPicture', { bytes: png.slice(1) })
    await expect(noPicture).rejects.toMatchObject({ code: 'bad-input' })
    expect(app.copied).toEqual(['spec', 'picture of 9 bytes'])
    await app.call('settings.set', { theme: 'dark', parallelRuns: 3 })
    expect(await app.call('settings.get')).toMatchObject({ theme: 'dark', parallelRuns: 3, patterns: false })
    expect(await app.call('app.info')).toMatchObject({
      readOnly: null,
      kernels: { fitting: { portable: ['wasm-simd'] } },
    })
  })

  it('answer 10,000 random messages of a stranger and change nothing', async () => {
    const { app } = openedApp()
    const { id } = await app.call('runs.start', { spec: moonsSpec({ epochs: 1 }) })
    await finished(app, id)
    const state = (): string =>
      JSON.stringify([
        app.log.listRuns(),
        app.log.detail(id).events,
        app.log.getSetting('settings.theme'),
        app.copied,
      ])
    const before = state()
    const inputs = fc.oneof(
      fc.constantFrom<unknown>(
        { id },
        { ids: [id] },
        { id, name: 'x' },
        { id, note: 'x' },
        { theme: 'dark' },
        { text: 'x' },
      ),
      fc.constant(undefined),
      fc.anything(),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(...CALL_NAMES), fc.anything()),
        inputs,
        async (name, input) => {
          const result = await app.answer({ isTrusted: false, description: 'stranger' }, name, input)
          expect(result).toMatchObject({ ok: false, error: { code: 'not-allowed' } })
        },
      ),
      { numRuns: 10_000 },
    )
    expect(state()).toBe(before)
  })
})
