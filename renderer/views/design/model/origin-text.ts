// Where a design came from and how far it has moved since, in one line.

import type { Origin } from './draft'

const NAMED = 4

export function originText(origin: Origin, edits: readonly string[]): string {
  const from = sourceText(origin)
  if (edits.length === 0 || origin.kind === 'empty') return from
  const named = edits.slice(0, NAMED).join(', ')
  const more = edits.length > NAMED ? `, ${edits.length - NAMED} more` : ''
  return `${from}, ${edits.length} ${edits.length === 1 ? 'edit' : 'edits'}: ${named}${more}`
}

export function sourceText(origin: Origin): string {
  switch (origin.kind) {
    case 'empty':
      return 'new design'
    case 'preset':
      return `from preset ${origin.title}`
    case 'run':
      return `from run ${origin.title}`
    case 'table':
      return `from table ${origin.title}`
    case 'images':
      return `from images ${origin.title}`
    case 'file':
      return `from file ${origin.title}`
  }
}
