// What the panels that draw runs have in common: the runs and their colours, the brush, the run that is pointed at, and
// the table that can stand in the picture's place.

import { useElementSize } from '@vueuse/core'
import { computed, shallowRef, type ComputedRef, type Ref } from 'vue'
import type { RunSummary } from '../../../../electron/contract'
import { useNavigation } from '../../../stores/navigation'
import { brushedRuns, type AxisBrush } from './model/brushing'
import { valuesOf } from './model/value-axis'
import { useBrush, type BrushPlace } from './useBrush'
import { useComparedRuns, type ComparedRuns, type RunColors } from './useComparedRuns'
import { useHighlight, type Highlight } from './useHighlight'

export interface RunsPanel extends ComparedRuns, Highlight {
  brushes: ComputedRef<ReadonlyMap<string, AxisBrush>>
  /** Which runs the brushes of this panel leave; null: nothing is brushed. */
  isIn: ComputedRef<Uint8Array | null>
  setBrushes: (changes: Iterable<readonly [of: string, brush: AxisBrush | null]>) => void
  colored: ComputedRef<RunColors>
  /** Of a run's colour and mark: its group's. */
  numberOf: (run: RunSummary) => number
  groupKeyOf: (run: RunSummary) => string
  /** Opens the run at a position. */
  open: (run: number) => void
  isTable: Ref<boolean>
  width: Readonly<Ref<number>>
  height: Readonly<Ref<number>>
}

/**
 * @param area what the picture fills
 * @param color the value that colours the runs; null: each its own
 */
export function useRunsPanel(
  place: BrushPlace,
  area: Readonly<Ref<HTMLElement | null>>,
  color: () => string | null,
): RunsPanel {
  const brush = useBrush()
  const navigation = useNavigation()
  const compared = useComparedRuns()
  const { runs, groupOf } = compared
  const brushes = computed(() => brush.of(place))
  return {
    ...compared,
    ...useHighlight(runs),
    brushes,
    isIn: computed(() => brushedRuns(brushes.value, (of) => valuesOf(runs.value, of), runs.value.length)),
    setBrushes: (changes) => brush.set(place, changes),
    colored: computed(() => compared.colorsBy(color())),
    numberOf: (run) => groupOf.value.get(run.id)?.number ?? run.number,
    groupKeyOf: ({ id }) => groupOf.value.get(id)?.key ?? id,
    open: (run) => navigation.openRun(runs.value[run].id),
    isTable: shallowRef(false),
    ...useElementSize(area),
  }
}
