// Colours of lines in the page.

/** A token ('run-1') or '#rrggbb' as CSS: tokens follow the theme. */
export function cssColor(color: string): string {
  return color.startsWith('#') ? color : `var(--${color})`
}
