// The tokens a canvas needs, read from the page. Read again when the theme changes.

import { RUN_SLOTS, tokenValue } from '../palette'

const TOKENS = [
  'canvas',
  'chrome',
  'raised',
  'ink',
  'ink2',
  'ink3',
  'bad',
  'warn',
  'grid',
  'axis',
  'hairline',
  'accent',
] as const

export type ChartTheme = Record<(typeof TOKENS)[number], string> & {
  /** Any token by its name, e.g. 'run-3'; '#rrggbb' stays itself. */
  color: (name: string) => string
}

export const FONT_FAMILY = "'Inter Variable', 'Inter', system-ui, sans-serif"

export function font(weight: 400 | 500 | 600, size = 11): string {
  return `${weight} ${size}px ${FONT_FAMILY}`
}

export function readTheme(): ChartTheme {
  const values = new Map<string, string>(TOKENS.map((name) => [name, tokenValue(name)]))
  for (let slot = 1; slot <= RUN_SLOTS; slot++) values.set(`run-${slot}`, tokenValue(`run-${slot}`))
  const named = Object.fromEntries(TOKENS.map((name) => [name, values.get(name) ?? ''])) as Record<
    (typeof TOKENS)[number],
    string
  >
  return { ...named, color: (name) => (name.startsWith('#') ? name : (values.get(name) ?? tokenValue(name))) }
}
