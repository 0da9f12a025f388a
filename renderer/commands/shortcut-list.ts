// All keys in one list: those of the commands, and those that views answer themselves.

import type { Command } from './registry'
import { keyNames } from './key-names'
import { keysOf } from './registry'

export interface ShortcutGroup {
  title: string
  rows: readonly { title: string; keys: readonly string[] }[]
}

const IN_VIEWS: readonly ShortcutGroup[] = [
  {
    title: 'Design',
    rows: [
      { title: 'Run', keys: [keyNames('$mod+Enter')] },
      { title: 'Run with several seeds', keys: [keyNames('$mod+Shift+Enter')] },
      { title: 'Undo', keys: [keyNames('$mod+KeyZ')] },
      { title: 'Redo', keys: [keyNames('$mod+Shift+KeyZ')] },
    ],
  },
  {
    title: 'Table of runs',
    rows: [
      { title: 'Filter', keys: ['/'] },
      { title: 'Move', keys: ['↑', '↓', 'Page Up', 'Page Down', 'Home', 'End'] },
      { title: 'Select or not', keys: ['Space'] },
      { title: 'Select a range', keys: ['Shift+↑', 'Shift+↓'] },
      { title: 'Select all', keys: [keyNames('$mod+KeyA')] },
      { title: 'Open', keys: ['Enter'] },
      { title: 'Rename', keys: ['F2'] },
      { title: 'Hide or show in charts', keys: ['H'] },
      { title: 'Compare, Tag, Note', keys: ['C', 'T', 'N'] },
      { title: 'Baseline, Lock, Archive', keys: ['B', 'L', 'E'] },
      { title: 'Move to trash', keys: ['Del'] },
    ],
  },
  {
    title: 'Fields',
    rows: [
      { title: 'Step a number by its last digit', keys: ['↑', '↓'] },
      { title: 'By ten of them', keys: ['Shift+↑', 'Shift+↓'] },
      { title: 'Close or cancel', keys: ['Esc'] },
    ],
  },
  {
    title: 'Run',
    rows: [{ title: 'Pause or resume', keys: ['Space'] }],
  },
]

export function shortcutGroups(commands: Iterable<Command>): ShortcutGroup[] {
  const bySection = new Map<string, { title: string; keys: string[] }[]>()
  for (const command of commands) {
    const keys = keysOf(command).map((each) => keyNames(each))
    // A view's own commands are here only while it is on screen; the list names their keys whatever is.
    if (keys.length === 0 || !/^(app|go)\./.test(command.id)) continue
    const rows = bySection.get(command.section) ?? []
    rows.push({ title: command.title, keys })
    bySection.set(command.section, rows)
  }
  return [...[...bySection].map(([title, rows]) => ({ title, rows })), ...IN_VIEWS]
}
