// Marks of runs, and how lines are dashed in print.

import { markOf, RUN_MARKS, type RunMarkShape } from '../palette'
import { element } from './xml'

/** By mark, a second code beside colour for where colours are lost. */
const DASHES: Readonly<Record<RunMarkShape, string | null>> = {
  circle: null,
  square: '7 3',
  triangle: '2 2.5',
  diamond: '9 3 2 3',
}

export function dashOf(runNumber: number): string | null {
  return DASHES[markOf(runNumber)]
}

/** Class of a line that is dashed on paper only; null for a solid one. */
export function dashClass(runNumber: number): string | null {
  const mark = markOf(runNumber)
  return DASHES[mark] === null ? null : `dash-${RUN_MARKS.indexOf(mark)}`
}

/** The rules behind dashClass. */
export function dashRules(): string {
  return RUN_MARKS.filter((mark) => DASHES[mark] !== null)
    .map((mark) => `.dash-${RUN_MARKS.indexOf(mark)}{stroke-dasharray:${DASHES[mark]}}`)
    .join('')
}

const tenth = (value: number): number => Math.round(value * 10) / 10

/** The four shapes of the window, filled, with a rim that parts them from the lines below. */
export function mark(
  runNumber: number,
  x: number,
  y: number,
  radius: number,
  fill: string,
  rim: string | null,
): string {
  const look = {
    fill,
    stroke: rim,
    'stroke-width': rim === null ? null : 1.5,
    'paint-order': rim && 'stroke',
  }
  const polygon = (...points: readonly (readonly [number, number])[]): string =>
    element('polygon', {
      points: points.map(([dx, dy]) => `${tenth(x + dx * radius)},${tenth(y + dy * radius)}`).join(' '),
      ...look,
    })
  const shape = markOf(runNumber)
  switch (shape) {
    case 'circle':
      return element('circle', { cx: x, cy: y, r: radius, ...look })
    case 'square':
      return polygon([-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9])
    case 'triangle':
      return polygon([0, -1.15], [1.1, 0.85], [-1.1, 0.85])
    case 'diamond':
      return polygon([0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0])
    default:
      return shape satisfies never
  }
}
