// uPlot with its defaults, without points and cursor.

import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { HEIGHT, WIDTH, type MakeContender } from './contender'

const COLORS = ['#0c68db', '#db6900', '#015447', '#c25191', '#736100', '#0094ba', '#671f00', '#273249']

export const makeUplot: MakeContender = (host, { x, ys }) => {
  const plot = new uPlot(
    {
      width: WIDTH,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false } },
      series: [
        {},
        ...ys.map((_, index) => ({
          stroke: COLORS[index % COLORS.length],
          width: 1,
          points: { show: false },
        })),
      ],
    },
    [x, ...ys],
    host,
  )
  return {
    update: (next) => plot.setData([next.x, ...next.ys]),
    show: (min, max) => plot.setScale('x', { min, max }),
    destroy: () => plot.destroy(),
  }
}
