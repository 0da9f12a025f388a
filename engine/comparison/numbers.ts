// Numbers in the sentences of comparisons, as the window shows them elsewhere: true minus, significant digits.
// Exports of data never go through here: they are not rounded.

const MINUS = '\u2212'

export function withTrueMinus(text: string): string {
  return text.replaceAll('-', MINUS)
}

/** A hyperparameter as typed: shortest form. */
export function settingText(value: string | number | boolean): string {
  return typeof value === 'number' ? withTrueMinus(String(value)) : String(value)
}
