// The harness's side of bare.ts: a process of Electron without a window that trains what the application trains.
import { fileURLToPath } from 'node:url'
import { asApplicationEnvironment, readRuntime } from '../../../scripts/lib/runtime.mjs'
import { openProcess } from '../lib/channel.mjs'
import { buildScript } from './build.mjs'

const host = fileURLToPath(new URL('utility-host.mjs', import.meta.url))
const PREPARE_MS = 60_000

/**
 * @param {readonly object[]} specs
 * @param {string} datasetFolder
 * @param {number | null} threads
 */
export async function openBare(specs, datasetFolder, threads) {
  const script = await buildScript('bare')
  const channel = openProcess(
    readRuntime().executable,
    ['--no-sandbox', host, '--contender', script],
    asApplicationEnvironment(),
  )
  const ask = async (/** @type {object} */ message) => {
    const answer = await channel.ask(message, PREPARE_MS)
    if (answer.error !== undefined) throw new Error(answer.error)
    return answer
  }
  /** @type {{ kernels: string[] }} */
  const { kernels } = await ask({ cmd: 'prepare', specs, datasetFolder, threads })
  return {
    kernels,
    /** Samples a second of that spec. @param {number} index @param {number} ms */
    async speed(index, ms) {
      const { samples, ms: took } = await ask({ cmd: 'slice', index, ms })
      return (samples / took) * 1000
    },
    end: () => channel.end(),
  }
}
