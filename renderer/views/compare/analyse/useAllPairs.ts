// Reports of all groups against one, computed a few a frame: their intervals by bootstrap take milliseconds each.

import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { RunSummary } from '../../../../electron/contract'
import { adjusted, pairRow, type PairRow } from '../../../../engine/comparison/all-pairs'
import type { AbOptions } from '../../../../engine/comparison/ab-report'
import type { RunGroup } from '../../../../engine/comparison/groups'

const SLICE_MS = 8

export interface AllPairs {
  /** Those that are computed, the best first. */
  rows: ComputedRef<ReturnType<typeof adjusted>>
  /** How many of them, 0..1. */
  share: Readonly<Ref<number>>
}

export function useAllPairs(
  groups: () => readonly RunGroup<RunSummary>[],
  baseline: () => RunGroup<RunSummary>,
  options: () => Omit<AbOptions, 'comparisons'>,
): AllPairs {
  const computedRows = shallowRef<readonly PairRow[]>([])
  const share = shallowRef(0)
  let frame = 0

  watch(
    [groups, baseline, options],
    () => {
      cancelAnimationFrame(frame)
      const base = baseline()
      const others = groups().filter((group) => group !== base)
      const rows: PairRow[] = []
      const slice = () => {
        const until = performance.now() + SLICE_MS
        do {
          const group = others[rows.length]
          if (group) rows.push(pairRow(group, base, options()))
        } while (rows.length < others.length && performance.now() < until)
        share.value = others.length === 0 ? 1 : rows.length / others.length
        // What was there stays until all of it is new: a table that fills itself cannot be read.
        if (rows.length < others.length) frame = requestAnimationFrame(slice)
        else computedRows.value = rows
      }
      slice()
    },
    { immediate: true },
  )
  onScopeDispose(() => cancelAnimationFrame(frame))
  return { rows: computed(() => adjusted(computedRows.value)), share }
}
