// Takes what is drawn on a canvas and answers with the same as SVG paths, so that a picture made of ten thousand marks
// has one drawing and not two.

import { element } from '../../../engine/comparison/svg/xml'

/** Of a canvas what pictures of runs are drawn with; a CanvasRenderingContext2D is one. */
export type DrawingContext = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'arc'
  | 'rect'
  | 'closePath'
  | 'fill'
  | 'stroke'
  | 'globalAlpha'
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineJoin'
>

/** A tenth of a pixel: nobody sees less. */
function at(...numbers: number[]): string {
  return numbers.map((value) => Math.round(value * 10) / 10).join(' ')
}

export class PathRecorder implements DrawingContext {
  globalAlpha = 1
  fillStyle: string | CanvasGradient | CanvasPattern = '#000000'
  strokeStyle: string | CanvasGradient | CanvasPattern = '#000000'
  lineWidth = 1
  lineJoin: CanvasLineJoin = 'miter'
  readonly #elements: string[] = []
  #path = ''
  #look: Record<string, string | number> = {}

  beginPath(): void {
    this.#flush()
    this.#path = ''
  }
  moveTo(x: number, y: number): void {
    this.#path += `M${at(x, y)}`
  }
  lineTo(x: number, y: number): void {
    this.#path += `L${at(x, y)}`
  }
  closePath(): void {
    this.#path += 'Z'
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.#path += `M${at(x, y)}h${at(width)}v${at(height)}h${at(-width)}Z`
  }
  /** Whole circles alone. @throws on any other arc */
  arc(x: number, y: number, radius: number, from: number, to: number): void {
    if (Math.abs(to - from) < 2 * Math.PI) throw new Error('Only whole circles can be recorded as a path.')
    this.#path += `M${at(x - radius, y)}a${at(radius, radius)} 0 1 0 ${at(2 * radius, 0)}a${at(radius, radius)} 0 1 0 ${at(-2 * radius, 0)}Z`
  }
  fill(): void {
    this.#look.fill = String(this.fillStyle)
    if (this.globalAlpha < 1) this.#look['fill-opacity'] = this.#opacity()
  }
  stroke(): void {
    this.#look.stroke = String(this.strokeStyle)
    if (this.lineWidth !== 1) this.#look['stroke-width'] = this.lineWidth
    if (this.lineJoin !== 'miter') this.#look['stroke-linejoin'] = this.lineJoin
    if (this.globalAlpha < 1) this.#look['stroke-opacity'] = this.#opacity()
  }

  /** All that was drawn so far. */
  markup(): string {
    this.#flush()
    return this.#elements.join('')
  }

  /** As text: attributes that are numbers are rounded to tenths. */
  #opacity(): string {
    return String(Math.round(this.globalAlpha * 100) / 100)
  }
  #flush(): void {
    if (Object.keys(this.#look).length > 0) {
      this.#elements.push(element('path', { d: this.#path, fill: 'none', ...this.#look }))
    }
    this.#look = {}
  }
}
