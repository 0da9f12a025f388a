// Chart.js alone, with the settings its performance guide asks for. It wants an object a point: making them counts.

import { Chart, LinearScale, LineController, LineElement, PointElement } from 'chart.js'
import type { Curves } from '../data'
import { HEIGHT, WIDTH, type MakeContender } from './contender'

Chart.register(LineController, LineElement, PointElement, LinearScale)
const COLORS = ['#0c68db', '#db6900', '#015447', '#c25191', '#736100', '#0094ba', '#671f00', '#273249']

function datasetsOf({ x, ys }: Curves) {
  return ys.map((y, index) => ({
    data: Array.from(y, (value, at) => ({ x: x[at], y: value })),
    borderColor: COLORS[index % COLORS.length],
    borderWidth: 1,
  }))
}

export const makeChartjs: MakeContender = (host, curves) => {
  const box = document.createElement('div')
  box.style.cssText = `position:relative;width:${WIDTH}px;height:${HEIGHT}px`
  const canvas = document.createElement('canvas')
  box.append(canvas)
  host.append(box)
  const chart = new Chart(canvas, {
    type: 'line',
    data: { datasets: datasetsOf(curves) },
    options: {
      parsing: false,
      normalized: true,
      animation: false,
      maintainAspectRatio: false,
      events: [],
      elements: { point: { radius: 0 } },
      scales: { x: { type: 'linear' }, y: { type: 'linear' } },
    },
  })
  return {
    update(next) {
      chart.data.datasets = datasetsOf(next)
      chart.update('none')
    },
    show(minimum, maximum) {
      chart.options.scales!.x!.min = minimum
      chart.options.scales!.x!.max = maximum
      chart.update('none')
    },
    destroy() {
      chart.destroy()
      box.remove()
    },
  }
}
