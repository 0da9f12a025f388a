// npm test [-- --only NAME[,NAME]]: every check in order, the quick ones first, until one fails.
import { hasDisplay, runInForeground } from './lib/launch.mjs'
import { projectRoot } from './lib/paths.mjs'
import { describeProblem } from './lib/problem.mjs'
import { chooseStages, stageCommand } from './lib/test-stages.mjs'

try {
  /** @type {string[]} */
  const times = []
  for (const stage of chooseStages(process.argv.slice(2))) {
    console.log(`\n==> ${stage.title}`)
    const { command, parameters, shell } = stageCommand(stage, hasDisplay())
    const startedAt = Date.now()
    const exitCode = await runInForeground(command, parameters, { cwd: projectRoot, shell })
    times.push(`${stage.name} ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
    if (exitCode === 0) continue
    console.error(
      `\n==> FAILED: ${stage.title} (exit code ${exitCode}). Again on its own: npm test -- --only ${stage.name}`,
    )
    process.exitCode = exitCode
    break
  }
  console.log(`\n==> ${process.exitCode ? 'Stopped' : 'All passed'}: ${times.join(', ')}`)
} catch (error) {
  console.error(describeProblem(error))
  process.exitCode = 1
}
