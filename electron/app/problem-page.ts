// The page that stands in the window when there is nothing to work with: what is wrong, the remedy, and the choices.
// It has no script; its buttons are links, which the window's navigation guard turns into actions.

import type { CallError } from '../contract'
import { APP_URL } from './origin'
import { NONCE_PLACEHOLDER } from './protocol'

export const PROBLEM_PATH = '/problem'
const ACTION_PREFIX = `${APP_URL}action/`

/** What a person can do about it, by the link's name. */
export const PROBLEM_ACTIONS = {
  retry: 'Try again',
  open: 'Open another database…',
  create: 'Create a new database…',
  reveal: 'Show the file',
  reload: 'Load the window again',
  quit: 'Quit',
} as const
export type ProblemAction = keyof typeof PROBLEM_ACTIONS

export interface Problem {
  error: CallError
  /** The first is the one that is suggested. */
  actions: readonly ProblemAction[]
}

export function problemUrl(): string {
  return `${APP_URL.slice(0, -1)}${PROBLEM_PATH}`
}

/** The action that a link stands for; null for any other URL. */
export function actionOf(url: string): ProblemAction | null {
  if (!url.startsWith(ACTION_PREFIX)) return null
  const name = url.slice(ACTION_PREFIX.length)
  return Object.hasOwn(PROBLEM_ACTIONS, name) ? (name as ProblemAction) : null
}

export function problemPage({ error, actions }: Problem): string {
  const links = actions
    .map((action) => `<a href="${ACTION_PREFIX}${action}">${escapeHtml(PROBLEM_ACTIONS[action])}</a>`)
    .join('\n')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Descent</title>
<style nonce="${NONCE_PLACEHOLDER}">
:root { color-scheme: light dark }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 14px/1.5 system-ui, sans-serif }
main { max-width: 560px; padding: 32px }
h1 { font-size: 18px; font-weight: 600; margin: 0 0 12px }
p { margin: 0 0 12px; overflow-wrap: anywhere }
nav { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 24px }
a { padding: 6px 12px; border: 1px solid GrayText; border-radius: 4px; color: CanvasText; text-decoration: none }
a:first-child { border-color: transparent; background: AccentColor; color: AccentColorText }
a:focus-visible { outline: 2px solid AccentColor; outline-offset: 2px }
</style>
</head>
<body>
<main role="alert">
<h1>Descent can not continue</h1>
<p>${escapeHtml(error.message)}</p>
<p>${escapeHtml(error.hint)}</p>
<nav aria-label="What to do">
${links}
</nav>
</main>
</body>
</html>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
