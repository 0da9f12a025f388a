// A chart of what is seen as a picture.

import { describeComparison } from '../../../engine/comparison/words'
import type { ChartView } from '../../../engine/comparison/plot/series'
import { chartSvg, svgDocument } from '../svg/chart'
import { fixedPaint, variablePaint } from '../svg/paint'
import { seenModel } from './chart-model'
import type { Stamp } from './csv'
import type { Seen, SeenChart } from './read'
import type { SeenRequest } from './request'

function viewOf({ comparison }: Seen, { chart }: SeenChart): ChartView {
  return { x: comparison.xRange, y: chart.yRange }
}

/** What is shown in one sentence, with how much of it. */
export function describeSeen({ comparison, runs, groups }: Seen): string {
  const counts = groups.map(({ members }) => members.length)
  return describeComparison(comparison, {
    runs: runs.length,
    groups: groups.length,
    members: [Math.min(...counts), Math.max(...counts)],
  })
}

type Size = Pick<SeenRequest, 'width' | 'height'>

export function seenSvg(
  seen: Seen,
  chart: SeenChart,
  { theme, width, height }: Size & Pick<SeenRequest, 'theme'>,
  { at, version }: Stamp,
): string {
  const { model, notes, legend } = seenModel(seen, chart)
  const written = `Descent ${version}, ${new Date(at).toISOString()}`
  const markup = chartSvg(model, viewOf(seen, chart), {
    title: chart.chart.metric,
    description: [`${describeSeen(seen)}.`, ...notes.map((note) => `${note}.`), `${written}.`].join(' '),
    notes,
    legend,
    width,
    height,
    paint: fixedPaint(theme, seen.colors),
    idPrefix: 'chart',
    dashes: 'always',
    isAlone: true,
  })
  return svgDocument(markup)
}

/** The same inside a page, whose style sheet declares the colours. */
export function inlineSvg(seen: Seen, chart: SeenChart, { width, height }: Size, idPrefix: string): string {
  const { model, notes, legend } = seenModel(seen, chart)
  return chartSvg(model, viewOf(seen, chart), {
    title: chart.chart.metric,
    description: describeSeen(seen),
    notes,
    legend,
    width,
    height,
    paint: variablePaint,
    idPrefix,
    dashes: 'print',
    isAlone: false,
  })
}
