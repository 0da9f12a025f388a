// Starts seed-database.ts on the runtime's own Node, which alone loads the SQLite that the app uses.

import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { readRuntime } from '../../../scripts/lib/runtime.mjs'
import { bundleForNode } from '../../integration/support/bundle'

let bundled: Promise<string> | null = null

/** Memory that looks like a folder, on Linux: each of a run's transactions is written through to the disk. */
const FAST_FOLDER = '/dev/shm'

/** Makes the database at `path`, with `runs` plausible runs. */
export async function seedDatabase(path: string, runs: number): Promise<void> {
  const folder = mkdtempSync(join(existsSync(FAST_FOLDER) ? FAST_FOLDER : tmpdir(), 'descent-seed-'))
  try {
    const made = join(folder, 'descent.db')
    await makeRuns(made, runs)
    copyFileSync(made, path)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function makeRuns(path: string, runs: number): Promise<void> {
  // Workers that bundle at the same time would empty each other's folder.
  const worker = process.env.TEST_PARALLEL_INDEX ?? '0'
  bundled ??= bundleForNode('test/e2e/support/seed-database.ts', `seed-database-${worker}`)
  await promisify(execFile)(readRuntime().executable, [await bundled, path, String(runs)], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
}
