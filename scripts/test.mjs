// npm test [-- --only NAME[,NAME]]: every check in order, the quick ones first, until one fails.
import { hasDisplay, runInForeground } from './lib/launch.mjs'
import { projectRoot } from './lib/paths.mjs'
import { describeProblem } from './lib/problem.mjs'
import { chooseStages, sideBySide, stageCommand } from './lib/test-stages.mjs'

try {
  /** @type {string[]} */
  const times = []
  for (const stages of sideBySide(chooseStages(process.argv.slice(2)))) {
    console.log(`\n==> ${stages.map(({ title }) => title).join(', ')}`)
    const exitCodes = await Promise.all(stages.map((stage) => run(stage, times)))
    const failed = stages.filter((_, index) => exitCodes[index] !== 0)
    if (failed.length === 0) continue
    for (const { name, title } of failed) {
      console.error(`\n==> FAILED: ${title}. Again on its own: npm test -- --only ${name}`)
    }
    process.exitCode = exitCodes.find((code) => code !== 0)
    break
  }
  console.log(`\n==> ${process.exitCode ? 'Stopped' : 'All passed'}: ${times.join(', ')}`)
} catch (error) {
  console.error(describeProblem(error))
  process.exitCode = 1
}

/**
 * @param {import('./lib/test-stages.mjs').Stage} stage
 * @param {string[]} times Gets how long it took.
 * @returns {Promise<number>} The exit code.
 */
async function run(stage, times) {
  const { command, parameters, shell } = stageCommand(stage, hasDisplay())
  const startedAt = Date.now()
  const exitCode = await runInForeground(command, parameters, { cwd: projectRoot, shell })
  times.push(`${stage.name} ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
  return exitCode
}
