// What is compared: a chart of a library, all drawn at the same size from the same columns.

import type { Curves } from '../data'

export const WIDTH = 1200
export const HEIGHT = 450

export interface Contender {
  /** Draws other columns. All work is done when it and the microtasks it queued are. */
  update(curves: Curves): void
  /** Shows a part of x; y follows. */
  show(minimum: number, maximum: number): void
  /** All detail, where the frames of a moving view leave some out. */
  settle?(): void
  destroy(): void
}

export type MakeContender = (host: HTMLElement, curves: Curves) => Contender
