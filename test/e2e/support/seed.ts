// Starts scripts that fill databases on the runtime's own Node, which alone loads the SQLite that the app uses.

import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { readRuntime } from '../../../scripts/lib/runtime.mjs'
import { bundleForNode } from '../../integration/support/bundle'

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

/** Makes a database of few runs with very many points each: reading them takes seconds. */
export async function seedLongRuns(path: string, runs: number, points: number): Promise<void> {
  await runScript('test/tools/large-database.ts', [
    '--out',
    path,
    '--runs',
    `${runs}`,
    '--points',
    `${points}`,
  ])
}

function makeRuns(path: string, runs: number): Promise<void> {
  return runScript('test/e2e/support/seed-database.ts', [path, String(runs)])
}

const bundles = new Map<string, Promise<string>>()

async function runScript(source: string, parameters: readonly string[]): Promise<void> {
  // Workers that bundle at the same time would empty each other's folder.
  const name = `${basename(source, '.ts')}-${process.env.TEST_PARALLEL_INDEX ?? '0'}`
  const bundle = bundles.get(source) ?? bundleForNode(source, name)
  bundles.set(source, bundle)
  await promisify(execFile)(readRuntime().executable, [await bundle, ...parameters], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
}
