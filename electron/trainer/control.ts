// What was asked of a running trainer (pause, resume, stop, acknowledge), and waiting for it to change.

import { MAXIMUM_UNACKNOWLEDGED, type TrainerCommand } from './protocol'

/** Batches that may still follow after the trainer has seen that it must wait: those of a pause or of the end. */
const RESERVE = 4

export class TrainerControl {
  isPauseWanted = false
  isStopWanted = false
  private sent = 0
  private acknowledged = 0
  private wake: (() => void) | null = null

  /** The sequence number of the next batch. */
  nextSequence(): number {
    return this.sent++
  }

  /** Whether so many batches are under way that training has to wait for the log. */
  get isCongested(): boolean {
    return this.sent - this.acknowledged >= MAXIMUM_UNACKNOWLEDGED - RESERVE
  }

  apply(command: TrainerCommand): void {
    switch (command.kind) {
      case 'pause':
        this.isPauseWanted = true
        break
      case 'resume':
        this.isPauseWanted = false
        break
      case 'stop':
        this.isStopWanted = true
        break
      case 'acknowledge':
        this.acknowledged = Math.max(this.acknowledged, command.sequence + 1)
        break
      case 'start':
      case 'leave':
        // For the process around the trainer; a running one has its job already.
        return
      default:
        return command satisfies never
    }
    this.wake?.()
    this.wake = null
  }

  /** Resolves at the next command. */
  changed(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve
    })
  }
}
