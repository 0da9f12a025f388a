// The first chart of a window is the slowest: Chart.js works out its options, fonts are measured, nothing is compiled.
// One is drawn where nobody sees it, once the window has nothing else to do.

import { groupCurve } from '../../engine/comparison/bands'
import type { ChartModel, ChartSeries } from '../../engine/comparison/plot/series'
import { WHOLE_VIEW } from '../../engine/comparison/plot/series'
import { CurveChart } from './curve-chart'
import { readTheme } from './theme'

const WIDTH = 800
const HEIGHT = 300
const POINTS = 1200
const GROUPS = 4
const MEMBERS = 5

export function warmUpCharts(): void {
  requestIdleCallback(() => {
    const canvas = document.createElement('canvas')
    canvas.width = WIDTH
    canvas.height = HEIGHT
    new CurveChart(
      canvas,
      { model: madeUp(), view: WHOLE_VIEW, theme: readTheme() },
      { pixelRatio: 1 },
    ).destroy()
  })
}

/** Four groups of five runs each, with their means and bands. */
function madeUp(): ChartModel {
  const x = Float64Array.from({ length: POINTS }, (_, index) => index)
  const series: ChartSeries[] = []
  for (let group = 1; group <= GROUPS; group++) {
    const members = Array.from({ length: MEMBERS }, (_, member) => ({
      x,
      y: x.map((at) => (group + ((at * (member + 3)) % 7) / 20) * Math.exp(-at / POINTS)),
    }))
    const { mean, low, high, count } = groupCurve(members, { kind: 't-interval', level: 0.95 })
    const look = {
      runNumber: group,
      metric: 'val/loss',
      x,
      generation: 1,
      smoothing: { kind: 'ema', weight: 0.6 },
      color: `run-${group}`,
      rawOpacity: 0,
      extent: null,
      isLive: false,
    } as const
    members.forEach(({ y }, member) =>
      series.push({
        ...look,
        id: `${group}.${member}`,
        label: '',
        y,
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
