// out/kernels/native.node: the training kernel in C++ for processors with AVX2. Compiled here where that is possible;
// without it everything works with the WebAssembly kernels, so nothing that goes wrong here ends the set-up.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { removeLeftovers } from './folders.mjs'
import { withLock } from './lock.mjs'
import { cacheFolder, projectRoot } from './paths.mjs'
import { describeEnd, hasSucceeded, outputTail, runToEnd } from './processes.mjs'
import { asNodeEnvironment, findRuntime, readRuntime } from './runtime.mjs'
import { headersFolder, placeFile } from './sqlite-build.mjs'
import { fileMark, hashText, treeMark } from './stamps.mjs'
import { isOnPath } from './system-libraries.mjs'

const name = 'Native kernel'
const sourceFolder = join(projectRoot, 'engine', 'kernels', 'native')
const constantsPath = join(projectRoot, 'engine', 'kernels', 'program', 'abi.ts')
const builtPath = join(projectRoot, 'out', 'kernels', 'native.node')
/** Why there is no library beside it; the window's settings tell it (electron/kernels/availability.ts). */
const PROBLEM_FILE = 'native-problem.txt'
/** Known by every runtime that we start on. */
const napi = 8

// Without contraction: only the fused multiply-adds that are written down may be fused, or the bits would differ.
const commonFlags = [
  '-O3',
  '-std=c++20',
  '-fPIC',
  '-fvisibility=hidden',
  '-ffp-contract=off',
  '-fno-math-errno',
  `-DNAPI_VERSION=${napi}`,
]
/** Of each source that is compiled by itself. What is loaded first must run on any processor. */
const ownFlags = { 'addon.cc': [], 'program.cc': ['-mavx2', '-mfma'] }

/** @param {string} platform @param {string} architecture @returns {boolean} */
export const isPossible = (platform, architecture) =>
  (platform === 'linux' || platform === 'darwin') && architecture === 'x64'

/**
 * @param {string} platform
 * @returns {string[]} The functions of Node-API are found in the program that loads the library.
 */
export const linkFlags = (platform) =>
  platform === 'darwin' ? ['-shared', '-undefined', 'dynamic_lookup'] : ['-shared']

/**
 * @param {(command: string) => boolean} isThere
 * @returns {string | undefined}
 */
export const findCompiler = (isThere = isOnPath) =>
  [process.env.CXX ?? '', 'g++', 'clang++', 'c++'].find((command) => command !== '' && isThere(command))

/**
 * @param {string} source abi.ts: nothing but constants of integers and comments.
 * @returns {Record<string, number>}
 */
export const constantsOf = (source) =>
  Object.fromEntries(
    [...source.matchAll(/^export const (\w+) = (-?\d+)$/gm)].map(([, constant, value]) => [
      constant,
      Number(value),
    ]),
  )

/**
 * @param {Record<string, number>} constants
 * @returns {string} The same in C++.
 */
export const constantsHeader = (constants) =>
  [
    '#pragma once',
    'namespace descent::abi {',
    ...Object.entries(constants).map(([constant, value]) => `constexpr int ${constant} = ${value};`),
    '}',
    '',
  ].join('\n')

/**
 * @param {{ sources: Record<string, string>, platform: string, architecture: string }} build
 * @returns {string} Its folder in the cache.
 */
export const buildKey = ({ sources, platform, architecture }) =>
  `native-${platform}-${architecture}-napi${napi}-${hashText(JSON.stringify([sources, commonFlags, ownFlags]))}`

/** @returns {Record<string, string>} Text by file name. */
const readSources = () =>
  Object.fromEntries(
    [...readdirSync(sourceFolder).map((file) => join(sourceFolder, file)), constantsPath].map((path) => [
      basename(path),
      readFileSync(path, 'utf8'),
    ]),
  )

/**
 * A product of two numbers and a sum, on the vectors of the processor.
 * @param {string} path Of the library.
 * @param {Record<string, number>} abi
 */
const probe = (path, abi) => `
const kernel = require(${JSON.stringify(path)})
if (!kernel.isSupported()) throw new Error('this processor has no AVX2')
const abi = ${JSON.stringify(abi)}
const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
const words = new Int32Array(buffer)
const numbers = new Float32Array(buffer)
const places = { operations: 1024, step: 2048, flags: 3072, x: 4096, w: 5120, b: 6144, y: 7168, scratch: 8192 }
words[abi.PROGRAM_OPERATIONS] = places.operations
words[abi.PROGRAM_OPERATION_COUNT] = 1
words[abi.PROGRAM_ELEMENT] = abi.FLOAT32
words[abi.PROGRAM_THREADS] = 1
words[abi.PROGRAM_STEPS] = places.step
words[abi.PROGRAM_FLAGS] = places.flags
words[abi.PROGRAM_SCRATCH] = places.scratch
words[abi.PROGRAM_SCRATCH_BYTES] = 16384
words[(places.step + abi.STEP_ROWS) / 4] = 1
const operation = places.operations / 4
words[operation + abi.OPERATION_KIND] = abi.DENSE_FORWARD
words[operation + abi.DENSE_FORWARD_X] = places.x
words[operation + abi.DENSE_FORWARD_LDX] = 8
words[operation + abi.DENSE_FORWARD_W] = places.w
words[operation + abi.DENSE_FORWARD_PANEL_STRIDE] = 8
words[operation + abi.DENSE_FORWARD_PANEL_WIDTH] = 8
words[operation + abi.DENSE_FORWARD_B] = places.b
words[operation + abi.DENSE_FORWARD_Y] = places.y
words[operation + abi.DENSE_FORWARD_LDY] = 8
words[operation + abi.DENSE_FORWARD_INPUTS] = 1
words[operation + abi.DENSE_FORWARD_OUTPUTS] = 1
numbers[places.x / 4] = 3
numbers[places.w / 4] = 2
numbers[places.b / 4] = 1
const steps = kernel.run(new Uint8Array(buffer), 0, 0, 1, 0)
if (steps !== 1 || numbers[places.y / 4] !== 7) throw new Error('3 x 2 + 1 gave ' + numbers[places.y / 4])`

/**
 * In processes of their own, since a wrong library ends the process instead of throwing.
 * @param {string} path
 * @param {Record<string, number>} constants
 * @returns {Promise<string>} Why it is of no use; empty where it works in both runtimes.
 */
async function loadProblem(path, constants) {
  for (const executable of [readRuntime().executable, process.execPath]) {
    const outcome = await runToEnd(executable, ['-e', probe(path, constants)], { env: asNodeEnvironment() })
    if (hasSucceeded(outcome)) continue
    const reason = /Error: (.*)/.exec(outcome.stderr)?.[1] ?? describeEnd(outcome)
    return `it does not run in ${basename(executable)}: ${reason}`
  }
  return ''
}

/**
 * @param {string} compiler
 * @param {string} headers
 * @param {Record<string, number>} constants
 * @param {string} finished Where the library is to be.
 * @returns {Promise<string>} Why there is none; empty where there is.
 */
async function compile(compiler, headers, constants, finished) {
  const parent = dirname(dirname(finished))
  const prefix = `.compiling-${basename(dirname(finished))}-`
  mkdirSync(parent, { recursive: true })
  removeLeftovers(parent, prefix)
  const work = mkdtempSync(join(parent, prefix))
  try {
    writeFileSync(join(work, 'abi.h'), constantsHeader(constants))
    const include = ['-I', work, '-I', join(headers, 'include', 'node')]
    const objects = Object.keys(ownFlags).map((file) => join(work, `${file}.o`))
    const outcomes = await Promise.all(
      Object.entries(ownFlags).map(([file, flags], index) =>
        runToEnd(compiler, [
          ...commonFlags,
          ...flags,
          ...include,
          ...['-c', join(sourceFolder, file), '-o', objects[index]],
        ]),
      ),
    )
    const built = join(work, 'native.node')
    if (outcomes.every(hasSucceeded)) {
      outcomes.push(await runToEnd(compiler, [...linkFlags(process.platform), ...objects, '-o', built]))
    }
    const failed = outcomes.find((outcome) => !hasSucceeded(outcome))
    if (failed) return `${compiler} failed (${describeEnd(failed)})\n${outputTail(failed, 4)}`
    const problem = await loadProblem(built, constants)
    if (problem === '') placeFile(built, finished)
    return problem
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * @param {import('./output.mjs').Report} report
 * @returns {Promise<string>} Why there is no native kernel; empty where it is in its place.
 */
async function build(report) {
  if (!isPossible(process.platform, process.arch)) return `not made for ${process.platform}-${process.arch}`
  const sources = readSources()
  const constants = constantsOf(sources[basename(constantsPath)])
  const key = buildKey({ sources, platform: process.platform, architecture: process.arch })
  const finished = join(cacheFolder(), 'kernels', key, 'native.node')
  // The file in the cache may be damaged: then it is compiled anew.
  if (existsSync(finished) && (await loadProblem(finished, constants)) !== '') rmSync(finished)
  if (!existsSync(finished)) {
    const compiler = findCompiler()
    if (!compiler) return 'no C++ compiler here'
    const headers = headersFolder()
    if (!headers) return 'no headers of Node.js here'
    report.working(name, `${compiler}, half a minute, once per machine`)
    const problem = await withLock(
      join(cacheFolder(), 'locks', key),
      async () => (existsSync(finished) ? '' : compile(compiler, headers, constants, finished)),
      (pid) => report.working(name, `another set-up (process ${pid ?? 'unknown'}) is compiling it; waiting`),
    )
    if (problem !== '') return problem
  }
  placeFile(finished, builtPath)
  return ''
}

/**
 * Keeps the reason for those who ask later where their native kernel is.
 * @param {string} folder
 * @param {string} problem Empty where there is none.
 */
export function keepProblem(folder, problem) {
  const path = join(folder, PROBLEM_FILE)
  if (problem === '') return rmSync(path, { force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, `${problem}\n`)
}

export const nativeKernelStep = {
  name,
  mark: () =>
    [
      treeMark(projectRoot, ['engine/kernels/native', 'engine/kernels/program/abi.ts']),
      findRuntime()?.executable,
      process.execPath,
      process.version,
      findCompiler(),
      fileMark(builtPath),
    ].join(' '),
  current: () => (existsSync(builtPath) ? 'AVX2 and FMA' : 'none; the WebAssembly kernels are used'),
  /** @param {import('./output.mjs').Report} report */
  async run(report) {
    const problem = await build(report)
    keepProblem(dirname(builtPath), problem)
    if (problem === '') {
      report.upToDate(name, 'AVX2 and FMA, runs in Electron and Node.js')
      return
    }
    rmSync(builtPath, { force: true })
    report.upToDate(name, `none (${problem}); the WebAssembly kernels are used`)
  },
}
