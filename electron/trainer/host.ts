// Runs one training job: slices of work between which it listens, flushes of what was recorded, pictures and
// checkpoints. Without a transport: a utility process, the command line and tests hand it a port.

import { DescentError, messageOf } from '../../engine/errors'
import { toCallError } from '../call-error'
import { TrainerControl } from './control'
import { openSession, type SessionSource } from './open-session'
import { HEARTBEAT_INTERVAL_MS, type TrainerCommand, type TrainerMessage, type TrainingJob } from './protocol'
import { trainToEnd } from './training-loop'

export interface TrainerPort {
  send(message: TrainerMessage): void
}

export interface RunningTrainer {
  command(command: TrainerCommand): void
  /** Resolves after the last message ('done' or 'failed') was sent. Never rejects. */
  finished: Promise<void>
}

/** @param open where the session comes from; tests give their own */
export function startTraining(
  job: TrainingJob,
  port: TrainerPort,
  open: SessionSource = openSession,
): RunningTrainer {
  const control = new TrainerControl()
  const heartbeat = setInterval(() => port.send({ kind: 'heartbeat' }), HEARTBEAT_INTERVAL_MS)
  const finished = trainJob(job, port, control, open)
    .catch((thrown: unknown) => port.send({ kind: 'failed', error: toCallError(explain(thrown)) }))
    .finally(() => clearInterval(heartbeat))
  return { command: (command) => control.apply(command), finished }
}

async function trainJob(
  job: TrainingJob,
  port: TrainerPort,
  control: TrainerControl,
  open: SessionSource,
): Promise<void> {
  const { session, started } = await open(job)
  port.send({ kind: 'started', ...started })
  await trainToEnd(session, control, port)
}

/** Says what went wrong in a person's words; everything unexpected is still named by its own message. */
export function explain(thrown: unknown): DescentError {
  if (thrown instanceof DescentError) return thrown
  const message = messageOf(thrown)
  if (thrown instanceof RangeError && /allocation|array (buffer )?length|memory/i.test(message)) {
    return new DescentError(
      'trainer-failed',
      `There is not enough memory for this run (${message}).`,
      'Use fewer units, a smaller batch or fewer examples, or close other programs.',
    )
  }
  return new DescentError(
    'trainer-failed',
    `The training stopped because of an error inside Descent: ${message}`,
    'Run it again; if it happens again, report it with the diagnostics file.',
  )
}
