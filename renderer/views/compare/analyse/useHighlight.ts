// The run that is pointed at, the same one in every panel, chart and table.

import { computed, onScopeDispose, type ComputedRef } from 'vue'
import type { RunSummary } from '../../../../electron/contract'
import { useComparison } from '../../../stores/comparison'

export interface Highlight {
  /** Positions in the runs; a highlighted group is all of its runs. */
  highlighted: ComputedRef<readonly number[]>
  /** -1 for none. */
  highlight(run: number): void
}

export function useHighlight(runs: ComputedRef<readonly RunSummary[]>): Highlight {
  const comparison = useComparison()
  const positions = computed(() => new Map(runs.value.map(({ id }, index) => [id, index] as const)))
  const highlighted = computed(() => {
    const key = comparison.highlighted
    if (key === null) return []
    const run = positions.value.get(key)
    if (run !== undefined) return [run]
    const group = comparison.groups.find((each) => each.key === key)
    return (group?.members ?? [])
      .map(({ id }) => positions.value.get(id)!)
      .filter((index) => index !== undefined)
  })
  function highlight(run: number): void {
    comparison.setHighlighted(run < 0 ? null : runs.value[run].id)
  }
  onScopeDispose(() => comparison.setHighlighted(null))
  return { highlighted, highlight }
}
