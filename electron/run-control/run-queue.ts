// Which runs wait, in which order, and which may start now. Pure bookkeeping, by run id.

export class RunQueue {
  private readonly waiting: string[] = []
  private readonly active = new Set<string>()
  private readonly resting = new Set<string>()

  constructor(private limit: number) {}

  add(id: string): void {
    this.waiting.push(id)
  }

  isWaiting(id: string): boolean {
    return this.waiting.includes(id)
  }

  /** @returns whether it was waiting */
  remove(id: string): boolean {
    const index = this.waiting.indexOf(id)
    if (index >= 0) this.waiting.splice(index, 1)
    return index >= 0
  }

  /** The next run to start, which counts as active from now on; null when none waits or there is no room. */
  takeNext(): string | null {
    if (this.active.size - this.resting.size >= this.limit) return null
    const id = this.waiting.shift()
    if (id === undefined) return null
    this.active.add(id)
    return id
  }

  /** A paused run leaves its place to a waiting one. */
  rest(id: string): void {
    if (this.active.has(id)) this.resting.add(id)
  }

  /** A resumed run goes on at once, even where that is one more than the limit: a person asked for it. */
  wake(id: string): void {
    this.resting.delete(id)
  }

  finished(id: string): void {
    this.active.delete(id)
    this.resting.delete(id)
  }

  /** The one that was started first of those that are active and do not rest; null where there is none. */
  firstRunning(): string | null {
    return [...this.active].find((id) => !this.resting.has(id)) ?? null
  }

  /** Runs that will train at the same time when all that may start have started. */
  get together(): number {
    return Math.min(this.limit, this.active.size - this.resting.size + this.waiting.length)
  }

  setLimit(limit: number): void {
    this.limit = limit
  }

  /** Empties the queue. */
  takeAllWaiting(): string[] {
    return this.waiting.splice(0)
  }
}

/** Runs at a time, where the person has not chosen: one core is left to the window and the log. */
export function defaultParallelRuns(cores: number): number {
  return Math.max(1, cores - 1)
}
