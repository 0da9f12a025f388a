// The runs that the panels are about: those of the comparison that are not hidden, with their groups, and what of
// them can stand on an axis.

import { computed, type ComputedRef } from 'vue'
import type { RunSummary } from '../../../../electron/contract'
import type { RunGroup } from '../../../../engine/comparison/groups'
import { RUN_COLORS, scaleColor, slotOf } from '../../../../engine/comparison/palette'
import { availableValues, metricNames } from '../../../../engine/comparison/values'
import { useComparison } from '../../../stores/comparison'
import { useSettings } from '../../../stores/settings'
import { buildAxis, naturalKind, valuesOf } from './model/value-axis'

export interface RunColors {
  /** Of each run, '#rrggbb', parallel to the runs. */
  colors: readonly string[]
  /** The scale behind the colours: its ends as values; null where each run has its own. */
  scale: { of: string; minimum: number; maximum: number } | null
}

export interface ComparedRuns {
  /** Ascending in number. */
  runs: ComputedRef<readonly RunSummary[]>
  groupOf: ComputedRef<ReadonlyMap<string, RunGroup<RunSummary>>>
  /** Values that the runs have, as AxisChoice.of. */
  values: ComputedRef<readonly string[]>
  /** The metric of the first chart, or where the runs do not have it, the first that they have; null: none yet. */
  mainMetric: ComputedRef<string | null>
  /** The value itself where the runs have it, else the best of the main metric, else null. */
  present(of: string): string | null
  colorsBy(of: string | null): RunColors
}

/** What cannot be placed on the scale of colours. */
const WITHOUT_PLACE = { light: '#868c98', dark: '#6f7683' } as const

export function useComparedRuns(): ComparedRuns {
  const comparison = useComparison()
  const settings = useSettings()
  const runs = computed(() =>
    comparison.groups.flatMap(({ members }) => members).sort((a, b) => a.number - b.number),
  )
  const groupOf = computed(
    () => new Map(comparison.groups.flatMap((group) => group.members.map(({ id }) => [id, group] as const))),
  )
  const values = computed(() => availableValues(runs.value))
  const mainMetric = computed(() => {
    const names = metricNames(runs.value)
    const wanted = comparison.content.charts[0].metric
    return names.includes(wanted) ? wanted : (names[0] ?? null)
  })
  function present(of: string): string | null {
    if (values.value.includes(of)) return of
    return mainMetric.value === null ? null : `best:${mainMetric.value}`
  }
  function colorsBy(of: string | null): RunColors {
    const { theme } = settings
    if (of === null || !values.value.includes(of)) {
      const numberOf = ({ id, number }: RunSummary) => groupOf.value.get(id)?.number ?? number
      return { colors: runs.value.map((run) => RUN_COLORS[theme][slotOf(numberOf(run))]), scale: null }
    }
    const kind = naturalKind(valuesOf(runs.value, of))
    const axis = buildAxis(runs.value, { of, kind }, { length: 100, labelSize: 10 })
    const colorAt = (share: number) =>
      Number.isNaN(share) ? WITHOUT_PLACE[theme] : scaleColor(Math.min(1, Math.max(0, share)), theme)
    const shares = axis.isNumeric ? axis.shares : wordShares(axis.values, axis.categories)
    return {
      colors: Array.from(shares, colorAt),
      scale: { of, minimum: axis.minimum, maximum: axis.maximum },
    }
  }
  return { runs, groupOf, values, mainMetric, present, colorsBy }
}

/** Words in order over the whole scale, the same colour for the same word. */
function wordShares(values: readonly (number | string | null)[], words: readonly string[]): number[] {
  return values.map((value) =>
    value === null ? NaN : words.length < 2 ? 0 : words.indexOf(String(value)) / (words.length - 1),
  )
}
