// The hand pans 200 runs of 10,000 points: time from frame to frame, and the script in each.

import { figuresOf, nextFrame } from '../clock'
import type { MakeContender } from '../contenders/contender'
import { makeOurs } from '../contenders/ours'
import { makeUplot } from '../contenders/uplot'
import { makeCurves } from '../data'
import type { Measurement, Row } from './measurement'

const SERIES = 200
const POINTS = 10_000
const CONTENDERS: Readonly<Record<string, MakeContender>> = { ours: makeOurs, uPlot: makeUplot }

export const measurePanning: Measurement = async (host, { isQuick }) => {
  const curves = makeCurves(SERIES, POINTS, 5)
  const rows: Row[] = []
  for (const [who, make] of Object.entries(CONTENDERS)) {
    const chart = make(host, curves)
    const scripts: number[] = []
    const frames: number[] = []
    for (let warm = 0; warm < 3; warm++) {
      chart.show(1000 + warm, 6000 + warm)
      await nextFrame()
    }
    let before = performance.now()
    for (let step = 0; step < (isQuick ? 15 : 90); step++) {
      const start = performance.now()
      chart.show(1000 + 30 * step, 6000 + 30 * step)
      await Promise.resolve()
      await Promise.resolve()
      scripts.push(performance.now() - start)
      await nextFrame()
      const now = performance.now()
      frames.push(now - before)
      before = now
    }
    const rest = performance.now()
    chart.settle?.()
    await nextFrame()
    await nextFrame()
    const refine = performance.now() - rest
    chart.destroy()
    const worst = Math.max(...frames)
    rows.push({
      what: `panning ${SERIES} x ${POINTS}`,
      who,
      figures: {
        script: figuresOf(scripts),
        frame: figuresOf(frames),
        'worst frame': { median: worst, best: worst },
        // The window waits 120 ms to be sure of the rest; not counted here.
        'whole after rest': { median: refine, best: refine },
      },
    })
  }
  return rows
}
