// The crosshair moves over 200 runs: finding the values and drawing the layer above the curves.

import { figuresOf, time } from '../clock'
import { makeOurs } from '../contenders/ours'
import { makeCurves } from '../data'
import { clearLayer, drawCrosshair } from '../../../../renderer/charts/draw-crosshair'
import { readingsAt, snapToPoint } from '../../../../renderer/charts/readings'
import { readTheme } from '../../../../renderer/charts/theme'
import type { Measurement } from './measurement'

export const measureCrosshair: Measurement = async (host, { isQuick }) => {
  const ours = makeOurs(host, makeCurves(200, 10_000, 5))
  const layer = document.createElement('canvas')
  layer.width = 1200
  layer.height = 450
  host.append(layer)
  const theme = readTheme()
  const scripts: number[] = []
  const shown: number[] = []
  for (let step = 0; step < (isQuick ? 10 : 60); step++) {
    const timing = await time(() => {
      const x = snapToPoint(ours.model.series, 150 * step + 20)!
      const { plot } = ours.chart
      const found = readingsAt(ours.model, ours.chart.cache, x)
      drawCrosshair(clearLayer(layer, plot), ours.model, plot, x, found, theme)
    })
    if (step === 0) continue
    scripts.push(timing.script)
    shown.push(timing.shown)
  }
  ours.destroy()
  layer.remove()
  return [
    {
      what: 'crosshair over 200 x 10000',
      who: 'ours',
      figures: { script: figuresOf(scripts), shown: figuresOf(shown) },
    },
  ]
}
