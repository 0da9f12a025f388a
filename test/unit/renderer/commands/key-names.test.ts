import { expect, it } from 'vitest'
import { keyNames } from '../../../../renderer/commands/key-names'

it('names keys as they are printed on the keyboard', () => {
  expect(keyNames('$mod+KeyK', false)).toBe('Ctrl+K')
  expect(keyNames('$mod+Shift+KeyZ', false)).toBe('Ctrl+Shift+Z')
  expect(keyNames('$mod+Slash', false)).toBe('Ctrl+/')
  expect(keyNames('$mod+Digit1', false)).toBe('Ctrl+1')
  expect(keyNames('KeyG KeyD', false)).toBe('G then D')
  expect(keyNames('Delete', false)).toBe('Del')
})
it('uses the signs of a Mac in their usual order', () => {
  expect(keyNames('$mod+Shift+KeyZ', true)).toBe('⇧⌘Z')
  expect(keyNames('$mod+KeyK', true)).toBe('⌘K')
})
