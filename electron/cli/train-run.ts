// One run from spec to end, in this process, with the application's own trainer and log.

import type { ExperimentSpec } from '../../engine/spec/schema'
import { fromCallError } from '../call-error'
import type { RunSummary } from '../contract'
import { ANY_COMPUTE, type ComputeWish } from '../kernels/load'
import { datasetFolderOf } from '../paths'
import type { RunLog } from '../run-log'
import { explain, startTraining } from '../trainer/host'
import { openSession, type OpenedSession } from '../trainer/open-session'
import type { TrainerCommand, TrainerMessage, TrainingJob } from '../trainer/protocol'
import { EXIT, type ExitCode } from './exit-codes'
import { interruptionReason, onInterruption } from './interruption'
import { RecordingPort } from './recording-port'
import type { ProgressReport } from './progress-report'

/** A run that began and did not end in order, with what was thrown. */
export class RunFailure extends Error {
  constructor(
    readonly runId: string,
    readonly thrown: unknown,
  ) {
    super(`Run ${runId} failed.`)
  }
}

/** What is wrong with data or design is thrown before there is a run. @throws DescentError */
async function prepare(job: TrainingJob): Promise<OpenedSession> {
  try {
    return await openSession(job)
  } catch (thrown) {
    throw explain(thrown)
  }
}

/**
 * Trains and logs; resolves with the run as it stands in the log.
 * @throws DescentError where it can not begin, RunFailure where the trainer or the log failed on the way.
 */
export async function trainRun(
  log: RunLog,
  spec: ExperimentSpec,
  report: ProgressReport,
  compute: ComputeWish = ANY_COMPUTE,
): Promise<RunSummary> {
  const job: TrainingJob = { runId: '', spec, datasetFolder: datasetFolderOf(log.path), compute }
  const opened = await prepare(job)
  const { id } = log.createRun(spec, 'command-line')
  let failure: unknown = null
  let command: (command: TrainerCommand) => void = () => {}

  const onRecorded = (message: TrainerMessage, changed: RunSummary | null): void => {
    if (message.kind === 'failed') failure = fromCallError(message.error)
    if (message.kind === 'started' && changed) report.onStarted(changed)
    if (message.kind === 'batch') report.onBatch(message.batch)
  }
  const port = new RecordingPort(
    log,
    id,
    { onRecorded, onWaiting: (error) => report.onWaiting(error) },
    (each) => command(each),
  )
  const trainer = startTraining({ ...job, runId: id }, port, () => Promise.resolve(opened))
  command = trainer.command
  const release = onInterruption(() => trainer.command({ kind: 'stop' }))
  try {
    await trainer.finished
    await port.flushed()
  } catch (thrown) {
    failure ??= thrown
  } finally {
    release()
    report.onEnded()
  }
  if (failure !== null) throw new RunFailure(id, failure)
  return log.detail(id).summary
}

export function exitCodeOfRun({ status }: RunSummary): ExitCode {
  if (interruptionReason() !== null) return EXIT.interrupted
  return status === 'finished' ? EXIT.ok : EXIT.failed
}
