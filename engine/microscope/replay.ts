// Reaches any step of a run by training it again from the start: training is deterministic, so the parameters there
// are the run's own, bit for bit. States just before the step are kept, so that the steps back from it are near.

import type { PreparedData } from '../data/prepared'
import type { ExperimentSpec } from '../spec/schema'
import { createSession } from '../training/session'
import type { SessionState, TrainingSession } from '../training/session-types'

/** Kept states are no more than this, beside the start and the last. */
const KEPT_BYTES = 192e6
const KEPT_STATES = 64
/** Steps between two drains, so that what is recorded does not pile up. */
const DRAIN_EVERY = 4096

/** How far a replay is, in steps. */
export interface ReplayProgress {
  done: number
  total: number
}

export class Replay {
  readonly session: TrainingSession
  /** By step, the last used last. */
  private readonly states = new Map<number, SessionState>()

  /** @throws what createSession throws */
  constructor(spec: ExperimentSpec, data: PreparedData) {
    this.session = createSession(unmeasured(spec), data)
    this.keep()
  }

  /**
   * Moves the session to so many steps, or to its end where that comes first, and answers with its state: what the
   * next step starts from. Yields after each step; left half way, the session stands at some step between.
   */
  *moveTo(step: number): Generator<ReplayProgress, SessionState> {
    this.startBefore(step)
    const first = this.step
    const wanted = waypoints(step)
    let isOver = false
    while (this.step < step && !isOver) {
      isOver = this.session.advance() !== 'working'
      if (this.step % DRAIN_EVERY === 0) this.session.drain()
      if (wanted.has(this.step)) this.keep()
      yield { done: this.step - first, total: step - first }
    }
    return this.keep()
  }

  private get step(): number {
    return this.session.progress().step
  }

  /** Goes on from where it is, or from the nearest kept state before the step. */
  private startBefore(step: number): void {
    const nearest = Math.max(...[...this.states.keys()].filter((kept) => kept <= step))
    const isNearer = this.step <= step && this.step >= nearest
    const state = this.states.get(nearest)
    if (!isNearer && state) this.session.importState(state)
  }

  private keep(): SessionState {
    const state = this.session.exportState()
    const { step } = state.position
    this.states.delete(step)
    this.states.set(step, state)
    let bytes = 0
    let count = 0
    for (const [at, kept] of [...this.states].reverse()) {
      bytes += bytesOf(kept)
      const isTooMuch = bytes > KEPT_BYTES || ++count > KEPT_STATES
      if (isTooMuch && at !== 0 && at !== step) this.states.delete(at)
    }
    return state
  }
}

/** The same training without what only measures it: random numbers and updates are the same. */
function unmeasured(spec: ExperimentSpec): ExperimentSpec {
  const { training } = spec
  return { ...spec, training: { ...training, metrics: [], validateEvery: training.epochs } }
}

/** Steps before the one asked for, further apart the further away: going back by one costs little, wherever. */
function waypoints(step: number): Set<number> {
  const points = new Set<number>()
  for (let back = 1; back <= step; back *= 2) points.add(step - back)
  return points
}

function bytesOf({ weights, biases, moments, order }: SessionState): number {
  return [weights, biases, order, ...moments].reduce((sum, array) => sum + array.byteLength, 0)
}
