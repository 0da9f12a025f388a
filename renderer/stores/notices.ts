// Messages that appear at the bottom and go away: results, errors with their remedy, and Undo.

import { defineStore } from 'pinia'
import { ref } from 'vue'
import { DescentError, messageOf } from '../../engine/errors'

export interface Notice {
  id: number
  level: 'info' | 'warning' | 'error'
  message: string
  hint: string
  actions: readonly NoticeAction[]
  /** Of work under way: how much is done, null where nobody knows; undefined: it is no work. Such a notice stays. */
  share: number | null | undefined
}
export interface NoticeAction {
  label: string
  run: () => void
  /** Until when it makes sense, where that is not for ever. */
  isOffered?: () => boolean
}

const STAYS_MS = 8000
/** What can be undone stays until a person has seen what became of it. */
const UNDO_STAYS_MS = 15_000
/** After the pointer has left them. */
const STAYS_ON_MS = 3000

export const useNotices = defineStore('notices', () => {
  const list = ref<Notice[]>([])
  let nextId = 1

  function show(
    level: Notice['level'],
    message: string,
    options: {
      hint?: string
      action?: NoticeAction | null
      actions?: readonly NoticeAction[]
      share?: number | null
    } = {},
  ): number {
    const id = nextId++
    const actions = options.actions ?? (options.action ? [options.action] : [])
    list.value = [
      ...list.value.slice(-3),
      { id, level, message, hint: options.hint ?? '', actions, share: options.share },
    ]
    // Errors stay until they are dismissed: they name a remedy that takes time to read.
    if (level !== 'error' && options.share === undefined)
      expire(id, actions.length > 0 ? UNDO_STAYS_MS : STAYS_MS)
    return id
  }
  function update(id: number, change: Partial<Pick<Notice, 'hint' | 'share'>>): void {
    list.value = list.value.map((notice) => (notice.id === id ? { ...notice, ...change } : notice))
  }
  function dismiss(id: number): void {
    clearTimeout(timers.get(id))
    timers.delete(id)
    list.value = list.value.filter((notice) => notice.id !== id)
  }

  const timers = new Map<number, ReturnType<typeof setTimeout>>()
  let isHeld = false
  function expire(id: number, ms: number): void {
    clearTimeout(timers.get(id))
    timers.set(
      id,
      setTimeout(() => {
        if (!isHeld) dismiss(id)
      }, ms),
    )
  }
  /** Nothing goes away while somebody reads or is about to click. */
  function hold(): void {
    isHeld = true
  }
  function release(): void {
    isHeld = false
    for (const { id, level, share } of list.value) {
      if (level !== 'error' && share === undefined) expire(id, STAYS_ON_MS)
    }
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
  return { list, show, update, dismiss, fail, hold, release }
})
