// Selection as lists on a desktop have it: click, Shift for a range, Ctrl or Cmd for one more, arrows to move.
// What is selected is kept by the runs store; here are the row that has the keyboard and where a range began.

import { computed, shallowRef, watch, type Ref } from 'vue'
import { useRuns } from '../../stores/runs'

export interface Modifiers {
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
}

export function useRowSelection(order: Readonly<Ref<readonly string[]>>) {
  const runs = useRuns()
  const activeId = shallowRef<string | null>(null)
  let anchorId: string | null = null

  const places = computed(() => new Map(order.value.map((id, index) => [id, index])))
  const activeIndex = computed(() =>
    activeId.value === null ? -1 : (places.value.get(activeId.value) ?? -1),
  )
  /** Selected runs that the table shows: only these are acted on, so that nothing happens to a row out of sight. */
  const shown = computed(() => order.value.filter((id) => runs.selected.has(id)))
  const notShown = computed(() => runs.selected.size - shown.value.length)

  // The row of the keyboard may have been filtered out or deleted: the one in its place follows.
  let lastIndex = 0
  watch(activeIndex, (index) => {
    if (index >= 0) lastIndex = index
    else if (activeId.value !== null)
      activeId.value = order.value[Math.min(lastIndex, order.value.length - 1)] ?? null
  })

  function rangeTo(id: string): string[] {
    const to = places.value.get(id) ?? 0
    const from = (anchorId === null ? undefined : places.value.get(anchorId)) ?? to
    return order.value.slice(Math.min(from, to), Math.max(from, to) + 1)
  }
  function click(id: string, { shiftKey, ctrlKey, metaKey }: Modifiers): void {
    activeId.value = id
    if (shiftKey) {
      runs.select(ctrlKey || metaKey ? [...runs.selected, ...rangeTo(id)] : rangeTo(id))
      return
    }
    anchorId = id
    if (ctrlKey || metaKey) runs.toggleSelected(id)
    else runs.select([id])
  }
  /** The check box adds and takes away; with Shift it adds the range. */
  function check(id: string, { shiftKey }: Modifiers): void {
    activeId.value = id
    if (shiftKey) runs.select([...runs.selected, ...rangeTo(id)])
    else runs.toggleSelected(id)
    anchorId = id
  }
  function move(to: number, { shiftKey }: Modifiers): void {
    const last = order.value.length - 1
    if (last < 0) return
    const id = order.value[Math.max(0, Math.min(last, to))]
    if (shiftKey) {
      anchorId ??= activeId.value ?? id
      runs.select(rangeTo(id))
    } else {
      anchorId = id
    }
    activeId.value = id
  }
  /** Whoever comes by keyboard has to see where they are. */
  function ensureActive(): void {
    if (activeIndex.value < 0) activeId.value = order.value[0] ?? null
  }
  function selectAll(): void {
    runs.select(order.value)
  }
  function clear(): void {
    runs.select([])
  }
  /** Before a context menu: the row under the pointer, unless it is one of the selected already. */
  function focusOn(id: string): void {
    activeId.value = id
    if (!runs.selected.has(id)) {
      anchorId = id
      runs.select([id])
    }
  }

  return {
    activeId,
    activeIndex,
    shown,
    notShown,
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
