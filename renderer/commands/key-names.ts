// Keys as people read them: Ctrl+Shift+Z, on a Mac ⇧⌘Z.

const NAMES: Readonly<Record<string, string>> = {
  Slash: '/',
  Comma: ',',
  Period: '.',
  Enter: 'Enter',
  Escape: 'Esc',
  Delete: 'Del',
  Backspace: 'Backspace',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  ' ': 'Space',
}
const MAC_MODIFIERS: Readonly<Record<string, string>> = {
  $mod: '⌘',
  Meta: '⌘',
  Control: '⌃',
  Shift: '⇧',
  Alt: '⌥',
}
const MODIFIERS: Readonly<Record<string, string>> = { $mod: 'Ctrl', Control: 'Ctrl', Meta: 'Win' }

function keyName(key: string): string {
  return NAMES[key] ?? key.replace(/^(Key|Digit|Numpad)(?=.)/, '')
}

function pressName(press: string, isMac: boolean): string {
  const parts = press.split('+')
  const key = keyName(parts.at(-1) ?? '')
  const modifiers = parts.slice(0, -1)
  if (!isMac) return [...modifiers.map((name) => MODIFIERS[name] ?? name), key].join('+')
  const order = ['Control', 'Alt', 'Shift', '$mod', 'Meta']
  return (
    modifiers
      .sort((a, b) => order.indexOf(a) - order.indexOf(b))
      .map((name) => MAC_MODIFIERS[name] ?? name)
      .join('') + key
  )
}

/** 'Ctrl+K' of '$mod+KeyK', 'G then D' of 'KeyG KeyD'. */
export function keyNames(
  keys: string,
  isMac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac'),
): string {
  return keys
    .trim()
    .split(/\s+/)
    .map((press) => pressName(press, isMac))
    .join(' then ')
}
