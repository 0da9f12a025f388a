// A chart of what is seen as a picture.

import { describeComparison } from '../../../engine/comparison/words'
import type { ChartView } from '../../../engine/comparison/plot/series'
import { chartSvg, svgDocument } from '../../../engine/comparison/svg/chart'
import { fixedPaint, variablePaint } from '../../../engine/comparison/svg/paint'
import { legendOf } from './legend'
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
  const { notes = [] } = chart.model
  const written = `Descent ${version}, ${new Date(at).toISOString()}`
  const markup = chartSvg(chart.model, viewOf(seen, chart), {
    title: chart.chart.metric,
    description: [`${describeSeen(seen)}.`, ...notes.map((note) => `${note}.`), `${written}.`].join(' '),
    legend: legendOf(chart),
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
  return chartSvg(chart.model, viewOf(seen, chart), {
    title: chart.chart.metric,
    description: describeSeen(seen),
    legend: legendOf(chart),
    width,
    height,
    paint: variablePaint,
    idPrefix,
    dashes: 'print',
    isAlone: false,
  })
}
