// Our own contenders: each kernel, number of threads and place it runs in, behind the line protocol of ../lib/serve.mjs.
// "utility" is Electron's utility process, where users train; "node" the same Electron as a plain Node.js, where
// WebAssembly has trap handlers.
import { fileURLToPath } from 'node:url'
import { asApplicationEnvironment, asNodeEnvironment, readRuntime } from '../../../scripts/lib/runtime.mjs'
import { isOnPath } from '../../../scripts/lib/system-libraries.mjs'
import { openProcess } from '../lib/channel.mjs'
import { buildScript } from './build.mjs'

/**
 * @typedef {object} OwnContender
 * @property {string} name "<kernel> <threads>T <where>"
 * @property {() => import('../lib/channel.mjs').Channel} spawn
 * @property {(workload: string) => boolean} [supports] Ids of ../lib/workloads.mjs; default: all.
 * @property {number} [restMs] Left alone for so long after a slice, for threads that spin; default 0.
 */

const host = fileURLToPath(new URL('utility-host.mjs', import.meta.url))
/** Wider ones take the reference seconds a step. */
const isForReference = (/** @type {string} */ workload) => !/^(sweep|gemm):/.test(workload)
const isTraining = (/** @type {string} */ workload) => !workload.startsWith('gemm:')

/** @returns {Promise<OwnContender[]>} */
export async function ourContenders() {
  const script = await buildScript('contender')
  const { executable } = readRuntime()
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY)
  const [command, ...before] =
    !hasDisplay && isOnPath('xvfb-run') ? ['xvfb-run', '-a', executable] : [executable]
  /** @param {string} kernel @param {number} threads */
  const inUtility = (kernel, threads) => () =>
    openProcess(
      command,
      [...before, '--no-sandbox', host, '--contender', script, kernel, String(threads)],
      asApplicationEnvironment(),
    )
  /** @param {string} kernel @param {number} threads */
  const asNode = (kernel, threads) => () =>
    openProcess(executable, [script, kernel, String(threads)], asNodeEnvironment())
  return [
    { name: 'native 1T utility', spawn: inUtility('native', 1) },
    { name: 'native 2T utility', spawn: inUtility('native', 2), supports: isTraining },
    { name: 'wasm-fma 1T utility', spawn: inUtility('wasm-fma', 1) },
    { name: 'wasm-fma 2T utility', spawn: inUtility('wasm-fma', 2), supports: isTraining },
    { name: 'wasm-simd 1T utility', spawn: inUtility('wasm-simd', 1), supports: isTraining },
    { name: 'wasm-fma 1T node', spawn: asNode('wasm-fma', 1) },
    { name: 'reference 1T node', spawn: asNode('reference', 1), supports: isForReference },
  ]
}
