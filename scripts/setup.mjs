// node scripts/setup.mjs --for start|test|descent [--quiet]
import { describeProblem } from './lib/problem.mjs'
import { parseSetUpParameters, setUp } from './lib/set-up.mjs'

try {
  await setUp(parseSetUpParameters(process.argv.slice(2)))
} catch (error) {
  console.error(`\n${describeProblem(error)}`)
  process.exitCode = 1
}
