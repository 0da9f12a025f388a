// Messages that appear at the bottom and go away: results, errors with their remedy, and Undo.

import { defineStore } from 'pinia'
import { ref } from 'vue'
import { DescentError, messageOf } from '../../engine/errors'

export interface Notice {
  id: number
  level: 'info' | 'warning' | 'error'
  message: string
  hint: string
  action: { label: string; run: () => void } | null
}

const STAYS_MS = 8000

export const useNotices = defineStore('notices', () => {
  const list = ref<Notice[]>([])
  let nextId = 1

  function show(
    level: Notice['level'],
    message: string,
    options: { hint?: string; action?: Notice['action'] } = {},
  ): number {
    const id = nextId++
    list.value = [
      ...list.value.slice(-3),
      { id, level, message, hint: options.hint ?? '', action: options.action ?? null },
    ]
    // Errors stay until they are dismissed: they name a remedy that takes time to read.
    if (level !== 'error') setTimeout(() => dismiss(id), STAYS_MS)
    return id
  }
  function dismiss(id: number): void {
    list.value = list.value.filter((notice) => notice.id !== id)
  }
  /** Shows what was thrown; a canceled action is no error. */
  function fail(thrown: unknown): void {
    if (thrown instanceof DescentError) {
      if (thrown.code === 'canceled') return
      show('error', thrown.message, { hint: thrown.hint })
    } else {
      show('error', messageOf(thrown))
    }
  }
  return { list, show, dismiss, fail }
})
