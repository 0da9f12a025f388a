// The chart as it is on screen, as SVG for print. Loaded when somebody asks for it.

import { stillNotes } from '../../engine/comparison/chart/chart-words'
import type { Theme } from '../../engine/comparison/palette'
import type { ChartModel, ChartView } from '../../engine/comparison/plot/series'
import { chartSvg, svgDocument } from '../../engine/comparison/svg/chart'
import { fixedPaint } from '../../engine/comparison/svg/paint'
import { describeChart } from './summary'

export interface SvgPicture {
  title: string
  /** Of the chart on screen, in CSS pixels; the title comes on top. */
  width: number
  height: number
  theme: Theme
}

export function svgPicture(model: ChartModel, view: ChartView, picture: SvgPicture): string {
  const { title, width, height, theme } = picture
  // What only the pointer tells has no place in a picture.
  const drawn: ChartModel = { ...model, notes: stillNotes(model.notes ?? []), highlighted: null }
  const lineColors = new Map(
    drawn.series
      .filter(({ color }) => color.startsWith('#'))
      .map(({ color }) => [color, { light: color, dark: color }]),
  )
  return svgDocument(
    chartSvg(drawn, view, {
      title,
      description: describeChart(title, drawn),
      legend: [],
      width,
      height,
      paint: fixedPaint(theme, lineColors),
      idPrefix: 'chart',
      dashes: model.patterns ? 'always' : 'never',
      isAlone: true,
    }),
  )
}
