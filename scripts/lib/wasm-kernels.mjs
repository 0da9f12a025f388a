// out/kernels/fma.wasm and simd.wasm: the training kernels in AssemblyScript, with fused multiply-add and without.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './paths.mjs'
import { SetupProblem } from './problem.mjs'
import { describeEnd, hasSucceeded, outputTail, runToEnd } from './processes.mjs'
import { fileMark, treeMark } from './stamps.mjs'
import { hoistConstants } from './wasm-constants.mjs'

const name = 'WebAssembly kernels'
const folder = join('out', 'kernels')
const compiler = join('node_modules', 'assemblyscript', 'bin', 'asc.js')
const sources = [
  'engine/kernels/wasm',
  'engine/kernels/program/abi.ts',
  'scripts/lib/wasm-kernels.mjs',
  'scripts/lib/wasm-inline.mjs',
  'scripts/lib/wasm-constants.mjs',
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

/** @param {string} text @returns {Promise<Uint8Array>} */
async function assemble(text) {
  // Loaded here: it takes seconds, and most runs of the set-up compile nothing.
  const { default: binaryen } = await import('binaryen')
  const module = binaryen.parseText(hoistConstants(text))
  module.setFeatures(binaryen.Features.All)
  try {
    return module.emitBinary()
  } finally {
    module.dispose()
  }
}

/** @param {(typeof builds)[number]} build */
async function compile({ file, features, isFused }) {
  const path = join(projectRoot, folder, file)
  const text = `${path}.wat`
  const parameters = [compiler, 'engine/kernels/wasm/index.ts', ...options, '--enable', features]
  const outcome = await runToEnd(
    process.execPath,
    [...parameters, '--use', `FMA=${isFused}`, '--textFile', text],
    { cwd: projectRoot },
  )
  if (!hasSucceeded(outcome)) {
    throw new SetupProblem(
      `${name}: ${file} was not compiled (${describeEnd(outcome)}).\n${outputTail(outcome, 25)}`,
      'Correct the source it names, then run the command again. Where no source is named, delete node_modules and run npm ci.',
    )
  }
  // Moved into its place when it is whole: a session may be reading the old one.
  const temporary = `${path}.${process.pid}.tmp`
  writeFileSync(temporary, await assemble(readFileSync(text, 'utf8')))
  renameSync(temporary, path)
  rmSync(text)
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
