// Whether a key belongs to a field that takes text, so that single-letter commands keep away from it.

const TEXTLESS = ['checkbox', 'radio', 'range', 'button', 'submit', 'reset', 'file', 'color']

export function isTyping(event: Event): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !TEXTLESS.includes(target.type)
  return target instanceof HTMLTextAreaElement || target.isContentEditable
}
