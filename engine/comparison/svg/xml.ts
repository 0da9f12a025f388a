// Markup as text: what is escaped and how elements are put together. For SVG and for HTML, which agree in this.

/** What neither XML 1.0 nor HTML takes as a character: control characters and halves of pairs. */
// eslint-disable-next-line no-control-regex
const IMPOSSIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for between tags and for attributes in quotes. What can not be written becomes the replacement character. */
export function escapeText(text: string): string {
  return text.replace(IMPOSSIBLE, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character])
}

type Attributes = Readonly<Record<string, string | number | null | undefined>>

/** One decimal is a tenth of a pixel: nobody sees less. */
function attributeText(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 10) / 10) : escapeText(value)
}

function open(name: string, attributes: Attributes): string {
  let text = `<${name}`
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) text += ` ${key}="${attributeText(value)}"`
  }
  return text
}

/** An element around markup; attributes that are null are left out. */
export function element(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const inner = content.join('')
  return inner === '' ? `${open(name, attributes)}/>` : `${open(name, attributes)}>${inner}</${name}>`
}

/** An element around text, which is escaped. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  return `${open(name, attributes)}>${escapeText(text)}</${name}>`
}
