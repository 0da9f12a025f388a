// Watches over the trainer of one run: hands it its job, passes on what it says, notices when it is stuck or gone.
// Every run that was started ends here exactly once, with a reason.

import { messageOf } from '../../engine/errors'
import type { TrainerCommand, TrainerMessage, TrainingJob } from '../trainer/protocol'
import { explainEnd } from './explain-end'
import { MessageLine } from './message-line'
import type { ProcessEnd, TrainerEvents } from './trainer-process'
import type { RunProcess } from './trainer-pool'
import { HANG_SECONDS, watch, type Watchdog } from './watchdog'

/** After it has failed a trainer may take this long to leave. */
const EXIT_GRACE_MS = 2000
/** After it was asked to stop. One very long step can take this long. */
const STOP_GRACE_MS = 5000

/** How the run ended, as far as its process tells. */
export type Outcome =
  /** It said so itself ('done' or 'failed'), and that is recorded. */
  | { kind: 'told' }
  /** It had to be ended after it was asked to stop. */
  | { kind: 'stopped-by-force' }
  | { kind: 'lost'; reason: string }

export interface SupervisorOptions {
  job: TrainingJob
  takeProcess(events: TrainerEvents): RunProcess
  /** Writes a message down; when it returns the message is safe. @throws where it can not be written now */
  record(message: TrainerMessage): void
  /** Recording fails; it is tried again until it works. */
  onTrouble(thrown: unknown): void
  watchdog?: (onHang: () => void) => Watchdog
}

export class Supervisor {
  /** Resolves when the process is gone, or free for another run, and all it said is recorded. */
  readonly ended: Promise<Outcome>
  private readonly process: RunProcess
  private readonly watchdog: Watchdog
  private readonly line: MessageLine
  private phase: 'starting' | 'training' | 'told' = 'starting'
  private isOver = false
  private isStopping = false
  private isForced = false
  /** Why we ended it ourselves. */
  private ownReason: string | null = null
  private graceTimer: NodeJS.Timeout | null = null
  private resolveEnded: (outcome: Outcome) => void = () => {}

  constructor(private readonly options: SupervisorOptions) {
    this.ended = new Promise((resolve) => {
      this.resolveEnded = resolve
    })
    this.line = new MessageLine(
      (message) => this.handle(message),
      options.onTrouble,
      (thrown) => this.endBecause(`What the trainer sent could not be logged: ${messageOf(thrown)}`),
    )
    this.watchdog = (options.watchdog ?? watch)(() => this.onHang())
    this.process = options.takeProcess({
      onMessage: (message) => {
        this.watchdog.heard()
        this.line.add(message)
      },
      onEnd: (end) => void this.onEnd(end),
    })
  }

  pause(): void {
    this.send({ kind: 'pause' })
  }

  resume(): void {
    this.send({ kind: 'resume' })
  }

  /** Asks for an orderly end; ends the process by force when it does not come. */
  stop(graceMs: number = STOP_GRACE_MS): void {
    if (this.isStopping || this.phase === 'told') return
    this.isStopping = true
    this.send({ kind: 'stop' })
    this.killAfter(graceMs)
  }

  /** Ends the process now and gives up what is not recorded yet. */
  abandon(): void {
    this.isForced = true
    this.line.giveUp()
    this.process.kill()
  }

  private send(command: TrainerCommand): void {
    if (!this.isOver) this.process.send(command)
  }

  private handle(message: TrainerMessage): void {
    if (message.kind === 'ready') {
      this.phase = 'training'
      this.send({ kind: 'start', job: this.options.job })
      // Asked for before there was anyone to ask.
      if (this.isStopping) this.send({ kind: 'stop' })
      return
    }
    if (message.kind === 'heartbeat' || this.phase === 'told') return
    this.options.record(message)
    if (message.kind === 'batch') this.send({ kind: 'acknowledge', sequence: message.batch.sequence })
    if (message.kind !== 'done' && message.kind !== 'failed') return
    this.phase = 'told'
    this.watchdog.stop()
    const isInOrder = message.kind === 'done' && !this.isForced && this.ownReason === null
    if (isInOrder && !this.isOver) return this.release()
    // It has said all and waits to be let go.
    this.send({ kind: 'leave' })
    this.killAfter(EXIT_GRACE_MS)
  }

  private onHang(): void {
    const where = this.phase === 'starting' ? 'did not get ready' : 'did not answer'
    this.endBecause(`The trainer ${where} for ${HANG_SECONDS} seconds and was ended.`)
  }

  private endBecause(reason: string): void {
    this.ownReason = reason
    this.process.kill()
  }

  private release(): void {
    this.isOver = true
    this.endGrace()
    this.process.release()
    this.resolveEnded({ kind: 'told' })
  }

  private endGrace(): void {
    if (this.graceTimer) clearTimeout(this.graceTimer)
    this.graceTimer = null
  }

  private killAfter(graceMs: number): void {
    this.endGrace()
    if (this.isOver) return
    this.graceTimer = setTimeout(() => {
      this.isForced = true
      this.process.kill()
    }, graceMs)
  }

  private async onEnd(end: ProcessEnd): Promise<void> {
    this.isOver = true
    this.watchdog.stop()
    this.endGrace()
    await this.line.drained()
    this.resolveEnded(this.outcome(end))
  }

  private outcome(end: ProcessEnd): Outcome {
    if (this.phase === 'told') return { kind: 'told' }
    if (this.isStopping && this.isForced) return { kind: 'stopped-by-force' }
    return { kind: 'lost', reason: this.ownReason ?? explainEnd(end, this.phase) }
  }
}
