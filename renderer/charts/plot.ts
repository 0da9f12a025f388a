// The plot: where the axes lie on the canvas.

import type { Axis } from '../../engine/comparison/plot/axis'

export interface Plot {
  x: Axis
  y: Axis
  /** Canvas pixels a CSS pixel. */
  pixelRatio: number
}
