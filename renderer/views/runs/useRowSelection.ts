// Selection as lists on a desktop have it: click, Shift for a range, Ctrl or Cmd for one more, arrows to move.
// What is selected are runs, kept by their store; a row of a group stands for all of its runs. Here are the row that
// has the keyboard and where a range began, and what is selected in the trash: nobody who clears it up means to change
// what Compare shows.

import { computed, shallowRef, watch } from 'vue'
import { useRuns } from '../../stores/runs'
import { useRunsTable } from '../../stores/runs-table'
import type { TableView } from './useTableRows'

export interface Modifiers {
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
}

export function useRowSelection({ rows, runsOf, isGrouped }: TableView) {
  const runs = useRuns()
  const store = useRunsTable()
  const ofTrash = shallowRef<ReadonlySet<string>>(new Set())
  const isTrash = computed(() => store.state.shelf === 'trash')
  const selected = computed(() => {
    if (!isTrash.value) return runs.selected
    // What was restored or deleted for good is selected no more.
    return new Set(store.shelved.map(({ id }) => id).filter((id) => ofTrash.value.has(id)))
  })
  function select(ids: Iterable<string>): void {
    if (isTrash.value) ofTrash.value = new Set(ids)
    else runs.select(ids)
  }
  const activeKey = shallowRef<string | null>(null)
  let anchorKey: string | null = null

  const keys = computed(() => rows.value.keys)
  const places = computed(() => new Map(keys.value.map((key, index) => [key, index])))
  const activeIndex = computed(() =>
    activeKey.value === null ? -1 : (places.value.get(activeKey.value) ?? -1),
  )
  /** Selected runs of these rows: only they are acted on, so that nothing happens to a row out of sight. */
  const shown = computed(() => {
    const ids = selected.value
    return ids.size === 0 ? [] : rows.value.runIds.filter((id) => ids.has(id))
  })
  const notShown = computed(() => selected.value.size - shown.value.length)

  function idsOf(key: string): string[] {
    return runsOf(key).map(({ id }) => id)
  }
  /** true: all runs of the row are selected; null: some of them. */
  function stateOf(key: string): boolean | null {
    const ids = selected.value
    const group = rows.value.groups.get(key)
    if (!group) return ids.has(key)
    let has = false
    let lacks = false
    for (const { id } of group.members) {
      if (ids.has(id)) has = true
      else lacks = true
      if (has && lacks) return null
    }
    return has
  }

  /** How many groups the selected runs are of; null where the table has none. */
  const groupCount = computed(() => {
    if (!isGrouped.value) return null
    const { members } = rows.value
    return keys.value.filter((key) => !members.has(key) && stateOf(key) !== false).length
  })

  // The row of the keyboard may have been filtered out or deleted: the one in its place follows.
  let lastIndex = 0
  watch(activeIndex, (index) => {
    if (index >= 0) lastIndex = index
    else if (activeKey.value !== null)
      activeKey.value = keys.value[Math.min(lastIndex, keys.value.length - 1)] ?? null
  })

  function rangeTo(key: string): string[] {
    const to = places.value.get(key) ?? 0
    const from = (anchorKey === null ? undefined : places.value.get(anchorKey)) ?? to
    return keys.value.slice(Math.min(from, to), Math.max(from, to) + 1).flatMap(idsOf)
  }
  function toggle(key: string): void {
    const ids = idsOf(key)
    const next = new Set(selected.value)
    const isSelected = stateOf(key) === true
    for (const id of ids) {
      if (isSelected) next.delete(id)
      else next.add(id)
    }
    select(next)
  }
  function click(key: string, { shiftKey, ctrlKey, metaKey }: Modifiers): void {
    activeKey.value = key
    if (shiftKey) {
      select(ctrlKey || metaKey ? [...selected.value, ...rangeTo(key)] : rangeTo(key))
      return
    }
    anchorKey = key
    if (ctrlKey || metaKey) toggle(key)
    else select(idsOf(key))
  }
  /** The check box adds and takes away; with Shift it adds the range. */
  function check(key: string, { shiftKey }: Modifiers): void {
    activeKey.value = key
    if (shiftKey) select([...selected.value, ...rangeTo(key)])
    else toggle(key)
    anchorKey = key
  }
  function move(to: number, { shiftKey }: Modifiers): void {
    const last = keys.value.length - 1
    if (last < 0) return
    const key = keys.value[Math.max(0, Math.min(last, to))]
    if (shiftKey) {
      anchorKey ??= activeKey.value ?? key
      select(rangeTo(key))
    } else {
      anchorKey = key
    }
    activeKey.value = key
  }
  /** Whoever comes by keyboard has to see where they are. */
  function ensureActive(): void {
    if (activeIndex.value < 0) activeKey.value = keys.value[0] ?? null
  }
  function selectAll(): void {
    select(rows.value.runIds)
  }
  function clear(): void {
    select([])
  }
  /** Before a context menu: the row under the pointer, unless it is one of the selected already. */
  function focusOn(key: string): void {
    activeKey.value = key
    if (stateOf(key) !== true) {
      anchorKey = key
      select(idsOf(key))
    }
  }

  return {
    activeKey,
    activeIndex,
    selected,
    shown,
    notShown,
    groupCount,
    idsOf,
    stateOf,
    click,
    check,
    move,
    ensureActive,
    selectAll,
    clear,
    focusOn,
  }
}
export type RowSelection = ReturnType<typeof useRowSelection>
