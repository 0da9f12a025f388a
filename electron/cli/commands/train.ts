// descent train: one run, from a preset or a spec.

import type { RunSummary } from '../../contract'
import { reportError } from '../error-report'
import { EXIT, type ExitCode } from '../exit-codes'
import { interruptionReason } from '../interruption'
import { jsonText } from '../json'
import { withLog, type DatabaseOption } from '../open-log'
import { createProgressReport } from '../progress-report'
import { readCompute, type ComputeOptions } from '../read-compute'
import { readSpec, type SpecOptions } from '../read-spec'
import { runLines, runResult } from '../run-report'
import { say } from '../terminal'
import { exitCodeOfRun, RunFailure, trainRun } from '../train-run'

export type TrainOptions = SpecOptions & DatabaseOption & ComputeOptions & { json?: boolean }

function tell(run: RunSummary, wantsJson: boolean): void {
  if (wantsJson) say(jsonText(runResult(run)))
  else runLines(run).forEach(say)
}

export async function train(file: string | undefined, options: TrainOptions): Promise<ExitCode> {
  const spec = await readSpec(file, options)
  const compute = readCompute(spec.training, options)
  const wantsJson = options.json ?? false
  return withLog(options, async (log) => {
    try {
      const run = await trainRun(log, spec, createProgressReport(wantsJson), compute)
      tell(run, wantsJson)
      return exitCodeOfRun(run)
    } catch (thrown) {
      if (!(thrown instanceof RunFailure)) throw thrown
      const code = reportError(thrown.thrown, wantsJson, { run: thrown.runId, status: 'failed' })
      return interruptionReason() === null ? code : EXIT.interrupted
    }
  })
}
