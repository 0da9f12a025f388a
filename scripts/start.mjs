// npm start [-- parameters]: opens the workbench, or runs its demonstration where there is no display.
import {
  callerFolder,
  hasDisplay,
  runCommandLine,
  runInForeground,
  sandboxFacts,
  sandboxParameters,
} from './lib/launch.mjs'
import { projectRoot } from './lib/paths.mjs'
import { describeProblem } from './lib/problem.mjs'
import { asApplicationEnvironment, readRuntime } from './lib/runtime.mjs'

try {
  const folder = callerFolder('start')
  if (hasDisplay()) {
    const { executable } = readRuntime()
    const sandbox = sandboxParameters(sandboxFacts(executable))
    if (sandbox.note) console.log(sandbox.note)
    process.exitCode = await runInForeground(
      executable,
      [...sandbox.parameters, projectRoot, ...process.argv.slice(2)],
      {
        cwd: folder,
        env: asApplicationEnvironment(),
      },
    )
  } else {
    console.log(
      'No display (neither DISPLAY nor WAYLAND_DISPLAY is set): running the demonstration in the terminal instead (descent demo).',
    )
    process.exitCode = await runCommandLine(['demo', ...process.argv.slice(2)], folder)
  }
} catch (error) {
  console.error(describeProblem(error))
  process.exitCode = 1
}
