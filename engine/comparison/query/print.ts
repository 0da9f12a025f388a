// A query's tree as text that reads back as the same tree.

import type { QueryNode } from './types'

/** Bare words that would be read as something else. */
const SPECIAL = /^(and|or|not|none|nan)$/i
const BARE = /^[^\s"(),=<>!:~\\-][^\s"(),=<>!:~]*$/

/** A value or a word, in quotes where it needs them. */
export function quoted(text: string): string {
  if (BARE.test(text) && !SPECIAL.test(text)) return text
  return inQuotes(text)
}

function inQuotes(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

export function printQuery(tree: QueryNode | null): string {
  return tree === null ? '' : print(tree, false)
}

function print(node: QueryNode, isPart: boolean): string {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const parts = node.parts.map((part) => print(part, true)).join(` ${node.kind} `)
      return isPart ? `(${parts})` : parts
    }
    case 'not':
      return `not ${print(node.part, true)}`
    case 'word':
      // A word before "in" or "is" would become a field; and numbers read better bare.
      return /^(in|is)$/i.test(node.text) ? inQuotes(node.text) : quoted(node.text)
    case 'compare':
      return node.operator === ':'
        ? `${node.field}:${quoted(node.value)}`
        : `${node.field} ${node.operator} ${quoted(node.value)}`
    case 'in':
      return `${node.field} in (${node.values.map(quoted).join(', ')})`
    case 'is':
      return `${node.field} is ${node.what}`
  }
}
