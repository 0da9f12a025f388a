import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { csvPieces, seenPieces, textOf, writePieces, type SeenRequest } from '../../../electron/export'
import { readSeen } from '../../../electron/export/seen/read'
import type { RunLog } from '../../../electron/run-log/types'
import { tokenColors } from '../../../engine/comparison/svg/paint'
import type { RunSummary } from '../../../electron/contract'
import { compareModel } from '../../../engine/comparison/chart/compare-model'
import { LineCache } from '../../../engine/comparison/chart/line-cache'
import { lineColors } from '../../../engine/comparison/chart/line-colors'
import { groupRuns } from '../../../engine/comparison/groups'
import type { ChartModel } from '../../../engine/comparison/plot/series'
import { DEFAULT_COMPARISON, type Comparison } from '../../../engine/comparison/schema'
import { shortNames } from '../../../engine/comparison/shared-words'
import { RunColumns } from '../../../renderer/stores/run-columns'
import { comparedRuns } from '../support/compared-runs'
import { openTemporaryLog } from '../support/open-log'
import { fromHex, pythonWith } from '../support/python'
import { temporaryFolder } from '../support/temporary-folder'

const STAMP = { at: Date.UTC(2026, 0, 2, 3, 4, 5), version: '1.2.3' }

function request(log: RunLog, change: Partial<Comparison>, hiddenRunIds: string[] = []): SeenRequest {
  return {
    format: 'csv',
    runIds: log.listRuns().map(({ id }) => id),
    hiddenRunIds,
    comparison: { ...DEFAULT_COMPARISON, ...change },
    chart: 0,
    theme: 'light',
    width: 900,
    height: 400,
  }
}
const LOSS: Comparison['charts'] = [{ metric: 'batch/loss', yKind: 'log', yRange: null }]

/** The table below the comments, by the number of lines that the first one names. */
function tableOf(text: string): Record<string, string>[] {
  const lines = text.split('\r\n')
  const skipped = Number(/^# (\d+) lines/.exec(lines[0])![1])
  expect(lines.slice(0, skipped).every((line) => line.startsWith('# '))).toBe(true)
  return parse(lines.slice(skipped).join('\r\n'), { columns: true })
}
function numbers(rows: Record<string, string>[], title: string): (number | null)[] {
  return rows.map((row) => (row[title] === '' ? null : Number(row[title])))
}

/** From the long CSV alone, with pandas and SciPy: what the exported table has to say. */
const SCRIPT = `
import json, sys
import numpy as np, pandas as pd
from scipy import stats
long = pd.read_csv(sys.argv[1], float_precision="round_trip")
weight, level, metric = float(sys.argv[3]), 0.95, sys.argv[4]
with open(sys.argv[2], encoding="utf-8") as file:
    skipped = int(file.readline().split()[1])
seen = pd.read_csv(sys.argv[2], skiprows=skipped, float_precision="round_trip", index_col="step")

def ema(values):
    average, remaining, out = 0.0, 1.0, []
    for value in values:
        if not np.isfinite(value):
            out.append(value)
            continue
        average = average * weight + (1 - weight) * value
        remaining *= weight
        out.append(average / (1 - remaining))
    return out

curves = {}
for name, run in long[long.metric == metric].groupby("run"):
    curves.setdefault(name.split(" seed ")[0], {})[name] = pd.Series(ema(run.value), index=run.step)
worst = 0.0
for label, runs in curves.items():
    frame = pd.DataFrame(runs).replace([np.inf, -np.inf], np.nan)
    count = frame.count(axis=1)
    mean = frame.mean(axis=1)
    half = stats.t.ppf((1 + level) / 2, (count - 1).where(count > 1)) * frame.std(axis=1, ddof=1) / np.sqrt(count)
    for suffix, expected in (("", mean), (" low", mean - half), (" high", mean + half), (" n", count)):
        own = seen[label + suffix].dropna()
        expected = expected.dropna()
        assert list(own.index) == list(expected.index), (label, suffix, own, expected)
        worst = max(worst, float(np.max(np.abs(own - expected) / np.maximum(np.abs(expected), 1e-12))))
print(json.dumps({"groups": len(curves), "worst": worst.hex()}))
`

describe('what is seen, as numbers', () => {
  const python = pythonWith('numpy, pandas, scipy.stats')
  it.skipIf(python === undefined).each([
    ['batch/loss', 0],
    ['batch/loss', 0.6],
    ['val/loss', 0.6],
  ])('of %s with EMA %d is what SciPy computes from the long CSV', (metric, weight) => {
    const log = openTemporaryLog()
    comparedRuns(log)
    const folder = temporaryFolder()
    const long = writePieces(csvPieces(log, { format: 'long', runIds: null }), join(folder, 'long.csv'))
    const charts: Comparison['charts'] = [{ metric, yKind: 'log', yRange: null }]
    const asked = request(log, { charts, smoothing: { kind: 'ema', weight } })
    const seen = writePieces(seenPieces(log, asked, STAMP), join(folder, 'seen.csv'))
    const parameters = ['-c', SCRIPT, long.path, seen.path, String(weight), metric]
    const output = execFileSync(python as string, parameters, { encoding: 'utf8' })
    const { groups, worst } = JSON.parse(output) as { groups: number; worst: string }
    expect(groups).toBe(2)
    expect(fromHex(worst)).toBeLessThan(1e-9)
  })

  it('read back is what the chart draws, bit for bit', () => {
    const log = openTemporaryLog()
    comparedRuns(log)
    const asked = request(log, { charts: LOSS })
    const rows = tableOf(textOf(seenPieces(log, asked, STAMP)).text)
    const reading = readSeen(log, asked)
    let step = reading.next()
    while (!step.done) step = reading.next()
    const [{ lines }] = step.value.charts
    expect(lines.map(({ group }) => group.label)).toEqual(['moons lr 0.01', 'moons lr 0.1'])
    for (const { group, members, curve } of lines) {
      expect(numbers(rows, 'step')).toEqual([...curve!.x])
      expect(numbers(rows, group.label)).toEqual([...curve!.mean])
      expect(numbers(rows, `${group.label} n`)).toEqual([...curve!.count])
      expect(numbers(rows, `${group.label} high`)).toEqual([...curve!.high])
      for (const { run, smoothed } of members) {
        const own = numbers(rows, run.name)
        expect(own.slice(0, smoothed.length)).toEqual([...smoothed])
        expect(own.slice(smoothed.length).every((value) => value === null)).toBe(true)
      }
    }
    expect(numbers(rows, 'moons lr 0.01 n').slice(9, 11)).toEqual([4, 3])
  })

  it.each([
    { grouping: { kind: 'seeds' } },
    { grouping: { kind: 'none' }, xName: 'examples', hasRaw: false },
    { grouping: { kind: 'paths', paths: ['training.seed'] }, band: { kind: 'bootstrap', level: 0.9 } },
    { colorBy: 'optimizer.learningRate', hasBest: true, smoothing: { kind: 'median', points: 3 } },
  ] as Partial<Comparison>[])('has the very lines of the window: %j', (change) => {
    const log = openTemporaryLog()
    const [, hidden] = comparedRuns(log).flat()
    const asked = request(log, { charts: LOSS, ...change }, [hidden])
    const { comparison } = asked
    const reading = readSeen(log, asked)
    let step = reading.next()
    while (!step.done) step = reading.next()
    const seen = step.value
    const runs = log.listRuns().sort((a, b) => a.number - b.number)
    const allGroups = groupRuns(runs, comparison.grouping)
    const colors = lineColors(allGroups, comparison.colorBy, 'dark')
    // As the window keeps what the log answers.
    const columns = new Map(
      log.curves(asked.runIds).map((curves) => [curves.runId, new RunColumns(curves, 1)]),
    )
    const { chart } = compareModel({
      chart: comparison.charts[0],
      comparison,
      groups: allGroups
        .map((group) => ({ ...group, members: group.members.filter(({ id }) => id !== hidden) }))
        .filter(({ members }) => members.length > 0),
      names: shortNames(allGroups),
      colorOf: colors.of,
      columnsOf: (id) => columns.get(id) ?? null,
      cache: new LineCache<RunSummary>(),
      highlighted: null,
      brushed: null,
      patterns: true,
      isActive: () => false,
      isStill: true,
    })
    const [{ model }] = seen.charts
    const plain = ({ series, formatY, ...rest }: ChartModel) => ({
      ...rest,
      text: formatY(0.5),
      series: series.map((each) => ({ ...each, color: '', generation: 0 })),
    })
    expect(plain(model)).toEqual(plain(chart))
    const palette = tokenColors('dark')
    const painted = model.series.map(({ color }) => seen.colors.get(color)!.dark)
    expect(painted).toEqual(chart.series.map(({ color }) => palette.get(color) ?? color))
  })

  it('says above the table what was done to it', () => {
    const log = openTemporaryLog()
    const [[first]] = comparedRuns(log)
    log.rename(first, 'first,=1+1\nsecond line')
    const { text } = textOf(
      seenPieces(log, request(log, { charts: LOSS, xName: 'active', xRange: [20, 150] }), STAMP),
    )
    const comments = text.split('\r\n').filter((line) => line.startsWith('#'))
    for (const expected of [
      'batch/loss as Descent 1.2.3 shows it, written 2026-01-02T03:04:05.000Z',
      'x: training time, pauses left out, in seconds, linear axis, zoomed to 0.02 to 0.15, rows beyond left out',
      'smoothing: EMA 0.60, {"kind":"ema","weight":0.6}',
      'grouped by: all but the seed',
      'band: 95 % t interval, from "low" to "high"; empty where n < 2',
      'runs that ended early are not carried forward: n falls',
    ]) {
      expect(comments).toContain(`# ${expected}`)
    }
    expect(comments.filter((line) => line.startsWith('# run r'))).toHaveLength(8)
    // A comma and a line's end in a name make no cell that could be a formula, and no line of its own.
    expect(text).toContain("first,'=1+1")
    const rows = tableOf(text)
    const times = rows.map((row) => Number(row.active_time_s))
    expect(Math.min(...times)).toBeGreaterThanOrEqual(0.02)
    expect(Math.max(...times)).toBeLessThanOrEqual(0.15)
  })

  it('of single runs has the smoothed and the logged value, and none of a hidden run', () => {
    const log = openTemporaryLog()
    const [[first, second], [third]] = comparedRuns(log, 2)
    const asked = request(log, { charts: LOSS, grouping: { kind: 'none' } }, [second])
    const { text } = textOf(seenPieces(log, asked, STAMP))
    const rows = tableOf(text)
    const { steps } = log.curves([first])[0]
    expect(numbers(rows, 'moons lr 0.01 seed 1 raw')).toEqual([...steps.columns['batch/loss']])
    expect(Object.keys(rows[0])).not.toContain('moons lr 0.01 seed 2')
    expect(text).toContain('# hidden, and not in here: 1 run')
    expect(text).toContain(third)
    expect(text).not.toContain(second)
  })

  it('refuses what no run logged, and a comparison of which everything is hidden', () => {
    const log = openTemporaryLog()
    const ids = comparedRuns(log, 2).flat()
    const charts: Comparison['charts'] = [{ metric: 'val/accuracy', yKind: 'linear', yRange: null }]
    expect(() => textOf(seenPieces(log, request(log, { charts }), STAMP))).toThrow(
      'None of these runs logged "val/accuracy".',
    )
    expect(() => textOf(seenPieces(log, request(log, {}, ids), STAMP))).toThrow('All 4 runs are hidden.')
  })
})
