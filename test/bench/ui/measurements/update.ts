// Fresh data with every update, as when other runs are chosen: nothing that was computed before helps.

import { figuresOf, time, type Timing } from '../clock'
import { makeChartjs } from '../contenders/chartjs'
import type { Contender, MakeContender } from '../contenders/contender'
import { makeOurs } from '../contenders/ours'
import { makeUplot } from '../contenders/uplot'
import { makeCurves } from '../data'
import type { Measurement, Row } from './measurement'

const SIZES = [
  { series: 1, points: 2400 },
  { series: 20, points: 2400 },
  { series: 50, points: 2400 },
  { series: 200, points: 2400 },
  { series: 200, points: 600 },
]
const CONTENDERS: Readonly<Record<string, MakeContender>> = {
  ours: makeOurs,
  uPlot: makeUplot,
  'Chart.js': makeChartjs,
}

export const measureUpdates: Measurement = async (host, { isQuick }) => {
  const rows: Row[] = []
  for (const { series, points } of SIZES) {
    const names = Object.keys(CONTENDERS)
    const rounds = isQuick ? 3 : 15
    const timings = new Map<string, Timing[]>(names.map((name) => [name, []]))
    const first = makeCurves(series, points, 1)
    const charts = new Map<string, Contender>(names.map((name) => [name, CONTENDERS[name](host, first)]))
    for (let round = 0; round <= rounds; round++) {
      for (const name of names) {
        const curves = makeCurves(series, points, 100 * round + 7)
        const timing = await time(() => charts.get(name)!.update(curves))
        // The first round warms up.
        if (round > 0) timings.get(name)!.push(timing)
      }
    }
    for (const name of names) {
      const found = timings.get(name)!
      rows.push({
        what: `${series} x ${points}, fresh data`,
        who: name,
        figures: {
          script: figuresOf(found.map(({ script }) => script)),
          shown: figuresOf(found.map(({ shown }) => shown)),
        },
      })
      charts.get(name)!.destroy()
    }
  }
  return rows
}
