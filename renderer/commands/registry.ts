// One object a command: the palette, the shortcut list, the native menu and the keyboard all read it from here.
// App-wide commands are registered once at start, a view's own while it is mounted.

import { onScopeDispose, shallowRef, triggerRef } from 'vue'
import type { MenuCommand } from '../../electron/contract'

export interface Command {
  id: string
  title: string
  section: 'Go to' | 'Experiment' | 'Run' | 'Runs' | 'Compare' | 'Application'
  /** In tinykeys' notation, e.g. '$mod+KeyK', 'KeyC'. Single letters are ignored while typing. */
  keys?: string
  /** The native menu item that stands for the same thing. */
  menu?: MenuCommand
  isEnabled?: () => boolean
  run: () => void
}

export const commands = shallowRef(new Map<string, Command>())

/** Adds commands; answers with the function that takes them away again. A later one of the same id wins. */
export function registerCommands(added: readonly Command[]): () => void {
  for (const command of added) commands.value.set(command.id, command)
  triggerRef(commands)
  return () => {
    for (const command of added) {
      if (commands.value.get(command.id) === command) commands.value.delete(command.id)
    }
    triggerRef(commands)
  }
}

/** Commands of the calling component, for as long as it lives. */
export function useCommands(added: readonly Command[]): void {
  onScopeDispose(registerCommands(added))
}
