// How wide a text will be where nobody can measure it: in a picture that is drawn later, with a font that may be
// another. Widths are those of Helvetica, made wider as far as the usual stand-ins are.

// Of the characters from space to tilde, in thousandths of the font's size. Source: Adobe's font metrics of Helvetica.
// prettier-ignore
const WIDTHS = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
  556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
  1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
  333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
  556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]
const OTHER = 600
/** Chinese, Japanese and Korean signs and pictures fill a square. */
const FIRST_WIDE = 0x2e80
/** Inter and DejaVu Sans are wider than Helvetica. */
const STAND_IN = 1.12

function widthOf(character: string): number {
  const code = character.codePointAt(0) as number
  if (code >= FIRST_WIDE) return 1000
  return WIDTHS[code - 32] ?? OTHER
}

/** Pixels that a text needs at most, or nearly so. */
export function textWidth(text: string, size = 11): number {
  let width = 0
  for (const character of text) width += widthOf(character)
  return (width / 1000) * size * STAND_IN
}

/** As much of a text as fits, with an ellipsis for the rest. */
export function fittedText(text: string, width: number, size = 11): string {
  if (textWidth(text, size) <= width) return text
  const characters = [...text]
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size) > width) characters.pop()
  return `${characters.join('')}…`
}
