// Where it was measured, and what the machine could do at most.
import { execFile } from 'node:child_process'
import { cpus, loadavg, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const peakSource = fileURLToPath(new URL('../peak.c', import.meta.url))

export function describeMachine() {
  const processors = cpus()
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${process.arch}`,
    // Above 0.5 or so somebody else is working, and threads of the peers get half a machine.
    loadBefore: Number(loadavg()[0].toFixed(2)),
    date: new Date().toISOString(),
  }
}

/**
 * @typedef {{ fma128: number, fma256: number }} Peak GF/s of one core.
 *
 * @param {string} folder for the program
 * @returns {Promise<{ measure: () => Promise<Peak | null>, problem: string }>}
 */
export async function preparePeak(folder) {
  const program = join(folder, 'peak')
  try {
    await run('cc', ['-O2', '-mavx2', '-mfma', '-o', program, peakSource])
    await run(program)
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    return { measure: async () => null, problem: `The FMA peak was not measured: ${reason}` }
  }
  return { measure: async () => JSON.parse((await run(program)).stdout), problem: '' }
}

/** @param {Peak | null} a @param {Peak | null} b @returns {Peak | null} */
export const higherPeak = (a, b) =>
  a === null || b === null
    ? (a ?? b)
    : { fma128: Math.max(a.fma128, b.fma128), fma256: Math.max(a.fma256, b.fma256) }
