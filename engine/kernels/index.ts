// The kernels there are, and which one a run gets.

import type { Precision } from '../spec/schema'
import type { Kernel } from './kernel'
import { referenceF32 } from './reference-f32'
import { referenceF64 } from './reference-f64'

export type { Kernel } from './kernel'

export const KERNELS = {
  'reference-f64': referenceF64,
  'reference-f32': referenceF32,
} as const satisfies Record<string, Kernel>
export type KernelName = keyof typeof KERNELS

export function kernelFor(precision: Precision): Kernel {
  return precision === 'float32' ? KERNELS['reference-f32'] : KERNELS['reference-f64']
}
