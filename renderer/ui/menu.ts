// What a menu shows: commands, ticks, menus of their own and lines between them. AppMenu.vue draws it.

import type { Component } from 'vue'

export interface MenuCommandItem {
  id: string
  text: string
  icon?: Component
  /** The key that does the same, as shown, e.g. 'Ctrl+E'. */
  shortcut?: string
  disabled?: boolean
  /** Set makes it an item that ticks on and off; the menu then stays open. */
  checked?: boolean
  run: () => void
}
/** Opens beside its item. */
export interface SubmenuItem {
  id: string
  text: string
  icon?: Component
  items: readonly MenuItem[]
}
export type MenuItem =
  MenuCommandItem | SubmenuItem | { separator: true; id: string } | { heading: string; id: string }

/** What a menu and a menu in it look like. */
export const MENU_SURFACE =
  'z-50 max-h-(--reka-popper-available-height) min-w-44 animate-appear overflow-y-auto rounded-floating bg-raised p-1 text-ink shadow-raised'
