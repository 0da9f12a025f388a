// npm run dev: electron-vite's development server on the runtime the set-up chose.
import { join } from 'node:path'
import { runInForeground, sandboxFacts, sandboxParameters } from './lib/launch.mjs'
import { projectRoot } from './lib/paths.mjs'
import { describeProblem } from './lib/problem.mjs'
import { asApplicationEnvironment, readRuntime } from './lib/runtime.mjs'

try {
  const { executable } = readRuntime()
  const sandbox = sandboxParameters(sandboxFacts(executable))
  if (sandbox.note) console.log(sandbox.note)
  process.exitCode = await runInForeground(
    process.execPath,
    [
      join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
      'dev',
      ...(sandbox.parameters.length > 0 ? ['--noSandbox'] : []),
      ...process.argv.slice(2),
    ],
    { cwd: projectRoot, env: { ...asApplicationEnvironment(), ELECTRON_EXEC_PATH: executable } },
  )
} catch (error) {
  console.error(describeProblem(error))
  process.exitCode = 1
}
