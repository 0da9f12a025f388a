// Shapes as people write them.

import { formatCount } from '../../../format'

/** 28 × 28 × 1; 784. */
export function formatShape(shape: readonly number[]): string {
  return shape.map((length) => formatCount(length)).join(' × ')
}
