// The kernels there are, and which one a run gets.

import type { FloatArithmetic, Precision } from '../spec/schema'
import type { Kernel } from './kernel'
import { referenceF32 } from './reference-f32'
import { referenceF32Portable } from './reference-f32-portable'
import { referenceF64 } from './reference-f64'

export type { Kernel } from './kernel'

export const KERNELS = {
  'reference-f64': referenceF64,
  'reference-f32': referenceF32,
  'reference-f32-portable': referenceF32Portable,
} as const satisfies Record<string, Kernel>
export type KernelName = keyof typeof KERNELS

export function kernelFor(precision: Precision, arithmetic: FloatArithmetic = 'fused'): Kernel {
  if (precision === 'float64') return KERNELS['reference-f64']
  return arithmetic === 'fused' ? KERNELS['reference-f32'] : KERNELS['reference-f32-portable']
}
