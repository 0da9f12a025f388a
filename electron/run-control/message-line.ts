// Messages in their order, each handled until it succeeds: while the log can not be written (a full disk, a lock)
// they wait here. It can not grow without bound, since a trainer that is not acknowledged stops by itself.

import { DescentError } from '../../engine/errors'
import type { TrainerMessage } from '../trainer/protocol'

const RETRY_MS = 1000

export class MessageLine {
  private readonly waiting: TrainerMessage[] = []
  private retry: NodeJS.Timeout | null = null
  private idle: (() => void)[] = []
  private isGivenUp = false

  constructor(
    private readonly handle: (message: TrainerMessage) => void,
    /** It is tried again in a moment. */
    private readonly onTrouble: (thrown: unknown) => void,
    /** Trying again is of no use; everything that waits is given up. */
    private readonly onHopeless: (thrown: unknown) => void,
  ) {}

  add(message: TrainerMessage): void {
    if (this.isGivenUp) return
    this.waiting.push(message)
    if (this.retry === null) this.work()
  }

  /** Resolves when nothing waits any more. */
  drained(): Promise<void> {
    if (this.waiting.length === 0) return Promise.resolve()
    return new Promise((resolve) => this.idle.push(resolve))
  }

  /** Forgets what waits and whatever comes. */
  giveUp(): void {
    this.isGivenUp = true
    if (this.retry) clearTimeout(this.retry)
    this.retry = null
    this.waiting.length = 0
    this.settle()
  }

  private work(): void {
    this.retry = null
    while (this.waiting.length > 0) {
      try {
        this.handle(this.waiting[0])
      } catch (thrown) {
        if (!passesByItself(thrown)) {
          this.giveUp()
          return this.onHopeless(thrown)
        }
        this.onTrouble(thrown)
        this.retry = setTimeout(() => this.work(), RETRY_MS)
        return
      }
      this.waiting.shift()
    }
    this.settle()
  }

  private settle(): void {
    for (const resolve of this.idle.splice(0)) resolve()
  }
}

/** Whether it is worth trying the same again. */
function passesByItself(thrown: unknown): boolean {
  return thrown instanceof DescentError && ['disk-full', 'database-busy', 'read-only'].includes(thrown.code)
}
