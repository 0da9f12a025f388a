// Where the built kernels are: out/kernels, seen from the built files in out/main and from the sources in tests.

import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const FILES = ['simd.wasm', 'native.node']
const CANDIDATES = ['../kernels', '../../kernels', '../../out/kernels']

/** Folder with fma.wasm, simd.wasm and, where it could be compiled, native.node; null before the set-up has run. */
export const kernelFolder: string | null =
  CANDIDATES.map((candidate) => resolve(here, candidate)).find((folder) =>
    FILES.some((file) => existsSync(join(folder, file))),
  ) ?? null

/** The script of the additional threads. */
export function workerPath(folder: string): string {
  return resolve(folder, '..', 'main', 'kernel-worker.js')
}
