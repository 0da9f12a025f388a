// Which runs the table shows and in what order. A new filter, sorting or run takes effect at once; values that
// change while runs train reorder the table at most once a second, and never under the pointer.

import { computed, onScopeDispose, ref, shallowRef, toRaw, watch } from 'vue'
import { indexFields, parseQuery, type Query } from '../../../engine/comparison/query'
import { useRuns } from '../../stores/runs'
import { STATUS_LOOKS } from '../../ui/run-status'
import type { RunStatus } from '../../../electron/contract'
import { sortRuns, type Sorting } from './sort-runs'
import { columnOf, DEFAULT_SORT, type TableColumn } from './table-columns'

const REORDER_MS = 1000

const statusWord = (status: string): string => STATUS_LOOKS[status as RunStatus].word

export function useRunOrder() {
  const runs = useRuns()
  const filterText = ref('')
  const sorting = shallowRef<Sorting>(DEFAULT_SORT)
  /** Ids from top to bottom. */
  const order = shallowRef<readonly string[]>([])
  /** Set while the pointer rests on the rows. */
  const isHeld = ref(false)

  const total = computed(() => runs.byId.size)
  /** Known fields follow the set of runs and not each of their values, which would be too dear. */
  const fields = computed(() => {
    void total.value
    return indexFields([...toRaw(runs.byId).values()], { statusWord })
  })
  const isFiltered = computed(() => filterText.value.trim() !== '')
  const filter = computed<Query | null>(() =>
    isFiltered.value ? parseQuery(filterText.value, fields.value) : null,
  )

  let isStale = false
  let timer: ReturnType<typeof setTimeout> | null = null

  function reorder(): void {
    isStale = false
    const filtered = filter.value ? runs.list.filter(filter.value.matches) : runs.list
    const column = columnOf(sorting.value.column) ?? (columnOf(DEFAULT_SORT.column) as TableColumn)
    order.value = sortRuns(filtered, column, sorting.value.isDescending).map((run) => run.id)
  }
  watch([total, filter, sorting], reorder, { immediate: true })

  function reorderLater(): void {
    isStale = true
    timer ??= setTimeout(() => {
      timer = null
      if (isStale && !isHeld.value) reorder()
    }, REORDER_MS)
  }
  watch(() => runs.list, reorderLater)
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
    const isAgain = sorting.value.column === column.id
    sorting.value = {
      column: column.id,
      isDescending: isAgain ? !sorting.value.isDescending : (column.isHighFirst ?? false),
    }
  }

  return { filterText, filter, fields, isFiltered, sorting, order, total, hold, sortBy }
}
export type RunOrder = ReturnType<typeof useRunOrder>
