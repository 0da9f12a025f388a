// Turns what a trainer says into calls of the log; used by the application's run control and by the command line.

import type { RunSummary } from '../contract'
import type { TrainerMessage } from '../trainer/protocol'
import type { RunLog } from './types'

export interface RecordOptions {
  /** Why the run was stopped, where that is more than a person's click; one sentence. */
  stopReason?: string | null
}

/**
 * Writes one message down. When it returns, the message is on disk: only then may a batch be acknowledged
 * (`{ kind: 'acknowledge', sequence: message.batch.sequence }`) and shown.
 * @returns The run's new summary where its status changed, else null.
 * @throws DescentError when the log can not be written; the message was not recorded then.
 */
export function recordMessage(
  log: RunLog,
  runId: string,
  message: TrainerMessage,
  { stopReason = null }: RecordOptions = {},
): RunSummary | null {
  switch (message.kind) {
    case 'ready':
    case 'spent':
    case 'heartbeat':
      return null
    case 'started': {
      const { kind: _kind, ...info } = message
      return log.markStarted(runId, info)
    }
    case 'batch':
      log.appendBatch(runId, message.batch)
      return null
    case 'inspection':
      log.storeInspection(runId, message.inspection)
      return null
    case 'checkpoint':
      log.storeCheckpoint(runId, message.checkpoint)
      return null
    case 'paused':
      return log.markPaused(runId, message.step)
    case 'resumed':
      return log.markResumed(runId, message.step)
    case 'done':
      return log.markDone(runId, message.end, message.final, message.weightsHash, stopReason)
    case 'failed':
      // The remedy belongs to the reason: who looks at the run later has nothing else.
      return log.markEnded(runId, 'failed', `${message.error.message} ${message.error.hint}`.trim())
  }
}
