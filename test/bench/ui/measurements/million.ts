// One run of a million points: until it is on screen, and each step of a zoom into it.

import { figuresOf, time, type Timing } from '../clock'
import type { Contender, MakeContender } from '../contenders/contender'
import { makeOurs } from '../contenders/ours'
import { makeUplot } from '../contenders/uplot'
import { makeCurves } from '../data'
import type { Measurement, Row } from './measurement'

const POINTS = 1_000_000
const CONTENDERS: Readonly<Record<string, MakeContender>> = { ours: makeOurs, uPlot: makeUplot }

export const measureMillion: Measurement = async (host, { isQuick }) => {
  const curves = makeCurves(1, POINTS, 9)
  const rows: Row[] = []
  for (const [who, make] of Object.entries(CONTENDERS)) {
    const paints: Timing[] = []
    const steps: Timing[] = []
    for (let round = 0; round < (isQuick ? 1 : 5); round++) {
      let chart: Contender | null = null
      paints.push(await time(() => (chart = make(host, curves))))
      for (let step = 1; step <= 10; step++) {
        const half = (POINTS / 2) * 0.7 ** step
        steps.push(await time(() => chart!.show(POINTS / 3 - half * 0.6, POINTS / 3 + half)))
      }
      chart!.destroy()
    }
    const both = (timings: Timing[]) => ({
      script: figuresOf(timings.map(({ script }) => script)),
      shown: figuresOf(timings.map(({ shown }) => shown)),
    })
    rows.push({ what: '1 x 1,000,000, first paint', who, figures: both(paints) })
    rows.push({ what: '1 x 1,000,000, a zoom step', who, figures: both(steps) })
  }
  return rows
}
