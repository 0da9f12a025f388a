// How the peers are started. Python: DESCENT_BENCH_PYTHON, else the system's, where Debian's packages are.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openProcess } from '../lib/channel.mjs'

/**
 * @typedef {object} Peer
 * @property {string} group One of the names of --peers.
 * @property {string | null} variant Threads or backend; null where there is one.
 * @property {number} restMs
 * @property {() => import('../lib/channel.mjs').Channel} spawn
 * @property {(workload: string) => boolean} supports
 */

const systemPython = '/usr/bin/python3'
const python = process.env.DESCENT_BENCH_PYTHON ?? (existsSync(systemPython) ? systemPython : 'python3')
/** Threads of OpenBLAS and OpenMP spin for up to 30 ms after their work. */
const poolRestMs = 40
const file = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url))
const isTraining = (/** @type {string} */ workload) => /^[A-Z]$/.test(workload)

/** @param {'numpy' | 'torch'} group @param {number} threads @returns {Peer} */
const inPython = (group, threads) => ({
  group,
  variant: `${threads}T`,
  restMs: threads > 1 ? poolRestMs : 0,
  // Products on one thread each; PyTorch multiplies with the same library as NumPy.
  supports: (workload) => isTraining(workload) || (group === 'numpy' && threads === 1),
  spawn: () =>
    openProcess(python, ['-B', file(`${group}_peer.py`), String(threads)], {
      OPENBLAS_CORETYPE: undefined,
      OPENBLAS_L2_SIZE: undefined,
      OPENBLAS_NUM_THREADS: String(threads),
      OMP_NUM_THREADS: String(threads),
    }),
})

/** @param {string} group @param {string | null} variant @returns {Peer} */
const inNode = (group, variant = null) => ({
  group,
  variant,
  restMs: 0,
  supports: isTraining,
  spawn: () => openProcess(process.execPath, [file(`${group}.mjs`), ...(variant === null ? [] : [variant])]),
})

/** @type {readonly Peer[]} */
export const peers = [
  inPython('numpy', 1),
  inPython('numpy', 2),
  inPython('torch', 1),
  inPython('torch', 2),
  inNode('tfjs', 'wasm'),
  inNode('tfjs', 'cpu'),
  inNode('brain'),
  inNode('convnet'),
  inNode('synaptic'),
]
