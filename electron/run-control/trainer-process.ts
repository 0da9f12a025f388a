// A trainer as run control sees it: a process that takes commands, sends messages and ends once.
// trainer-process.electron.ts makes it a utility process.

import type { TrainerCommand, TrainerMessage } from '../trainer/protocol'

export interface ProcessEnd {
  /** Exit code, or the number of the signal that ended it (POSIX). */
  code: number
  /** Electron's word for it where it has one, e.g. "crashed", "killed", "oom", "launch-failed". */
  reason: string | null
  /** The last it wrote to its error stream. */
  errorText: string
}

export interface TrainerEvents {
  onMessage(message: TrainerMessage): void
  /** Called once, after the last message. */
  onEnd(end: ProcessEnd): void
}

export interface TrainerProcess {
  readonly pid: number | undefined
  send(command: TrainerCommand): void
  /** Ends it at once, whatever it does; also when it is stopped or stuck. */
  kill(): void
}

export type SpawnTrainer = (events: TrainerEvents) => TrainerProcess
