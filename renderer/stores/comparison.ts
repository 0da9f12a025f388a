// What Compare shows: how it is drawn, which runs are in it and the groups they make. The runs themselves are the
// selection of the runs table. State is replaced and never changed in place, so that a model can compare it by identity.

import { watchDebounced } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { RunSummary } from '../../electron/contract'
import { groupRuns, type RunGroup } from '../../engine/comparison/groups'
import {
  DEFAULT_COMPARISON,
  MOST_CHARTS,
  type ComparedChart,
  type Comparison,
} from '../../engine/comparison/schema'
import { useNotices } from './notices'
import { useRuns } from './runs'
import { isSameState } from './same-state'
import { useSettings } from './settings'

/** Losses span decades; accuracies and rates do not. */
export function naturalScale(metric: string): 'linear' | 'log' {
  return /loss|norm/.test(metric) ? 'log' : 'linear'
}

/** What changes under the hand is written once the hand rests. */
const KEEP_AFTER_MS = 300
const MOST_KEPT = 100_000

export const useComparison = defineStore('comparison', () => {
  const runs = useRuns()
  const settings = useSettings()
  const notices = useNotices()
  // As it was left, whatever launch that was in.
  const state = shallowRef<Comparison>(settings.values.workspace.comparison ?? DEFAULT_COMPARISON)
  /** What is shown, without the part of it that is looked at: the same object while the hand moves a view. */
  const content = computed<Comparison>((before) => {
    const charts = state.value.charts.map((chart) => ({ ...chart, yRange: null }))
    const now = { ...state.value, xRange: null, charts }
    return before && isSameState(before, now) ? before : now
  })
  /** Ids of the runs that a brush leaves; all others are dimmed in charts and table. Null: no brush. */
  const brushed = shallowRef<ReadonlySet<string> | null>(null)
  /** Key of a group or id of a run that the pointer is at. */
  const highlighted = shallowRef<string | null>(null)

  /** All runs of the comparison, hidden ones too, by their numbers. */
  const compared = computed<readonly RunSummary[]>(() => runs.selectedRuns)
  const grouping = computed(() => content.value.grouping)
  /**
   * Groups of all runs of the comparison. Numbers, and with them colours, are given before anything is hidden:
   * hiding a group changes no other.
   */
  const allGroups = computed<readonly RunGroup<RunSummary>[]>(() => groupRuns(compared.value, grouping.value))
  /** Groups of the runs that are not hidden. */
  const groups = computed<readonly RunGroup<RunSummary>[]>(() => {
    const { hidden } = runs
    return allGroups.value.flatMap((group) => {
      if (!group.members.some(({ id }) => hidden.has(id))) return [group]
      const members = group.members.filter(({ id }) => !hidden.has(id))
      return members.length === 0 ? [] : [{ ...group, members }]
    })
  })
  /** The group with the run that was chosen as baseline; null where there is none, or it is not compared. */
  const baselineGroup = computed(() => {
    const id = content.value.baseline
    return allGroups.value.find(({ members }) => members.some((run) => run.id === id)) ?? null
  })

  /** Replaces what is named and leaves the rest. */
  function change(partial: Partial<Comparison>): void {
    // A zoom is a place on the axis; on another axis it would be another place.
    const isOtherAxis =
      (partial.xName !== undefined && partial.xName !== state.value.xName) ||
      (partial.xKind !== undefined && partial.xKind !== state.value.xKind)
    state.value = { ...state.value, ...(isOtherAxis && { xRange: null }), ...partial }
  }
  function changeChart(index: number, partial: Partial<ComparedChart>): void {
    const before = state.value.charts[index]
    const isOtherMetric = partial.metric !== undefined && partial.metric !== before.metric
    const isOtherKind = partial.yKind !== undefined && partial.yKind !== before.yKind
    const after: ComparedChart = {
      ...before,
      ...((isOtherMetric || isOtherKind) && { yRange: null }),
      ...partial,
    }
    // From a loss to an accuracy the scale follows, from a loss to a loss a person's choice stays.
    if (
      isOtherMetric &&
      partial.yKind === undefined &&
      naturalScale(after.metric) !== naturalScale(before.metric)
    ) {
      after.yKind = naturalScale(after.metric)
    }
    change({ charts: state.value.charts.with(index, after) })
  }
  /** The zoom of one chart; x is that of all. */
  function changeView(index: number, xRange: Comparison['xRange'], yRange: ComparedChart['yRange']): void {
    const { charts } = state.value
    change({ xRange, charts: charts.with(index, { ...charts[index], yRange }) })
  }
  function showAll(): void {
    change({ xRange: null, charts: state.value.charts.map((chart) => ({ ...chart, yRange: null })) })
  }
  const isZoomed = computed(
    () => state.value.xRange !== null || state.value.charts.some(({ yRange }) => yRange !== null),
  )
  function addChart(metric: string): void {
    if (state.value.charts.length >= MOST_CHARTS) return
    change({ charts: [...state.value.charts, { metric, yKind: naturalScale(metric), yRange: null }] })
  }
  /** The last one stays. */
  function removeChart(index: number): void {
    const { charts } = state.value
    if (charts.length > 1) change({ charts: charts.toSpliced(index, 1) })
  }
  /** Puts a metric on screen: the first chart shows it, unless one does already. */
  function showMetric(metric: string): void {
    if (!state.value.charts.some((chart) => chart.metric === metric)) changeChart(0, { metric })
  }
  function setHidden(ids: readonly string[], isHidden: boolean): void {
    const next = new Set(runs.hidden)
    for (const id of ids) {
      if (isHidden) next.add(id)
      else next.delete(id)
    }
    settings.change({ hiddenRuns: [...next] }).catch(notices.fail)
  }
  /** Hides all other runs of the comparison. */
  function showOnly(ids: readonly string[]): void {
    const next = new Set(runs.hidden)
    for (const { id } of compared.value) next.add(id)
    for (const id of ids) next.delete(id)
    settings.change({ hiddenRuns: [...next] }).catch(notices.fail)
  }
  function setBrushed(ids: ReadonlySet<string> | null): void {
    brushed.value = ids
  }
  function setHighlighted(key: string | null): void {
    highlighted.value = key
  }

  /** Takes the runs of the last launch back in, where none are selected. */
  function restoreRuns(): void {
    if (runs.selected.size > 0) return
    runs.select(settings.values.workspace.comparedRunIds.filter((id) => runs.byId.has(id)))
  }

  watchDebounced(
    [state, () => runs.selected],
    () => {
      const workspace = { comparison: state.value, comparedRunIds: [...runs.selected].slice(0, MOST_KEPT) }
      settings.change({ workspace: { ...settings.values.workspace, ...workspace } }).catch(notices.fail)
    },
    { debounce: KEEP_AFTER_MS },
  )

  return {
    restoreRuns,
    state,
    content,
    compared,
    allGroups,
    groups,
    baselineGroup,
    brushed,
    highlighted,
    change,
    changeChart,
    changeView,
    showAll,
    isZoomed,
    addChart,
    removeChart,
    showMetric,
    setHidden,
    showOnly,
    setBrushed,
    setHighlighted,
  }
})
