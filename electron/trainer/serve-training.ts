// One job after another over the port to the main process. After the last word on one the process waits for the next,
// or to be told to go: what is still on the way when a process ends would be lost.

import type { ParentPort } from 'electron'
import { toCallError } from '../call-error'
import { ChunkFileWriter } from './chunk-file'
import { freeMemory } from './free-memory'
import { explain, startTraining, type RunningTrainer } from './host'
import type { TrainerCommand, TrainerMessage } from './protocol'

/** After a defect: time for the last word to arrive. */
const LAST_WORD_MS = 500

export function serveTraining(port: ParentPort): void {
  const points = new ChunkFileWriter()
  const send = (message: TrainerMessage): void =>
    port.postMessage(
      message.kind === 'batch' ? { ...message, batch: points.handOver(message.batch) } : message,
    )
  let trainer: RunningTrainer | null = null

  // Nothing of ours should end here; if it does, the run must still be told from one that vanished.
  const fail = (thrown: unknown): void => {
    console.error(thrown)
    send({ kind: 'failed', error: toCallError(explain(thrown)) })
    setTimeout(() => process.exit(1), LAST_WORD_MS)
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)

  port.on('message', ({ data }) => {
    const command = data as TrainerCommand
    if (command.kind === 'leave') return process.exit(0)
    if (command.kind === 'acknowledge') points.acknowledged(command.sequence)
    if (command.kind !== 'start') return trainer?.command(command)
    if (trainer !== null) return
    points.reset()
    trainer = startTraining(command.job, { send })
    void trainer.finished.then(() => {
      trainer = null
      // In a turn of its own: what the run's last promise holds is free by then.
      setTimeout(() => send({ kind: freeMemory() ? 'ready' : 'spent' }))
    })
  })
  send({ kind: 'ready' })
}
