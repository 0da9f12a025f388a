// One utility process a training run.

import type { TrainerMessage } from '../trainer/protocol'
import type { SpawnTrainer } from './trainer-process'
import { startUtility } from './utility-process.electron'

/** @param modulePath the built trainer entry */
export function spawnTrainersFrom(modulePath: string): SpawnTrainer {
  return (runId, { onMessage, onEnd }) =>
    startUtility({
      modulePath,
      args: [],
      serviceName: `Descent trainer ${runId}`,
      // Our own entry is the only sender on this port.
      onMessage: (message) => onMessage(message as TrainerMessage),
      onEnd,
    })
}
