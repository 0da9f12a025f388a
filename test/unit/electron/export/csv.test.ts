import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { unguardText } from '../../../../electron/export/cells'
import { csvPieces, textOf, type CsvFormat } from '../../../../electron/export'
import type { RunLog } from '../../../../electron/run-log/types'
import { STEP_METRICS, type StepMetric } from '../../../../engine/training/types'
import { openTemporaryLog, startRun } from '../../../integration/support/open-log'
import { exampleBatch, exampleChunk } from '../../../integration/support/run-samples'

const SPECIAL = [NaN, Infinity, -Infinity, -0, 5e-324, 0.1 + 0.2, -1e-7, 1.7976931348623157e308]

function csv(
  log: RunLog,
  format: CsvFormat,
  runIds: string[] | null = null,
  metrics?: string[],
): { text: string; rows: number } {
  return textOf(csvPieces(log, { format, runIds, metrics }))
}

const table = (text: string): Record<string, string>[] =>
  parse(text, { columns: true, record_delimiter: '\r\n' })

/** A run with special values, validation every second epoch and a test part; 4 batches of 6 steps, 4 steps an epoch. */
function fullRun(log: RunLog, name: string, firstStep = 1): string {
  const id = startRun(log, 'x')
  log.rename(id, name)
  for (let sequence = 0; sequence < 4; sequence++) {
    const chunk = exampleChunk(sequence, 6, firstStep + sequence * 6)
    chunk.columns['batch/loss'].set(SPECIAL.slice(sequence * 2, sequence * 2 + 2))
    const epoch = sequence + 1
    log.appendBatch(
      id,
      exampleBatch(sequence, 6, {
        chunk,
        epochs: [
          {
            epoch,
            step: epoch * 4,
            elapsedMs: epoch * 33.3,
            metrics: {
              'train/loss': SPECIAL[sequence],
              ...(epoch % 2 === 0 ? { 'val/loss': SPECIAL[sequence + 4] } : {}),
            },
          },
        ],
      }),
    )
  }
  log.markDone(id, { kind: 'finished' }, { 'test/loss': 0.125, 'test/accuracy': NaN }, 'hash')
  return id
}

describe('the long CSV', () => {
  it('read back is the log, bit for bit', () => {
    const log = openTemporaryLog()
    const names = ['=HYPERLINK("x"), "quoted"', "'=apostrophe", 'línea 1']
    const ids = names.map((name) => fullRun(log, name))
    const { text, rows } = csv(log, 'long')
    expect(text.startsWith('run_id,run,metric,step,epoch,wall_time,value\r\n')).toBe(true)
    expect(text.endsWith('\r\n')).toBe(true)
    const records = table(text)
    expect(records.length).toBe(rows)
    expect(rows).toBe(3 * (24 * STEP_METRICS.length + 4 + 2 + 2))

    ids.forEach((id, index) => {
      const [{ steps, epochs, stepsPerEpoch }] = log.curves([id])
      const own = records.filter((record) => record.run_id === id)
      expect(new Set(own.map(({ run }) => unguardText(run)))).toEqual(new Set([names[index]]))
      const column = (metric: string, name: string): number[] =>
        own.filter((record) => record.metric === metric).map((record) => Number(record[name]))

      for (const metric of STEP_METRICS) {
        expect(column(metric, 'value')).toEqual([...steps.columns[metric as StepMetric]])
        expect(column(metric, 'step')).toEqual([...steps.step])
        expect(column(metric, 'epoch')).toEqual([...steps.step].map((step) => step / stepsPerEpoch))
        expect(column(metric, 'wall_time')).toEqual([...steps.elapsedMs].map((time) => time / 1000))
      }
      for (const [metric, { values, measured }] of Object.entries(epochs.metrics)) {
        const at = (list: Float64Array): number[] => [...list].filter((_, epoch) => measured[epoch] === 1)
        expect(column(metric, 'value')).toEqual(at(values))
        expect(column(metric, 'epoch')).toEqual(at(epochs.epoch))
        expect(column(metric, 'step')).toEqual(at(epochs.step))
        expect(column(metric, 'wall_time')).toEqual(at(epochs.elapsedMs).map((time) => time / 1000))
      }
      expect(column('test/loss', 'value')).toEqual([0.125])
      expect(column('test/accuracy', 'value')).toEqual([NaN])
    })
  })

  it('holds only the runs that are asked for, in that order, and none of the trash', () => {
    const log = openTemporaryLog()
    const [first, second, third] = ['a', 'b', 'c'].map((name) => fullRun(log, name))
    const runs = (text: string): string[] => [...new Set(table(text).map(({ run_id }) => run_id))]
    expect(runs(csv(log, 'long', [third, first]).text)).toEqual([third, first])
    log.trash([second])
    expect(runs(csv(log, 'long').text)).toEqual([first, third])
    expect(() => csv(log, 'long', ['r0'])).toThrow('There is no run r0.')
  })

  it('of no runs is its header', () => {
    expect(csv(openTemporaryLog(), 'long')).toEqual({
      text: 'run_id,run,metric,step,epoch,wall_time,value\r\n',
      rows: 0,
    })
  })
})

describe('the wide CSV', () => {
  it('has one row a logged step, over all runs, and one column a run and metric', () => {
    const log = openTemporaryLog()
    const first = fullRun(log, 'a')
    const later = fullRun(log, '=b', 7)
    const { text, rows } = csv(log, 'wide')
    const records = table(text)
    expect(rows).toBe(30)
    expect(records.map(({ step }) => Number(step))).toEqual(
      Array.from({ length: 30 }, (_, index) => index + 1),
    )
    const metrics = [...STEP_METRICS, 'train/loss', 'val/loss', 'test/accuracy', 'test/loss']
    expect(Object.keys(records[0])).toEqual([
      'step',
      ...metrics.map((metric) => `a - ${metric}`),
      ...metrics.map((metric) => `'=b - ${metric}`),
    ])
    const [curves, laterCurves] = log.curves([first, later])
    const column = (title: string): string[] => records.map((record) => record[title])
    expect(column('a - batch/loss').slice(0, 24).map(Number)).toEqual([...curves.steps.columns['batch/loss']])
    expect(column('a - batch/loss').slice(24)).toEqual(Array(6).fill(''))
    expect(column("'=b - batch/loss").slice(6).map(Number)).toEqual([
      ...laterCurves.steps.columns['batch/loss'],
    ])
    const measured = records.filter((record) => record['a - val/loss'] !== '')
    expect(measured.map((record) => [Number(record.step), Number(record['a - val/loss'])])).toEqual([
      [8, SPECIAL[5]],
      [16, SPECIAL[7]],
    ])
  })

  it('tells runs of the same name apart by their ids', () => {
    const log = openTemporaryLog()
    const [first, second] = [fullRun(log, 'same'), fullRun(log, 'same')]
    fullRun(log, 'other')
    const titles = Object.keys(table(csv(log, 'wide').text)[0])
    for (const name of [`same (${first})`, `same (${second})`, 'other']) {
      expect(titles).toContain(`${name} - batch/loss`)
    }
    expect(new Set(titles).size).toBe(titles.length)
  })
})

describe('the CSV of runs', () => {
  it('has one row a run with its settings, its last and best values and what makes it repeatable', () => {
    const log = openTemporaryLog()
    const id = fullRun(log, 'renamed')
    log.setTags([id], ['=tag', 'b'], [])
    log.setNote(id, 'line 1\nline "2"')
    startRun(log, 'second')
    const [run, second] = table(csv(log, 'runs').text)
    expect(run).toMatchObject({
      id,
      name: 'renamed',
      status: 'finished',
      tags: "'=tag; b",
      note: 'line 1\nline "2"',
      seed: '1',
      dataset: 'moons',
      data_hash: 'd'.repeat(64),
      kernel: 'reference-f64',
      engine_version: '0.1.0',
      weights_hash: 'hash',
      'spec.name': 'x',
      'optimizer.learningRate': '0.01',
      'network.layers.0.units': '8',
      'training.shuffle': 'true',
      'train/loss last': '-0',
      'train/loss best': '-0',
      'train/loss best epoch': '4',
      'test/loss last': '0.125',
      'test/accuracy last': 'NaN',
      'test/accuracy best': '',
    })
    expect(run.created_at).toBe(new Date(log.getRun(id)!.createdAt).toISOString())
    expect(second).toMatchObject({ name: 'second', status: 'running', ended_at: '', 'test/loss last': '' })
  })
})

describe('a choice of metrics', () => {
  it('leaves out the others, in every format, and changes nothing of what is left', () => {
    const log = openTemporaryLog()
    fullRun(log, 'a')
    const wanted = ['val/loss', 'batch/loss', 'test/loss']
    const all = table(csv(log, 'long').text)
    expect(table(csv(log, 'long', null, wanted).text)).toEqual(
      all.filter(({ metric }) => wanted.includes(metric)),
    )
    expect(Object.keys(table(csv(log, 'wide', null, wanted).text)[0])).toEqual([
      'step',
      'a - batch/loss',
      'a - val/loss',
      'a - test/loss',
    ])
    const titles = Object.keys(table(csv(log, 'runs', null, wanted).text)[0])
    expect(titles).toContain('val/loss best')
    expect(titles).not.toContain('train/loss best')
    expect(titles).toContain('optimizer.learningRate')
  })

  it('that none of the runs logged is refused with the nearest name', () => {
    const log = openTemporaryLog()
    fullRun(log, 'a')
    for (const format of ['long', 'wide', 'runs'] as const) {
      expect(() => csv(log, format, null, ['val/los'])).toThrow('None of these runs logged "val/los".')
    }
  })
})
