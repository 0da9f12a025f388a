// Starts seed-database.ts on the runtime's own Node, which alone loads the SQLite that the app uses.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { readRuntime } from '../../../scripts/lib/runtime.mjs'
import { bundleForNode } from '../../integration/support/bundle'

let bundled: Promise<string> | null = null

/** Fills the database at `path`, made where there is none, with `runs` plausible runs. */
export async function seedDatabase(path: string, runs: number): Promise<void> {
  bundled ??= bundleForNode('test/e2e/support/seed-database.ts', 'seed-database')
  await promisify(execFile)(readRuntime().executable, [await bundled, path, String(runs)], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
}
