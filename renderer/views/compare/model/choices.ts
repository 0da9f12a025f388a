// The choices of the toolbar in words.

import type { BandKind } from '../../../../engine/comparison/schema'
import { describeBandKind } from '../../../../engine/comparison/words'

export const SCALES = [
  { value: 'linear', text: 'linear' },
  { value: 'log', text: 'log' },
] as const

export const X_OPTIONS = [
  { value: 'step', text: 'step' },
  { value: 'epoch', text: 'epoch' },
  { value: 'examples', text: 'examples' },
  { value: 'wall', text: 'wall' },
  { value: 'active', text: 'active' },
] as const

export const LEVELS = [0.8, 0.9, 0.95, 0.99] as const

const SHORT: Partial<Record<BandKind, string>> = {
  none: 'none',
  std: '± std',
  'standard-error': '± std error',
  'min-max': 'min to max',
}

/** Short where the toolbar says "Band" before it; the intervals say their level. */
export function bandText(kind: BandKind, level: number): string {
  return SHORT[kind] ?? describeBandKind({ kind, level }).replace('bootstrap interval', 'bootstrap')
}

const ORDER: readonly BandKind[] = ['t-interval', 'bootstrap', 'std', 'standard-error', 'min-max', 'none']
export function bandOptions(level: number): { value: BandKind; text: string }[] {
  return ORDER.map((kind) => ({ value: kind, text: bandText(kind, level) }))
}
