// Binds the commands' keys to the window, and the native menu to the commands.

import { createKeybindingsHandler } from 'tinykeys'
import { onScopeDispose, watch } from 'vue'
import { on } from '../client'
import { isTyping } from '../ui/is-typing'
import { commandForMenu, commands, isEnabled, keysOf, type Command } from './registry'

const WITH_MODIFIER = /(^|\+)(\$mod|Control|Meta|Alt)\+/
/** In a text field it selects the text. */
const SELECT_ALL = '$mod+KeyA'
/** What a focused control does itself on these keys must stay its own. */
const PRESSES = /^(Enter|Space| )$/

/** Whether something that floats has the keyboard: a dialog, a menu or a list of choices. */
function isCovered(): boolean {
  return (
    document.querySelector(
      '[role=dialog], [role=menu], [data-reka-popper-content-wrapper] [role=listbox]',
    ) !== null
  )
}

function belongsToControl(keys: string, event: KeyboardEvent): boolean {
  if (isTyping(event) && keys === SELECT_ALL) return true
  if (WITH_MODIFIER.test(keys)) return false
  if (isTyping(event)) return true
  const isControl = (event.target as HTMLElement | null)?.closest?.(
    'button, a, [role=slider], [role=tab], [role=grid]',
  )
  return PRESSES.test(keys) && isControl !== null && isControl !== undefined
}

function listener(added: ReadonlyMap<string, Command>): EventListener {
  const bound = [...added.values()].flatMap((command) => keysOf(command).map((keys) => ({ keys, command })))
  // The longest sequence first: "g c" must not also do what "c" does.
  bound.sort((a, b) => b.keys.split(' ').length - a.keys.split(' ').length)
  const bindings: Record<string, (event: KeyboardEvent) => void> = {}
  for (const { keys } of bound) {
    const sharing = bound.filter((other) => other.keys === keys).map(({ command }) => command)
    bindings[keys] = (event) => {
      if (event.defaultPrevented || isCovered() || belongsToControl(keys, event)) return
      const command = sharing.findLast(isEnabled)
      if (!command) return
      event.preventDefault()
      command.run()
    }
  }
  return createKeybindingsHandler(bindings)
}

/** For the one component at the root. */
export function useCommandKeys(): void {
  let current: EventListener | null = null
  function stop(): void {
    if (current) window.removeEventListener('keydown', current)
    current = null
  }
  watch(
    () => [...commands.value.values()],
    () => {
      stop()
      current = listener(commands.value)
      window.addEventListener('keydown', current)
    },
    { immediate: true },
  )
  const stopMenu = on('app.command', ({ command }) => {
    // In a text field undo and redo mean the text.
    const field = document.activeElement
    if (
      (command === 'undo' || command === 'redo') &&
      field &&
      isTyping({ target: field } as unknown as Event)
    ) {
      document.execCommand(command)
      return
    }
    commandForMenu(command)?.run()
  })
  onScopeDispose(() => {
    stop()
    stopMenu()
  })
}
