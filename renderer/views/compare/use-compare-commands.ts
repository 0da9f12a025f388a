// The comparison by the command palette.

import type { BandKind, Smoothing } from '../../../engine/comparison/schema'
import { useCommands, type Command } from '../../commands/registry'
import { useComparison } from '../../stores/comparison'
import { useNavigation } from '../../stores/navigation'
import { useRuns } from '../../stores/runs'
import { bandText } from './model/choices'

export interface CompareActions {
  isZoomed: () => boolean
  showAll: () => void
  toggleTable: () => void
  openGroupBy: () => void
  openBaseline: () => void
}

const BANDS: readonly BandKind[] = ['t-interval', 'bootstrap', 'std', 'standard-error', 'min-max', 'none']
const SMOOTHINGS: readonly { title: string; smoothing: Smoothing }[] = [
  { title: 'none', smoothing: { kind: 'none' } },
  { title: 'EMA 0.60', smoothing: { kind: 'ema', weight: 0.6 } },
  { title: 'Gaussian', smoothing: { kind: 'gaussian', deviation: 3 } },
  { title: 'mean of 9 points', smoothing: { kind: 'mean', points: 9 } },
  { title: 'median of 9 points', smoothing: { kind: 'median', points: 9 } },
]
const PANELS = [
  ['table', 'Table'],
  ['report', 'A/B report'],
  ['parallel', 'Parallel coordinates'],
  ['scatter', 'Scatter'],
  ['importance', 'Importance'],
] as const

export function useCompareCommands(actions: CompareActions): void {
  const comparison = useComparison()
  const navigation = useNavigation()
  const runs = useRuns()
  const isHere = () => navigation.view === 'compare' && comparison.compared.length > 0
  const command = (id: string, title: string, run: () => void, isEnabled = isHere): Command => ({
    id: `compare-${id}`,
    title,
    section: 'Compare',
    isEnabled,
    run,
  })
  useCommands([
    command('clear', 'Take all runs out of the comparison', () => runs.select([])),
    command('reset-zoom', 'Show the whole chart', actions.showAll, () => isHere() && actions.isZoomed()),
    command('table', 'Show the charts as tables, or back', actions.toggleTable),
    command('group-seeds', 'Group runs by all but the seed', () =>
      comparison.change({ grouping: { kind: 'seeds' } }),
    ),
    command('group-none', 'Show each run as a line of its own', () =>
      comparison.change({ grouping: { kind: 'none' } }),
    ),
    command('group-by', 'Group runs by chosen hyperparameters', actions.openGroupBy),
    command('baseline', 'Choose the baseline of the comparison', actions.openBaseline),
    command('members', 'Show or hide the runs of each group', () =>
      comparison.change({ hasMembers: !comparison.content.hasMembers }),
    ),
    command('raw', 'Show or hide raw values behind smoothed lines', () =>
      comparison.change({ hasRaw: !comparison.content.hasRaw }),
    ),
    command('log-x', 'Switch the horizontal axis between linear and log', () =>
      comparison.change({ xKind: comparison.content.xKind === 'log' ? 'linear' : 'log' }),
    ),
    command('add-chart', 'Add a chart of val/accuracy', () => comparison.addChart('val/accuracy')),
    command('add-train', 'Add a chart of train/loss', () => comparison.addChart('train/loss')),
    ...BANDS.map((kind) =>
      command(`band-${kind}`, `Band: ${bandText(kind, comparison.content.band.level)}`, () =>
        comparison.change({ band: { ...comparison.content.band, kind } }),
      ),
    ),
    ...SMOOTHINGS.map(({ title, smoothing }) =>
      command(`smooth-${smoothing.kind}`, `Smoothing: ${title}`, () => comparison.change({ smoothing })),
    ),
    ...PANELS.map(([panel, title]) =>
      command(`panel-${panel}`, `Compare: ${title}`, () => comparison.change({ panel })),
    ),
  ])
}
