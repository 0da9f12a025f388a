// One object a command: the palette, the shortcut list, the native menu and the keyboard all read it from here.
// App-wide commands are registered once at start, a view's own while it is on screen.

import { getCurrentInstance, onActivated, onDeactivated, onScopeDispose, shallowRef, triggerRef } from 'vue'
import type { MenuCommand } from '../../electron/contract'

export interface Command {
  id: string
  title: string
  section: 'Go to' | 'Experiment' | 'Run' | 'Runs' | 'Compare' | 'Application'
  /**
   * In tinykeys' notation, e.g. '$mod+KeyK', 'KeyC', 'KeyG KeyD'; of several the first is shown.
   * Keys without Ctrl or Cmd are ignored while typing, all keys while a dialog is open.
   */
  keys?: string | readonly string[]
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

/** Commands of the calling component, for as long as it lives and, where it is kept alive, is on screen. */
export function useCommands(added: readonly Command[]): void {
  let stop: (() => void) | null = registerCommands(added)
  const remove = (): void => {
    stop?.()
    stop = null
  }
  if (getCurrentInstance()) {
    onActivated(() => (stop ??= registerCommands(added)))
    onDeactivated(remove)
  }
  onScopeDispose(remove)
}

export function isEnabled(command: Command): boolean {
  return command.isEnabled?.() ?? true
}

export function keysOf(command: Command): readonly string[] {
  return command.keys === undefined ? [] : typeof command.keys === 'string' ? [command.keys] : command.keys
}

/** What a native menu item does now: the enabled command that was registered last for it. */
export function commandForMenu(menu: MenuCommand): Command | null {
  const answering = [...commands.value.values()].filter((command) => command.menu === menu)
  return answering.findLast(isEnabled) ?? null
}
