// Trainers as utility processes.

import { DescentError, messageOf } from '../../engine/errors'
import { toCallError } from '../call-error'
import { ChunkFileReader } from '../trainer/chunk-file'
import type { MetricBatch, TrainerMessage } from '../trainer/protocol'
import type { SpawnTrainer } from './trainer-process'
import { startUtility } from './utility-process.electron'

/** @param modulePath the built trainer entry */
export function spawnTrainersFrom(modulePath: string): SpawnTrainer {
  let count = 0
  return ({ onMessage, onEnd }) => {
    const points = new ChunkFileReader()
    // Our own entry is the only sender on this port.
    const hear = (message: TrainerMessage): void => {
      if (message.kind !== 'batch') return onMessage(message)
      let batch: MetricBatch
      try {
        batch = points.read(message.batch)
      } catch (thrown) {
        return onMessage({ kind: 'failed', error: toCallError(unreadable(thrown)) })
      }
      onMessage({ kind: 'batch', batch })
    }
    return startUtility({
      modulePath,
      args: [],
      // Not named by its run: it may train several, one after another. Unique, since its end is told by name.
      serviceName: `Descent trainer ${++count}`,
      onMessage: (message) => hear(message as TrainerMessage),
      onEnd: (end) => {
        points.close()
        onEnd(end)
      },
    })
  }
}

/** A batch that is lost ends its run: the log has no gaps. */
function unreadable(thrown: unknown): DescentError {
  return new DescentError(
    'trainer-failed',
    `The points of the run could not be read from the file that its process wrote: ${messageOf(thrown)}`,
    'Check the folder for temporary files and the space on its disk, then run it again.',
  )
}
