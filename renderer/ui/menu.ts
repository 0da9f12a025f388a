// What a menu shows: commands, ticks and lines between them. AppMenu.vue draws it.

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
export type MenuItem = MenuCommandItem | { separator: true; id: string } | { heading: string; id: string }
