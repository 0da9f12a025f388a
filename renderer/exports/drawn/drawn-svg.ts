// What a panel shows, as an SVG file: its figures are SVG already and get their colours written out, what it draws on
// a canvas is drawn again as paths, and words stand where the page has put them. Needs no font, style sheet or script.

import { FONT_STACK } from '../../../engine/comparison/svg/chart'
import { element, textElement } from '../../../engine/comparison/svg/xml'
import { PathRecorder, type DrawingContext } from './path-recorder'

/** A picture that is drawn piece by piece; the first pieces already look like all. */
export interface SlicedPicture {
  pieces: number
  /** Draws the pieces from..to-1, in CSS pixels. */
  draw(context: DrawingContext, from: number, to: number): void
}

/** What stands on a canvas now, of canvases whose picture can be drawn again. */
const drawings = new WeakMap<HTMLCanvasElement, SlicedPicture>()
export function rememberDrawing(canvas: HTMLCanvasElement, picture: SlicedPicture): void {
  drawings.set(canvas, picture)
}

export interface Drawn {
  svg: string
  width: number
  height: number
}

const MARGIN = 20
const TITLE_ROOM = 40
const TITLE_SIZE = 15

/** Attributes that say where a shape is. */
const GEOMETRY =
  'x y x1 x2 y1 y2 cx cy r rx ry d width height points transform viewBox preserveAspectRatio text-anchor'.split(
    ' ',
  )
/** What style sheets say of a shape, with what it is where they say nothing. */
const LOOK: Readonly<Record<string, string>> = {
  fill: 'rgb(0, 0, 0)',
  stroke: 'none',
  'fill-opacity': '1',
  'stroke-opacity': '1',
  'stroke-width': '1px',
  'stroke-dasharray': 'none',
  'stroke-linejoin': 'miter',
  'paint-order': 'normal',
  'vector-effect': 'none',
  opacity: '1',
}

/** Nothing to see, or nothing for a picture: controls do nothing there. */
function isLeftOut(node: Element, style: CSSStyleDeclaration): boolean {
  return (
    style.display === 'none' || style.visibility === 'hidden' || node.matches('.sr-only, [data-no-picture]')
  )
}

/** @param root what is to be seen, whole, even where it is scrolled */
export function drawnSvg(root: HTMLElement, title: string): Drawn {
  const box = root.getBoundingClientRect()
  const width = Math.ceil(root.scrollWidth) + 2 * MARGIN
  const height = TITLE_ROOM + Math.ceil(root.scrollHeight) + MARGIN
  const origin = { x: box.left - MARGIN - root.scrollLeft, y: box.top - TITLE_ROOM - root.scrollTop }
  const measuring = document.createElement('canvas').getContext('2d')
  if (measuring === null) throw new Error('This machine has no canvas to measure text with.')
  const page = getComputedStyle(document.documentElement)
  const parts: string[] = []

  function addText(node: Text): void {
    const parent = node.parentElement!
    const style = getComputedStyle(parent)
    const size = Number.parseFloat(style.fontSize)
    measuring!.font = style.font
    const range = document.createRange()
    // Words of one line stand together: where lines end only the page knows.
    let line: { words: string; x: number; top: number; bottom: number } | null = null
    const end = (): void => {
      if (line === null || line.words.trim() === '') return
      const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = measuring!.measureText('x')
      const y = (line.top + line.bottom + above - below) / 2 - origin.y
      const attributes = {
        x: line.x - origin.x,
        y,
        fill: style.color,
        'font-size': size === 11 ? null : size,
        'font-weight': style.fontWeight === '400' ? null : style.fontWeight,
      }
      parts.push(textElement('text', attributes, shortened(line.words.trimEnd(), line.x, parent)))
    }
    for (const { index, 0: word } of node.data.matchAll(/\S+\s*/g)) {
      range.setStart(node, index)
      range.setEnd(node, index + word.trimEnd().length)
      const rect = range.getBoundingClientRect()
      if (rect.width === 0) continue
      if (line !== null && Math.abs(rect.top - line.top) < 1) line.words += word.replace(/\s+$/, ' ')
      else {
        end()
        line = { words: word.replace(/\s+$/, ' '), x: rect.left, top: rect.top, bottom: rect.bottom }
      }
    }
    end()
  }
  /** As far as the page shows it. */
  function shortened(text: string, x: number, parent: HTMLElement): string {
    const cut = parent.closest<HTMLElement>('.truncate')
    if (cut === null) return text
    const room = cut.getBoundingClientRect().right - x + 1
    if (measuring!.measureText(text).width <= room) return text
    const characters = [...text]
    while (characters.length > 1 && measuring!.measureText(`${characters.join('')}…`).width > room)
      characters.pop()
    return `${characters.join('')}…`
  }

  function shape(node: Element): string {
    const style = getComputedStyle(node)
    if (isLeftOut(node, style)) return ''
    const attributes: Record<string, string> = {}
    for (const name of GEOMETRY) {
      const value = node.getAttribute(name)
      if (value !== null) attributes[name] = value
    }
    const parent = getComputedStyle(node.parentElement!)
    for (const [name, usual] of Object.entries(LOOK)) {
      const value = style.getPropertyValue(name)
      const inherited = node.parentElement instanceof SVGGElement ? parent.getPropertyValue(name) : usual
      if (value !== inherited) attributes[name] = value.replace(/px$/, '')
    }
    if (node instanceof SVGTextElement) {
      const { fontSize, fontWeight } = style
      if (fontSize !== '11px') attributes['font-size'] = fontSize.replace('px', '')
      if (fontWeight !== '400') attributes['font-weight'] = fontWeight
      return textElement('text', attributes, node.textContent.trim())
    }
    return element(node.localName, attributes, ...Array.from(node.children, shape))
  }
  function addFigure(node: SVGSVGElement): void {
    const { left, top, width, height } = node.getBoundingClientRect()
    const place = {
      x: left - origin.x,
      y: top - origin.y,
      width,
      height,
      viewBox: node.getAttribute('viewBox'),
      preserveAspectRatio: node.getAttribute('preserveAspectRatio'),
      overflow: getComputedStyle(node).overflow === 'visible' ? 'visible' : null,
    }
    parts.push(element('svg', place, ...Array.from(node.children, shape)))
  }
  function addCanvas(node: HTMLCanvasElement): void {
    const picture = drawings.get(node)
    if (!picture) return
    const recorder = new PathRecorder()
    picture.draw(recorder, 0, picture.pieces)
    const { left, top } = node.getBoundingClientRect()
    const place = `translate(${Math.round(left - origin.x)} ${Math.round(top - origin.y)})`
    parts.push(element('g', { transform: place }, recorder.markup()))
  }
  /** Rows of tables are told apart by the line below them. */
  function addRule(node: Element, style: CSSStyleDeclaration): void {
    if (Number.parseFloat(style.borderBottomWidth) === 0) return
    const { left, right, bottom } = node.getBoundingClientRect()
    const y = bottom - 0.5 - origin.y
    parts.push(
      element('line', {
        x1: left - origin.x,
        x2: right - origin.x,
        y1: y,
        y2: y,
        stroke: style.borderBottomColor,
      }),
    )
  }
  function addAll(node: Element): void {
    for (const child of node.childNodes) {
      if (child instanceof Text) addText(child)
      else if (child instanceof Element) {
        const style = getComputedStyle(child)
        if (isLeftOut(child, style)) continue
        if (child instanceof SVGSVGElement) addFigure(child)
        else if (child instanceof HTMLCanvasElement) addCanvas(child)
        else {
          addRule(child, style)
          addAll(child)
        }
      }
    }
  }
  addAll(root)

  const token = (name: string): string => page.getPropertyValue(`--${name}`).trim()
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'font-family': FONT_STACK,
      'font-size': 11,
      style: 'font-variant-numeric:tabular-nums',
    },
    textElement('title', {}, title),
    element('rect', { width, height, fill: token('canvas') }),
    textElement(
      'text',
      { x: MARGIN, y: 26, 'font-size': TITLE_SIZE, 'font-weight': '600', fill: token('ink') },
      title,
    ),
    ...parts,
  )
  return { svg, width, height }
}
