// "/" puts the focus into a view's filter field, for as long as that view is on screen.

import { onActivated, onBeforeUnmount, onDeactivated, onMounted } from 'vue'
import { isTyping } from './is-typing'

export function useSlashFocus(focus: () => void): void {
  function onKey(event: KeyboardEvent): void {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
    if (event.key !== '/' || !isPlain || isTyping(event) || document.querySelector('[role=dialog]')) return
    event.preventDefault()
    focus()
  }
  // Views are kept alive: only the one on screen may answer.
  const listen = (): void => document.addEventListener('keydown', onKey)
  const stop = (): void => document.removeEventListener('keydown', onKey)
  onMounted(listen)
  onActivated(listen)
  onDeactivated(stop)
  onBeforeUnmount(stop)
}
