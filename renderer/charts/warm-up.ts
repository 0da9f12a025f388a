// The first chart of a window is the slowest: Chart.js works out its options, fonts are measured, and what draws lines is
// interpreted, then compiled for what it has met so far, and interpreted again when it meets something else. So one is
// drawn where nobody sees it, and moved, once the window has nothing else to do: with that, the first that somebody looks
// at moves as evenly as any later one.

import { groupCurve } from '../../engine/comparison/bands'
import { slotOf } from '../../engine/comparison/palette'
import { WHOLE_VIEW, type ChartModel, type ChartSeries } from '../../engine/comparison/plot/series'
import { CurveChart, type ChartState } from './curve-chart'
import { readTheme } from './theme'

const WIDTH = 800
const HEIGHT = 300
const POINTS = 1200
/** More lines than are drawn in every detail while they move. */
const GROUPS = 9
const MEMBERS = 5
/** So many views of each kind: enough for the page's engine to compile what it has met. */
const MOVES = 4

export function warmUpCharts(): void {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  let chart: CurveChart | null = null
  const states = statesToMeet()
  const next = (): void => {
    const { value: state } = states.next()
    if (!state) return chart?.destroy()
    if (chart) chart.update(state)
    else chart = new CurveChart(canvas, state, { pixelRatio: 1 })
    // One at a time: whatever somebody does meanwhile comes first.
    requestIdleCallback(next)
  }
  requestIdleCallback(next)
}

/** Both kinds of axes, at rest and moved, with lines that end early and some that lack values. */
function* statesToMeet(): Generator<ChartState, void> {
  const theme = readTheme()
  const model = madeUp()
  for (const yKind of ['log', 'linear'] as const) {
    yield { model: { ...model, yKind }, view: WHOLE_VIEW, theme }
    for (let move = 0; move < MOVES; move++) {
      const x = [POINTS * (0.3 - 0.05 * move), POINTS * (0.7 + 0.02 * move)] as const
      yield { model: { ...model, yKind }, view: { ...WHOLE_VIEW, x }, theme, isMoving: true }
    }
  }
}

/** Groups of runs, with their means and bands; one run of each ends early, and another has diverged for a while. */
function madeUp(): ChartModel {
  const x = Float64Array.from({ length: POINTS }, (_, index) => index)
  const series: ChartSeries[] = []
  for (let group = 1; group <= GROUPS; group++) {
    const members = Array.from({ length: MEMBERS }, (_, member) => {
      const y = x.map((at) => (group + ((at * (member + 3)) % 7) / 20) * Math.exp(-at / POINTS))
      if (member === 1) y.fill(NaN, POINTS / 2, POINTS / 2 + group)
      const end = member === 0 ? POINTS - 10 * group : POINTS
      return { x: x.subarray(0, end), y: y.subarray(0, end) }
    })
    const { mean, low, high, count } = groupCurve(members, { kind: 't-interval', level: 0.95 })
    const look = {
      runNumber: group,
      metric: 'val/loss',
      x,
      generation: 1,
      smoothing: { kind: 'ema', weight: 0.6 },
      color: `run-${1 + slotOf(group)}`,
      rawOpacity: 0,
      extent: null,
      isLive: false,
    } as const
    members.forEach((line, member) =>
      series.push({
        ...look,
        ...line,
        id: `${group}.${member}`,
        label: '',
        width: 1,
        band: null,
        isMember: true,
        best: null,
      }),
    )
    const band = { low, high, count }
    const id = String(group)
    series.push({ ...look, id, label: id, y: mean, width: 2.25, band, isMember: false, best: 'lowest' })
  }
  return {
    series,
    yName: 'val/loss',
    yKind: 'log',
    xName: 'step',
    xKind: 'linear',
    stepsPerEpoch: null,
    planned: null,
    endLabels: 'name',
    formatY: String,
    tickFactor: 1,
    isLowerBetter: true,
    highlighted: null,
    patterns: false,
    notes: [],
  }
}
