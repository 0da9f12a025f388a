// Our own contenders: each kernel, number of threads and place it runs in, behind the line protocol of ../lib/serve.mjs.
import { fileURLToPath } from 'node:url'
import { openProcess } from '../lib/channel.mjs'

/**
 * @typedef {object} OwnContender
 * @property {string} name "<kernel> <threads>T <where>"
 * @property {() => import('../lib/channel.mjs').Channel} spawn
 * @property {(workload: string) => boolean} [supports] Ids of ../lib/workloads.mjs; default: all.
 * @property {number} [restMs] Left alone for so long after a slice, for threads that spin; default 0.
 */

const reference = fileURLToPath(new URL('reference.ts', import.meta.url))
/** Wider ones take the reference seconds a step. */
const widestOfReference = 512

/** @returns {OwnContender[]} */
export function ourContenders() {
  return [
    {
      name: 'reference 1T node',
      spawn: () => openProcess(process.execPath, ['--import', 'tsx', reference]),
      supports: (workload) =>
        !workload.startsWith('sweep:') || Number(workload.slice('sweep:'.length)) <= widestOfReference,
    },
  ]
}
