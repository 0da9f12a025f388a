// Our chart, as CurveChart.vue drives it.

import type { ChartModel, ChartView } from '../../../../engine/comparison/plot/series'
import { CurveChart } from '../../../../renderer/charts/curve-chart'
import { readTheme } from '../../../../renderer/charts/theme'
import type { Curves } from '../data'
import { HEIGHT, WIDTH, type Contender } from './contender'

export function modelOf({ x, ys }: Curves, generation: number): ChartModel {
  return {
    series: ys.map((y, index) => ({
      id: String(index),
      runNumber: index + 1,
      label: `run ${index + 1}`,
      metric: 'loss',
      x,
      y,
      generation,
      smoothing: { kind: 'none' },
      color: `run-${(index % 8) + 1}`,
      width: 1.5,
      rawOpacity: 0,
      extent: null,
      band: null,
      isMember: false,
      isLive: false,
      best: null,
    })),
    yName: 'loss',
    yKind: 'linear',
    xName: 'step',
    xKind: 'linear',
    stepsPerEpoch: null,
    planned: null,
    endLabels: 'none',
    formatY: (value) => value.toFixed(4),
    tickFactor: 1,
    isLowerBetter: true,
    highlighted: null,
    patterns: false,
  }
}

export interface OurContender extends Contender {
  readonly chart: CurveChart
  readonly model: ChartModel
}

export function makeOurs(host: HTMLElement, curves: Curves): OurContender {
  const box = document.createElement('div')
  box.style.cssText = `position:relative;width:${WIDTH}px;height:${HEIGHT}px`
  const canvas = document.createElement('canvas')
  box.append(canvas)
  host.append(box)
  const theme = readTheme()
  let generation = 1
  let model = modelOf(curves, generation)
  let view: ChartView = { x: null, y: null }
  const chart = new CurveChart(canvas, { model, view, theme })
  return {
    chart,
    get model() {
      return model
    },
    update(next) {
      model = modelOf(next, ++generation)
      chart.update({ model, view, theme })
    },
    show(minimum, maximum) {
      view = { x: [minimum, maximum], y: null }
      chart.update({ model, view, theme, isMoving: true })
    },
    settle: () => chart.update({ model, view, theme }),
    destroy() {
      chart.destroy()
      box.remove()
    },
  }
}
