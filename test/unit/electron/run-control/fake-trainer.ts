// A trainer process that does what a test tells it to; for the parts of run control that need no real process.

import type {
  ProcessEnd,
  SpawnTrainer,
  TrainerEvents,
} from '../../../../electron/run-control/trainer-process'
import type { TrainerCommand, TrainerMessage } from '../../../../electron/trainer/protocol'

export interface FakeTrainer {
  /** Of the jobs it got. */
  runIds: string[]
  commands: TrainerCommand[]
  isKilled: boolean
  say(...messages: TrainerMessage[]): void
  end(end?: Partial<ProcessEnd>): void
}

export function fakeTrainers(): { spawn: SpawnTrainer; trainers: FakeTrainer[] } {
  const trainers: FakeTrainer[] = []
  const spawn: SpawnTrainer = (events: TrainerEvents) => {
    const trainer: FakeTrainer = {
      get runIds() {
        return trainer.commands.flatMap((command) => (command.kind === 'start' ? [command.job.runId] : []))
      },
      commands: [],
      isKilled: false,
      say: (...messages) => messages.forEach((message) => events.onMessage(message)),
      end: (end) => events.onEnd({ code: 0, reason: null, errorText: '', ...end }),
    }
    trainers.push(trainer)
    return {
      pid: trainers.length,
      send: (command) => trainer.commands.push(command),
      kill() {
        if (trainer.isKilled) return
        trainer.isKilled = true
        queueMicrotask(() => trainer.end({ code: 9, reason: 'killed' }))
      },
    }
  }
  return { spawn, trainers }
}
