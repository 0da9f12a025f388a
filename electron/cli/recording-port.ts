// Between the trainer and the log, in one process: what the trainer sends is written down, in order, and only
// then acknowledged. A full disk makes the trainer wait; it goes on by itself once there is space.

import { DescentError } from '../../engine/errors'
import type { RunSummary } from '../contract'
import { recordMessage, type RunLog } from '../run-log'
import type { TrainerPort } from '../trainer/host'
import type { TrainerCommand, TrainerMessage } from '../trainer/protocol'
import { interruptionReason } from './interruption'

const RETRY_INTERVAL_MS = 1000

export interface RecordingListener {
  /** After it was logged; with the run's new summary where its status changed. */
  onRecorded(message: TrainerMessage, changed: RunSummary | null): void
  /** The log can not be written just now; it is tried again every second. */
  onWaiting(error: DescentError): void
}

export class RecordingPort implements TrainerPort {
  private readonly queue: TrainerMessage[] = []
  private retry: NodeJS.Timeout | null = null
  private failure: { thrown: unknown } | null = null
  private wake: () => void = () => {}

  constructor(
    private readonly log: RunLog,
    private readonly runId: string,
    private readonly listener: RecordingListener,
    private readonly command: (command: TrainerCommand) => void,
  ) {}

  send(message: TrainerMessage): void {
    this.queue.push(message)
    if (this.retry === null) this.drain()
  }

  /** Resolves when everything sent is in the log. @throws what the log threw, where waiting does not help */
  async flushed(): Promise<void> {
    while (this.queue.length > 0 && this.failure === null) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    if (this.failure !== null) throw this.failure.thrown
  }

  private drain(): void {
    this.retry = null
    while (this.queue.length > 0 && this.failure === null) {
      if (!this.record(this.queue[0])) break
      this.queue.shift()
    }
    this.wake()
  }

  /** Returns false where it has to be tried again, or never can be. */
  private record(message: TrainerMessage): boolean {
    let changed: RunSummary | null
    try {
      changed = recordMessage(this.log, this.runId, message, { stopReason: interruptionReason() })
    } catch (thrown) {
      this.onRefused(thrown)
      return false
    }
    if (message.kind === 'batch') this.command({ kind: 'acknowledge', sequence: message.batch.sequence })
    this.listener.onRecorded(message, changed)
    return true
  }

  private onRefused(thrown: unknown): void {
    const mayPass =
      thrown instanceof DescentError && (thrown.code === 'disk-full' || thrown.code === 'database-busy')
    if (mayPass && interruptionReason() === null) {
      this.listener.onWaiting(thrown)
      this.retry = setTimeout(() => this.drain(), RETRY_INTERVAL_MS)
      return
    }
    this.failure = { thrown }
    this.command({ kind: 'stop' })
  }
}
