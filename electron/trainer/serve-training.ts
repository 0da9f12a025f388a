// One job over the port to the main process, and the end of the process after it.

import type { ParentPort } from 'electron'
import { toCallError } from '../call-error'
import { explain, startTraining, type RunningTrainer } from './host'
import type { TrainerCommand, TrainerMessage } from './protocol'

export function serveTraining(port: ParentPort): void {
  const send = (message: TrainerMessage): void => port.postMessage(message)
  let trainer: RunningTrainer | null = null

  // Nothing of ours should end here; if it does, the run must still be told from one that vanished.
  const fail = (thrown: unknown): void => {
    console.error(thrown)
    send({ kind: 'failed', error: toCallError(explain(thrown)) })
    process.exit(1)
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)

  port.on('message', ({ data }) => {
    const command = data as TrainerCommand
    if (command.kind !== 'start') return trainer?.command(command)
    if (trainer !== null) return
    trainer = startTraining(command.job, { send })
    void trainer.finished.then(() => process.exit(0))
  })
  send({ kind: 'ready' })
}
