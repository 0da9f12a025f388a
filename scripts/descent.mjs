#!/usr/bin/env node
// The command line: `npm run -s descent -- COMMAND`, or `descent COMMAND` where the package is linked.
import { callerFolder, runCommandLine } from './lib/launch.mjs'
import { describeProblem } from './lib/problem.mjs'
import { setUp } from './lib/set-up.mjs'

try {
  // Says nothing, and costs a few file look-ups, unless something has to be done.
  await setUp({ purpose: 'descent', isQuiet: true })
  process.exitCode = await runCommandLine(process.argv.slice(2), callerFolder('descent'))
} catch (error) {
  console.error(describeProblem(error))
  process.exitCode = 1
}
