// Problems of a spec as they stand beside a field: by the field's name and not by its path.

import type { Problem } from '../../../../engine/errors'
import type { JsonObject } from './json-path'
import { getIn } from './json-path'
import { formatCount, formatSetting } from '../../../format'
import { textOfKind } from './choices'
import { labelOfField } from './labels'
import { explainText } from './number-text'

/** A problem worded for the form. `path` still leads to the field. */
export function wordProblem(problem: Problem, draft: JsonObject): Problem {
  const { path, message } = problem
  const value = getIn(draft, path)
  const needs = /it needs ((?:an integer|a number).*)$/.exec(message)?.[1]
  if (needs !== undefined && typeof value === 'string') {
    const explained = explainText(value, needs.startsWith('an integer'))
    if (explained !== null) {
      const { message: what, suggestion } = explained
      const hint = what.endsWith('decimal comma') && needs.startsWith('a number') ? ', with a point' : ''
      return { path, message: `${what}; needs ${readable(needs).replace(/\.$/, '')}${hint}.`, suggestion }
    }
  }
  if (path === '' || !message.startsWith(`${path} `)) return problem
  const name = capitalize(labelOfField(path))
  const rest = message
    .slice(path.length + 1)
    .replace(/^is missing/, 'missing')
    .replace(/^is /, '')
    .replace(/; it needs (.*)$/, (_, words: string) => `; needs ${readable(words)}`)
  return { ...problem, message: `${name} ${rest}` }
}

/** Long limits with separators, as numbers stand everywhere else. */
function readable(words: string): string {
  return words.replace(/(?<![\d.])\d{5,}(?![\d.]*\d)/g, (digits) => formatCount(Number(digits)))
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Whether a problem belongs to the field at `path` or to something inside it. */
export function concerns(problem: Problem, path: string): boolean {
  return problem.path === path || problem.path.startsWith(`${path}.`) || problem.path.startsWith(`${path}[`)
}

/** The words of a one-click fix; null where no value is obvious. */
export function fixText({ suggestion }: Problem): string | null {
  if (suggestion === undefined) return null
  if (typeof suggestion === 'boolean') return suggestion ? 'Turn on' : 'Turn off'
  return `Set to ${typeof suggestion === 'number' ? formatSetting(suggestion) : textOfKind(suggestion)}`
}
