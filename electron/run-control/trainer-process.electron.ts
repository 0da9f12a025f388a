// Trainers as utility processes.

import type { TrainerMessage } from '../trainer/protocol'
import type { SpawnTrainer } from './trainer-process'
import { startUtility } from './utility-process.electron'

/** @param modulePath the built trainer entry */
export function spawnTrainersFrom(modulePath: string): SpawnTrainer {
  let count = 0
  return ({ onMessage, onEnd }) =>
    startUtility({
      modulePath,
      args: [],
      // Not named by its run: it may train several, one after another. Unique, since its end is told by name.
      serviceName: `Descent trainer ${++count}`,
      // Our own entry is the only sender on this port.
      onMessage: (message) => onMessage(message as TrainerMessage),
      onEnd,
    })
}
