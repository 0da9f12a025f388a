// HTML as text. Unlike in XML, an element without content still needs its end.

import { escapeText } from '../../../engine/comparison/svg/xml'

type Attributes = Readonly<Record<string, string | number | boolean | null>>

function attributesText(attributes: Attributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeText(String(value))}"`))
    .join('')
}

/** An element around markup. */
export function tag(name: string, attributes: Attributes, ...content: readonly string[]): string {
  return `<${name}${attributesText(attributes)}>${content.join('')}</${name}>`
}

/** An element around text, which is escaped. */
export function textTag(name: string, text: string, attributes: Attributes = {}): string {
  return tag(name, attributes, escapeText(text))
}

export interface TableColumn {
  /** Text of the head. */
  title: string
  /** Numbers stand right. */
  isNumber?: boolean
}

/** A cell as markup; the first of a row is its head. */
export type Cell = string

/** What scrolls by itself where it is wider than the page, also by the keyboard. */
export function scrolling(label: string, content: string): string {
  return tag('div', { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': label }, content)
}

/** A table that scrolls by itself. */
export function table(
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly Cell[])[],
): string {
  const head = columns.map(({ title, isNumber }) =>
    textTag('th', title, { scope: 'col', class: isNumber ? 'number' : null }),
  )
  const body = rows.map((cells) =>
    tag(
      'tr',
      {},
      ...cells.map((cell, index) => {
        const look = { class: columns[index].isNumber ? 'number' : null }
        return index === 0 ? tag('th', { scope: 'row', ...look }, cell) : tag('td', look, cell)
      }),
    ),
  )
  return scrolling(
    caption,
    tag(
      'table',
      {},
      tag('caption', {}, textTag('span', caption)),
      tag('thead', {}, tag('tr', {}, ...head)),
      tag('tbody', {}, ...body),
    ),
  )
}

/** Names with what they stand for. */
export function factList(facts: readonly (readonly [name: string, value: string])[]): string {
  return tag(
    'dl',
    {},
    ...facts.map(([name, value]) => tag('div', {}, textTag('dt', name), tag('dd', {}, value))),
  )
}
