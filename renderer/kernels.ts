// What computes a run, in words: of a run that has begun from what was recorded with it, of one to come from its
// design, the settings and what there is on this machine.

import type { KernelChoice, KernelFacts, KernelName, RunSummary } from '../electron/contract'
import type { FastKernelName } from '../engine/kernels/program/kernel'
import type { TrainingSpec } from '../engine/spec/schema'

type Arithmetic = Pick<TrainingSpec, 'precision' | 'arithmetic'>

export const KERNEL_NAMES: Readonly<Record<KernelName, string>> = {
  native: 'Native',
  'wasm-fma': 'WebAssembly FMA',
  'wasm-simd': 'WebAssembly',
  reference: 'Reference',
}
const KERNEL_WORDS: Readonly<Record<KernelName, string>> = {
  native: 'native kernel, compiled C++ with AVX2 and FMA',
  'wasm-fma': 'WebAssembly kernel with fused multiply-add',
  'wasm-simd': 'portable WebAssembly kernel',
  reference: 'reference kernel, which is slow and defines the bits',
}

export const CHOICE_NAMES: Readonly<Record<KernelChoice, string>> = {
  automatic: 'Automatic',
  native: 'Native',
  webassembly: 'WebAssembly',
  reference: 'Reference',
}

export interface KernelText {
  /** "Native, 2 threads" */
  short: string
  /** "Native kernel, compiled C++ with AVX2 and FMA, float32, 2 threads" */
  full: string
}

/** Of the name that is recorded with a run, e.g. "native-f32 x2"; one that is not known is shown as it is. */
export function recordedKernel(recorded: string): KernelText & { name: KernelName | null; threads: number } {
  const parts = /^(native|wasm-fma|wasm-simd|reference)-f(32|64)(-portable)?(?: x(\d+))?$/.exec(recorded)
  if (parts === null) return { short: recorded, full: recorded, name: null, threads: 1 }
  const name = parts[1] as KernelName
  const threads = Number(parts[4] ?? 1)
  const isPortable = parts[3] !== undefined || (name === 'wasm-simd' && parts[2] === '32')
  const precision = `float${parts[2]}${isPortable ? ' portable' : ''}`
  return {
    short: threads > 1 ? `${KERNEL_NAMES[name]}, ${threads} threads` : KERNEL_NAMES[name],
    full: `${capitalized(KERNEL_WORDS[name])}, ${precision}, ${threadsText(threads)}`,
    name,
    threads,
  }
}

/** Of a row, which has its design as paths and values. */
export function trainingOf({ hyperparameters }: Pick<RunSummary, 'hyperparameters'>): Arithmetic {
  return {
    precision: hyperparameters['training.precision'] === 'float32' ? 'float32' : 'float64',
    arithmetic: hyperparameters['training.arithmetic'] === 'portable' ? 'portable' : 'fused',
  }
}

/** What a run to come is computed with. */
export function kernelFor(
  training: Arithmetic,
  choice: KernelChoice,
  { problems, fitting }: KernelFacts,
): KernelName {
  if (choice === 'reference') return 'reference'
  const there = fitting[arithmeticOf(training)].filter((name) => problems[name] === null)
  return there.find((name) => isOf(name, choice)) ?? there[0] ?? 'reference'
}

/** What a person can choose for runs of a design that can compute it here, the reference last. */
export function choicesFor(training: Arithmetic, { problems, fitting }: KernelFacts): KernelChoice[] {
  const there = fitting[arithmeticOf(training)].filter((name) => problems[name] === null)
  const fast = (['native', 'webassembly'] as const).filter((choice) =>
    there.some((name) => isOf(name, choice)),
  )
  return [...fast, 'reference']
}

/** "Native, WebAssembly FMA, WebAssembly, Reference": what is there, fastest first. */
export function kernelsText({ problems, fitting }: KernelFacts): string {
  const there = fitting.float64.filter((name) => problems[name] === null)
  return [...there, 'reference' as const].map((name) => KERNEL_NAMES[name]).join(', ')
}

/** Why a choice is of no use on this machine; null where it is. */
export function choiceProblem(choice: KernelChoice, { problems }: KernelFacts): string | null {
  if (choice === 'native') return problems.native
  if (choice !== 'webassembly') return null
  return problems['wasm-fma'] === null ? null : problems['wasm-simd']
}

/** Of a run that is yet to begin. */
export function plannedKernel(name: KernelName, threads: number): KernelText {
  const most = name === 'reference' || threads === 1 ? 'one thread' : `up to ${threads} threads`
  return { short: KERNEL_NAMES[name], full: `${capitalized(KERNEL_WORDS[name])}, ${most}` }
}

function isOf(name: FastKernelName, choice: KernelChoice): boolean {
  return choice === 'automatic' || (choice === 'native') === (name === 'native')
}

function arithmeticOf({ precision, arithmetic }: Arithmetic): keyof KernelFacts['fitting'] {
  return precision === 'float64' ? 'float64' : arithmetic
}

function threadsText(threads: number): string {
  return threads === 1 ? 'one thread' : `${threads} threads`
}

function capitalized(text: string): string {
  return text[0].toUpperCase() + text.slice(1)
}
