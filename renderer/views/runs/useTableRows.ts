// Which rows the table shows and in what order. A new query, sorting, grouping or run takes effect at once; values
// that change while runs train reorder the table at most once a second, and never under the pointer.

import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { RunStatus, RunSummary } from '../../../electron/contract'
import { indexFields, parseQuery, type Query } from '../../../engine/comparison/query'
import { useRuns } from '../../stores/runs'
import { DEFAULT_RUNS_TABLE, useRunsTable } from '../../stores/runs-table'
import { STATUS_LOOKS } from '../../ui/run-status'
import { groupOfBaseline } from './baseline'
import { createStableGroups } from './stable-groups'
import { columnOf, columnsOf, withBaseline } from './table-columns'
import type { TableColumn, TableContext } from './table-column'
import { tableRows, type TableRows } from './table-rows'
import { useEpochValues } from './useEpochValues'

const REORDER_MS = 1000
const NO_ROWS: TableRows = { keys: [], groups: new Map(), members: new Set(), runIds: [] }

const statusWord = (status: string): string => STATUS_LOOKS[status as RunStatus].word

export function useTableRows() {
  const runs = useRuns()
  const store = useRunsTable()
  const rows = shallowRef<TableRows>(NO_ROWS)
  const unfolded = shallowRef<ReadonlySet<string>>(new Set())
  /** Set while the pointer rests on the rows. */
  const isHeld = ref(false)

  const queryText = computed({
    get: () => store.state.query,
    set: (query) => store.change({ query }),
  })
  const total = computed(() => store.counts[store.state.shelf])
  const membership = computed(() => `${store.state.shelf} ${total.value} ${runs.byId.size}`)
  /** Known fields follow the set of runs and not each of their values, which would be too dear. */
  const fields = shallowRef(indexFields([]))
  watch(membership, () => (fields.value = indexFields(store.shelved, { statusWord })), { immediate: true })
  const isFiltered = computed(() => queryText.value.trim() !== '')
  const query = computed<Query | null>(() =>
    isFiltered.value ? parseQuery(queryText.value, fields.value) : null,
  )

  const isGrouped = computed(() => store.state.grouping.kind !== 'none')
  const columnIds = computed(() =>
    store.state.baseline === null ? store.state.columns : withBaseline(store.state.columns),
  )
  const columns = computed<readonly TableColumn[]>(() =>
    columnsOf(columnIds.value).map((column) =>
      isGrouped.value && column.groupWidth ? { ...column, width: column.groupWidth } : column,
    ),
  )
  const epochValues = useEpochValues(
    columns,
    computed(() => store.shelved),
  )
  const baseline = computed<RunSummary | null>(() =>
    store.state.baseline === null ? null : (store.find(store.state.baseline) ?? null),
  )
  const context = computed<TableContext>(() => {
    void epochValues.version.value
    return {
      baseline: baseline.value ? groupOfBaseline(baseline.value, store.shelved, store.state.grouping) : [],
      valueAt: epochValues.valueAt,
    }
  })

  const groupsOf = createStableGroups()
  let isStale = false
  let timer: ReturnType<typeof setTimeout> | null = null
  function reorder(): void {
    isStale = false
    const { sort, grouping } = store.state
    const column = columnOf(sort.column) ?? columnOf(DEFAULT_RUNS_TABLE.sort.column)!
    rows.value = tableRows(store.shelved, query.value?.matches ?? null, {
      column,
      isDescending: sort.isDescending,
      grouping,
      groupsOf,
      unfolded: unfolded.value,
      context: context.value,
    })
  }
  watch(
    [
      membership,
      query,
      unfolded,
      epochValues.version,
      () => store.state.sort,
      () => store.state.grouping,
      () => store.state.baseline,
    ],
    reorder,
    { immediate: true },
  )

  function reorderLater(): void {
    isStale = true
    timer ??= setTimeout(() => {
      timer = null
      if (isStale && !isHeld.value) reorder()
    }, REORDER_MS)
  }
  watch(() => store.shelved, reorderLater)
  watch(isHeld, (held) => {
    if (!held && isStale) reorderLater()
  })
  onScopeDispose(() => {
    if (timer !== null) clearTimeout(timer)
  })

  /** While the pointer rests on the rows their order stays. */
  function hold(isPointed: boolean): void {
    isHeld.value = isPointed
  }

  /** A click on a header: the useful direction first, then the other one. */
  function sortBy(column: TableColumn): void {
    const { sort } = store.state
    const isAgain = sort.column === column.id
    const isDescending = isAgain ? !sort.isDescending : (column.isHighFirst ?? false)
    store.change({ sort: { column: column.id, isDescending } })
  }
  function fold(key: string, isUnfolded = !unfolded.value.has(key)): void {
    const next = new Set(unfolded.value)
    if (isUnfolded) next.add(key)
    else next.delete(key)
    unfolded.value = next
  }

  /** The runs that a row stands for. */
  function runsOf(key: string): readonly RunSummary[] {
    const group = rows.value.groups.get(key)
    if (group) return group.members
    const run = store.find(key)
    return run ? [run] : []
  }

  return {
    queryText,
    query,
    fields,
    isFiltered,
    isGrouped,
    columns,
    context,
    baseline,
    rows,
    unfolded,
    total,
    hold,
    sortBy,
    fold,
    runsOf,
  }
}
export type TableView = ReturnType<typeof useTableRows>
