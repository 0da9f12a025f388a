// The command line's entry. Runs on Electron's Node.js (ELECTRON_RUN_AS_NODE) or on plain Node.js; no window.

import { CommanderError } from 'commander'
import { DescentError } from '../../engine/errors'
import { reportError } from './error-report'
import { EXIT, type ExitCode } from './exit-codes'
import { interruptionReason, listenForInterruption } from './interruption'
import { createProgram } from './program'
import { tolerateClosedPipes } from './terminal'

/** Commander throws for --help and --version too; those are no errors. */
function explainUsage(thrown: CommanderError): DescentError | null {
  if (thrown.exitCode === 0) return null
  const message = thrown.message.replace(/^error: /, '').split('\n')
  const isHelp = thrown.code === 'commander.help'
  return new DescentError(
    'bad-input',
    isHelp ? 'No command was given.' : message.join(' '),
    '`descent --help` lists the commands, `descent COMMAND --help` their options.',
  )
}

async function run(parameters: readonly string[]): Promise<ExitCode> {
  const wantsJson = parameters.includes('--json')
  let code: ExitCode = EXIT.ok
  try {
    await createProgram((finished) => {
      code = finished
    }).parseAsync(parameters, { from: 'user' })
    return code
  } catch (thrown) {
    if (interruptionReason() !== null) return EXIT.interrupted
    const explained = thrown instanceof CommanderError ? explainUsage(thrown) : thrown
    return explained === null ? EXIT.ok : reportError(explained, wantsJson)
  }
}

tolerateClosedPipes()
listenForInterruption()
process.exitCode = await run(process.argv.slice(2))
