// out/: built again when a source changed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './paths.mjs'
import { SetupProblem } from './problem.mjs'
import { describeEnd, hasSucceeded, outputTail, runToEnd } from './processes.mjs'
import { fileMark, treeMark } from './stamps.mjs'

const name = 'Build'
const sources = [
  'electron',
  'renderer',
  'engine',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.node.json',
]
const products = ['out/main/main.js', 'out/main/cli.js', 'out/preload/preload.cjs', 'out/renderer/index.html']

/**
 * @param {string} root
 * @param {string} sourcesMark
 * @returns {string} Of the sources and of what was made of them: `npm run dev` writes to out/ as well.
 */
export const buildMark = (root, sourcesMark = treeMark(root, sources)) =>
  [sourcesMark, ...products.map((product) => fileMark(join(root, product)))].join(' ')

export const buildStep = {
  name,
  mark: () => buildMark(projectRoot),
  current: () => 'out/ is up to date',
  /** @param {import('./output.mjs').Report} report */
  async run(report) {
    const startedAt = Date.now()
    // Taken first: what is edited during the build is built the next time.
    const sourcesMark = treeMark(projectRoot, sources)
    report.working(name, 'electron-vite build')
    const script = join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
    const outcome = await runToEnd(process.execPath, [script, 'build'], { cwd: projectRoot })
    const missing = products.filter((product) => !existsSync(join(projectRoot, product)))
    if (!hasSucceeded(outcome) || missing.length > 0) {
      const reason = hasSucceeded(outcome) ? `it made no ${missing.join(', ')}` : describeEnd(outcome)
      throw new SetupProblem(
        `${name}: electron-vite build failed (${reason}).\n${outputTail(outcome, 25)}`,
        'Correct the source it names, then run the command again (npm run build shows all of its output).',
      )
    }
    report.done(name, `out/ built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`)
    return buildMark(projectRoot, sourcesMark)
  },
}
