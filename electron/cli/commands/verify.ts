// descent verify: recomputes every known figure of the five source systems, and says which holds.

import { parseSystems } from '../../../engine/verification/verify'
import type { Check, Verification } from '../../../engine/verification/verify'
import { answerVerify } from '../../analysis/verify-systems'
import type { KernelChoice } from '../../kernels/load'
import { datasetFolderOf } from '../../paths'
import { createAnalysisReport } from '../analysis-report'
import { EXIT, type ExitCode } from '../exit-codes'
import { interruptionReason, onInterruption } from '../interruption'
import { jsonText } from '../json'
import { databasePath, type DatabaseOption } from '../open-log'
import { say } from '../terminal'
import { textTable } from '../text-table'

export type VerifyOptions = DatabaseOption & { quick?: boolean; json?: boolean; kernel?: KernelChoice }

const COLUMNS = [
  { title: 'system' },
  { title: 'check' },
  { title: 'expected', isNumber: true },
  { title: 'got', isNumber: true },
  { title: 'relative error', isNumber: true },
  { title: 'tolerance', isNumber: true },
  { title: 'result' },
]

const short = (value: number): string => (value === 0 ? '0' : value.toExponential(1))

function row({ system, check, expected, got, relativeError, tolerance, pass }: Check): string[] {
  const numbers = [String(expected), String(got), short(relativeError), short(tolerance)]
  return [system, check, ...numbers, pass ? 'pass' : 'FAIL']
}

function tell({ checks, passed, failed, leftOut }: Verification): void {
  textTable(COLUMNS, checks.map(row)).forEach(say)
  say()
  const notes = new Map(checks.flatMap(({ check, note }) => (note === undefined ? [] : [[note, check]])))
  for (const [note, check] of notes) say(`${check}: ${note}.`)
  if (leftOut.length > 0) say(`Left out by --quick: ${leftOut.join('; ')}.`)
  say(failed === 0 ? `All ${passed} checks pass.` : `${failed} of ${checks.length} checks FAIL.`)
}

/** @throws DescentError('bad-input') for a system that there is not, and what loading the data throws */
export async function verifySystems(names: readonly string[], options: VerifyOptions): Promise<ExitCode> {
  const systems = parseSystems(names)
  const wantsJson = options.json ?? false
  const abort = new AbortController()
  const release = onInterruption(() => abort.abort())
  const progress = createAnalysisReport(wantsJson)
  try {
    const verification = await answerVerify(
      {
        systems,
        isQuick: options.quick ?? false,
        datasetFolder: datasetFolderOf(databasePath(options)),
        kernel: options.kernel,
      },
      { signal: abort.signal, onProgress: progress.onProgress },
    )
    progress.end()
    if (wantsJson) say(jsonText(verification))
    else tell(verification)
    return verification.failed === 0 ? EXIT.ok : EXIT.failed
  } catch (thrown) {
    if (interruptionReason() !== null) return EXIT.interrupted
    throw thrown
  } finally {
    progress.end()
    release()
  }
}
