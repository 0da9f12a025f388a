// Makes a large database of made-up runs in minutes, for measurements: 10,000 runs of 10,000 points are 100 million.
//
//   npx tsx test/tools/fill-database.ts --out PATH [--runs 10000] [--points 10000] [--long-run 1000000]

import { spawnSync } from 'node:child_process'
import { readRuntime } from '../../scripts/lib/runtime.mjs'
import { bundleForNode } from '../integration/support/bundle'

const script = await bundleForNode('test/tools/large-database.ts', 'large-database')
const { status } = spawnSync(readRuntime().executable, [script, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
})
process.exitCode = status ?? 1
