// descent export of what a comparison shows: every option reaches the same functions that the window asks.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { version } from '../../../package.json'
import { seenPieces, textOf, type SeenRequest } from '../../../electron/export'
import type { RunLog } from '../../../electron/run-log/types'
import { DEFAULT_COMPARISON, type Comparison } from '../../../engine/comparison/schema'
import { comparedRuns } from '../support/compared-runs'
import { runCli } from '../support/cli'
import { openTemporaryLog } from '../support/open-log'
import { saveView } from '../support/saved-view'
import { temporaryFolder } from '../support/temporary-folder'

/** Files tell when they were written, and nothing else may differ. */
function withoutDate(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\d(T[\d:.]+Z| at \d\d:\d\d UTC)/g, 'a date')
}

function made() {
  const home = temporaryFolder()
  const log = openTemporaryLog(join(home, 'descent.db'))
  const ids = comparedRuns(log)
  /** What the command line writes to stdout. */
  const exported = async (...parameters: string[]): Promise<string> => {
    const { code, stdout, stderr } = await runCli(['export', ...parameters], { home })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    return withoutDate(stdout)
  }
  return { home, log, ids, exported }
}

/** What the window's process would write. */
function written(
  log: RunLog,
  runIds: string[],
  change: Partial<Comparison>,
  request: Partial<SeenRequest> = {},
): string {
  const asked: SeenRequest = {
    format: 'csv',
    runIds,
    hiddenRunIds: [],
    comparison: { ...DEFAULT_COMPARISON, ...change },
    chart: 0,
    theme: 'light',
    width: 1100,
    height: 520,
    ...request,
  }
  return withoutDate(textOf(seenPieces(log, asked, { at: Date.now(), version })).text)
}

function columnsOf(text: string): string[] {
  const lines = text.split('\r\n')
  const skipped = Number(/^# (\d+) lines/.exec(lines[0])![1])
  return (parse(lines.slice(skipped).join('\r\n')) as string[][])[0]
}

describe('descent export of what is seen', () => {
  it('smooths, groups and bands as it is told to, bit for bit as the window would', async () => {
    const { log, ids, exported } = made()
    const all = ids.flat()
    expect(await exported('--format', 'seen')).toBe(written(log, all, {}))
    const options = ['--smooth', 'gaussian:2', '--group-by', 'training.seed', '--band', 'std', '--no-members']
    const change: Partial<Comparison> = {
      smoothing: { kind: 'gaussian', deviation: 2 },
      grouping: { kind: 'paths', paths: ['training.seed'] },
      band: { kind: 'std', level: 0.95 },
      hasMembers: false,
    }
    const text = await exported('--format', 'seen', ...options)
    expect(text).toBe(written(log, all, change))
    expect(text).toContain('# smoothing: Gaussian, deviation 2 points')
    expect(columnsOf(text).slice(0, 5)).toEqual(['step', 'seed 1', 'seed 1 low', 'seed 1 high', 'seed 1 n'])
  })

  it.each([
    ['none', { kind: 'none' }],
    ['0.9', { kind: 'ema', weight: 0.9 }],
    ['mean:3', { kind: 'mean', points: 3 }],
    ['median:5', { kind: 'median', points: 5 }],
  ] as const)('takes --smooth %s', async (text, smoothing) => {
    const { log, ids, exported } = made()
    expect(await exported('--format', 'seen', '--metric', 'batch/loss', '--smooth', text)).toBe(
      written(log, ids.flat(), { smoothing, charts: [{ metric: 'batch/loss', yKind: 'log', yRange: null }] }),
    )
  })

  it('shows a saved view with its runs, its zoom and what it hides, and options in place of what it says', async () => {
    const { log, ids, exported } = made()
    const some = [...ids[0].slice(0, 3), ...ids[1].slice(0, 3)]
    const change: Partial<Comparison> = {
      xName: 'epoch',
      xRange: [1, 3],
      grouping: { kind: 'paths', paths: ['optimizer.learningRate'] },
      smoothing: { kind: 'none' },
    }
    saveView(log, 'three of each', some, change, [ids[0][0]])
    const text = await exported('--format', 'seen', '--view', 'three of each')
    expect(text).toBe(written(log, some, change, { hiddenRunIds: [ids[0][0]] }))
    expect(text).toContain('# hidden, and not in here: 1 run')
    expect(columnsOf(text).slice(0, 2)).toEqual(['epoch', 'lr 0.01'])

    const other = await exported(
      '--format',
      'seen',
      '--view',
      'three of each',
      '--smooth',
      '0.5',
      '--x',
      'step',
    )
    const otherChange: Partial<Comparison> = {
      ...change,
      xName: 'step',
      xRange: null,
      smoothing: { kind: 'ema', weight: 0.5 },
    }
    expect(other).toBe(written(log, some, otherChange, { hiddenRunIds: [ids[0][0]] }))
  })

  it('draws the chart as SVG, of the size and the theme asked for, with a line for each group', async () => {
    const { log, ids, exported } = made()
    const options = ['--theme', 'dark', '--width', '700', '--height', '300', '--group-by', 'none']
    const svg = await exported('--format', 'svg', ...options)
    const request = { format: 'svg', theme: 'dark', width: 700, height: 300 } as const
    expect(svg).toBe(written(log, ids.flat(), { grouping: { kind: 'none' } }, request))
    expect(svg).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg [^>]*width="700"/)
    for (const id of ids.flat()) expect(svg).toContain(`>${log.getRun(id)!.name.replace('moons ', '')}<`)
  })

  it('writes a report with the test of the difference to the baseline', async () => {
    const { home, log, ids } = made()
    const options = ['--baseline', ids[0][0], '--level', '0.9', '--out', 'report.html']
    const run = await runCli(['export', '--format', 'html', ...options], { home })
    expect(run).toMatchObject({ code: 0, stdout: '' })
    expect(run.stderr).toMatch(/report\.html: [\d,]+ bytes\n$/)
    const html = readFileSync(join(home, 'report.html'), 'utf8')
    const change: Partial<Comparison> = {
      baseline: ids[0][0],
      band: { kind: 't-interval', level: 0.9 },
      report: { ...DEFAULT_COMPARISON.report, level: 0.9 },
    }
    // Told as one word: a page that differs would fill the terminal.
    expect(withoutDate(html) === written(log, ids.flat(), change, { format: 'html' })).toBe(true)
    for (const expected of ['Test of the difference', ' baseline</span>', '<dt>90 % t interval</dt>']) {
      expect(html.includes(expected), expected).toBe(true)
    }
    expect(/<script|https?:(?!\/\/www\.w3\.org)/.exec(html)).toBeNull()
  })

  it.each([
    [['--smooth', 'ema:1'], /--smooth "ema:1": expected a weight from 0 to 0\.999/],
    [['--smooth', 'medium:9'], /--smooth "medium": expected one of[\s\S]*"median"/],
    [['--view', 'three'], /no view "three"/],
    [['--group-by', 'optimizer.kin'], /--group-by[\s\S]*"optimizer\.kind"/],
    [['--band', 'sd'], /--band "sd": expected one of/],
    [['--width', '50'], /--width "50": expected a whole number of pixels from 100 to 10000/],
  ] as const)('%j is refused with what is wrong', async (parameters, message) => {
    const { home } = made()
    const run = await runCli(['export', '--format', 'svg', ...parameters], { home })
    expect(run).toMatchObject({ code: 2, stdout: '' })
    expect(run.stderr).toMatch(message)
  })
})
