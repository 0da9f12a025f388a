// Colours by the names of their tokens: as fixed values for a picture that stands alone, as CSS variables for one in a
// page that is light or dark. A test keeps the values equal to renderer/styles/tokens.css.

import { RUN_COLORS, THEMES, type Theme } from '../palette'

const TOKENS = {
  light: {
    canvas: '#ffffff',
    chrome: '#f6f7f8',
    ink: '#14171c',
    ink2: '#4a515d',
    ink3: '#646b78',
    accent: '#4303af',
    bad: '#c0242d',
    hairline: '#e3e6ea',
    grid: '#eceef1',
    axis: '#aeb4be',
  },
  dark: {
    canvas: '#15171c',
    chrome: '#101216',
    ink: '#e9ebee',
    ink2: '#aeb4bf',
    ink3: '#8d94a1',
    accent: '#d5a1fe',
    bad: '#ff8078',
    hairline: '#282c34',
    grid: '#22252c',
    axis: '#596070',
  },
} as const satisfies Record<Theme, Record<string, string>>

export type PaintToken = keyof (typeof TOKENS)['light']

/** Colours of one document: those of every document, and those of its lines in both themes. */
export type LineColors = ReadonlyMap<string, Readonly<Record<Theme, string>>>

export type Paint = (token: string) => string

/** Every token of a theme with its colour. */
export function tokenColors(theme: Theme): ReadonlyMap<string, string> {
  const colors = new Map<string, string>(Object.entries(TOKENS[theme]))
  RUN_COLORS[theme].forEach((color, slot) => colors.set(`run-${slot + 1}`, color))
  return colors
}

export function fixedPaint(theme: Theme, lines: LineColors): Paint {
  const colors = tokenColors(theme)
  return (token) => {
    const color = lines.get(token)?.[theme] ?? colors.get(token)
    if (color === undefined) throw new Error(`There is no colour "${token}" to draw with.`)
    return color
  }
}

export const variablePaint: Paint = (token) => `var(--${token})`

/** Declarations of all variables that variablePaint names, by theme. */
export function variableDeclarations(lines: LineColors): Record<Theme, string> {
  const declarations = (theme: Theme): string =>
    [...tokenColors(theme), ...[...lines].map(([token, colors]) => [token, colors[theme]] as const)]
      .map(([token, color]) => `--${token}:${color}`)
      .join(';')
  return Object.fromEntries(THEMES.map((theme) => [theme, declarations(theme)])) as Record<Theme, string>
}
