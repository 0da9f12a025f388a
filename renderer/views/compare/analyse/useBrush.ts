// What is brushed in the parallel coordinates or in the scatter plot, kept while another panel is open: the table and
// the charts dim the other runs. One place at a time: a box in the scatter plot ends the ranges of the other.

import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { useComparison } from '../../../stores/comparison'
import { useRuns } from '../../../stores/runs'
import { brushedRuns, type AxisBrush } from './model/brushing'
import { valuesOf } from './model/value-axis'

export type BrushPlace = 'parallel' | 'scatter'
const NOTHING: ReadonlyMap<string, AxisBrush> = new Map()

export const useBrush = defineStore('brush', () => {
  const comparison = useComparison()
  const allRuns = useRuns()
  const place = shallowRef<BrushPlace>('parallel')
  const brushes = shallowRef(NOTHING)

  const runs = computed(() => comparison.groups.flatMap(({ members }) => members))
  const brushed = computed<ReadonlySet<string> | null>(() => {
    const isIn = brushedRuns(brushes.value, (of) => valuesOf(runs.value, of), runs.value.length)
    return isIn && new Set(runs.value.filter((_, index) => isIn[index]).map(({ id }) => id))
  })
  watch(brushed, (ids, before) => {
    // Rows of runs in training are replaced all the time; the set is new only when it has others in it.
    if (ids === null || before === null || before === undefined || !isSameSet(ids, before))
      comparison.setBrushed(ids)
  })
  // The table and the charts may clear it, too.
  watch(
    () => comparison.brushed,
    (ids) => {
      if (ids === null && brushes.value.size > 0) brushes.value = NOTHING
    },
  )

  /** The brushes of a place; none while another place has them. */
  function of(where: BrushPlace): ReadonlyMap<string, AxisBrush> {
    return where === place.value ? brushes.value : NOTHING
  }
  /** Null takes the brush off the axis. */
  function set(where: BrushPlace, changes: Iterable<readonly [axis: string, brush: AxisBrush | null]>): void {
    const next = new Map(of(where))
    for (const [axis, brush] of changes) {
      if (brush) next.set(axis, brush)
      else next.delete(axis)
    }
    place.value = where
    brushes.value = next
  }
  function clear(): void {
    brushes.value = NOTHING
  }
  /** Leaves only the brushed runs in the comparison. */
  function keep(): void {
    if (brushed.value === null || brushed.value.size === 0) return
    const ids = brushed.value
    clear()
    allRuns.select(ids)
  }
  /** Takes the brushed runs out of the comparison. */
  function takeOut(): void {
    const ids = brushed.value
    if (ids === null) return
    clear()
    allRuns.select(comparison.compared.map(({ id }) => id).filter((id) => !ids.has(id)))
  }
  return { brushed, runs, of, set, clear, keep, takeOut }
})

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id))
}
