// out/kernels/fma.wasm and simd.wasm: the training kernels in AssemblyScript, with fused multiply-add and without.
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './paths.mjs'
import { SetupProblem } from './problem.mjs'
import { describeEnd, hasSucceeded, outputTail, runToEnd } from './processes.mjs'
import { fileMark, treeMark } from './stamps.mjs'

const name = 'WebAssembly kernels'
const folder = join('out', 'kernels')
const compiler = join('node_modules', 'assemblyscript', 'bin', 'asc.js')
const sources = [
  'engine/kernels/wasm',
  'engine/kernels/program/abi.ts',
  'scripts/lib/wasm-kernels.mjs',
  'scripts/lib/wasm-inline.mjs',
  'node_modules/assemblyscript/package.json',
]

/** Relaxed SIMD is what has fused multiply-add; a runtime that does not know it refuses the whole module. */
const builds = [
  { file: 'fma.wasm', features: 'simd,threads,relaxed-simd', isFused: 1 },
  { file: 'simd.wasm', features: 'simd,threads', isFused: 0 },
]

/**
 * Memory belongs to the caller and is shared by its threads. That a first page is always there lets the engine check
 * only the end of an access against the end of the memory, not its offset as well, where it has to check at all.
 */
const options = [
  '--transform',
  './scripts/lib/wasm-inline.mjs',
  '--runtime',
  'stub',
  '--noAssert',
  '--importMemory',
  '--noExportMemory',
  '--sharedMemory',
  '--initialMemory',
  '1',
  '--maximumMemory',
  '65536',
  '-O3',
]

const mark = () =>
  [
    treeMark(projectRoot, sources),
    ...builds.map(({ file }) => fileMark(join(projectRoot, folder, file))),
  ].join(' ')

/** @param {(typeof builds)[number]} build */
async function compile({ file, features, isFused }) {
  const path = join(folder, file)
  // Moved into its place when it is whole: a session may be reading the old one.
  const temporary = `${path}.${process.pid}.tmp`
  const parameters = [compiler, 'engine/kernels/wasm/index.ts', ...options, '--enable', features]
  const outcome = await runToEnd(
    process.execPath,
    [...parameters, '--use', `FMA=${isFused}`, '--outFile', temporary],
    { cwd: projectRoot },
  )
  if (!hasSucceeded(outcome) || !existsSync(join(projectRoot, temporary))) {
    throw new SetupProblem(
      `${name}: ${file} was not compiled (${describeEnd(outcome)}).\n${outputTail(outcome, 25)}`,
      'Correct the source it names, then run the command again. Where no source is named, delete node_modules and run npm ci.',
    )
  }
  renameSync(join(projectRoot, temporary), join(projectRoot, path))
}

export const wasmKernelsStep = {
  name,
  mark,
  current: () => builds.map(({ file }) => file).join(' and '),
  /** @param {import('./output.mjs').Report} report */
  async run(report) {
    const startedAt = Date.now()
    report.working(name, 'asc')
    mkdirSync(join(projectRoot, folder), { recursive: true })
    await Promise.all(builds.map(compile))
    report.done(name, `compiled in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
  },
}
