// What can be done with a row of the comparison.

import { ExternalLink, Eye, EyeOff, Flag, FlagOff, Focus, X } from '@lucide/vue'
import { computed, type ComputedRef } from 'vue'
import { useComparison } from '../../stores/comparison'
import { useNavigation } from '../../stores/navigation'
import { useRuns } from '../../stores/runs'
import type { MenuItem } from '../../ui/menu'
import type { TableRow } from './model/table'

export function useRowMenu(row: () => TableRow): ComputedRef<readonly MenuItem[]> {
  const comparison = useComparison()
  const navigation = useNavigation()
  const runs = useRuns()

  return computed(() => {
    const { run, group, isMember, isBaseline } = row()
    const ids = run ? [run.id] : group.members.map(({ id }) => id)
    const all = comparison.compared.map(({ id }) => id)
    const isHidden = ids.every((id) => runs.hidden.has(id))
    const baseline: MenuItem = isBaseline
      ? {
          id: 'no-baseline',
          text: 'No baseline',
          icon: FlagOff,
          run: () => comparison.change({ baseline: null }),
        }
      : {
          id: 'baseline',
          text: 'Use as baseline',
          icon: Flag,
          run: () => comparison.change({ baseline: ids[0] }),
        }
    return [
      ...(isMember ? [] : [baseline]),
      {
        id: 'hide',
        text: isHidden ? 'Show in charts' : 'Hide in charts',
        icon: isHidden ? Eye : EyeOff,
        run: () => void comparison.setHidden(ids, !isHidden),
      },
      {
        id: 'only',
        text: 'Show only this in charts',
        icon: Focus,
        run: () => void comparison.showOnly(ids),
      },
      ...(run
        ? [{ id: 'open', text: 'Open the run', icon: ExternalLink, run: () => navigation.openRun(run.id) }]
        : []),
      { separator: true as const, id: 'line' },
      {
        id: 'remove',
        text: 'Take out of the comparison',
        icon: X,
        run: () => runs.select(all.filter((id) => !ids.includes(id))),
      },
    ]
  })
}
