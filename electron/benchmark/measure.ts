// How many examples a second a session trains on: many short slices, of which the best tells what the machine can
// do and the median what it did. The median moves with whatever else runs; the best hardly does.

import type { Compute } from '../../engine/kernels/program/kernel'
import { createSession } from '../../engine/training/session'
import type { TrainingSession } from '../../engine/training/session-types'
import type { Measured } from '../contract'
import type { Workload } from './workloads'

export type { Measured }

export interface MeasureOptions {
  /** Measured at least this long. */
  ms: number
  /** Before that, not counted: compilers of the runtime do their work in it. */
  warmUpMs?: number
  /** However slow it is; 3 by default. */
  fewestSlices?: number
  /** Milliseconds of a monotonic clock. */
  now?: () => number
}

/** Long enough for the clock, short enough that an undisturbed one is among them. */
const SLICE_MS = 4
const DEFAULT_WARM_UP_MS = 100
const FEWEST_SLICES = 3

/**
 * @param compute null: the reference
 * @throws what opening throws, e.g. where threads do not start
 */
export function measureWorkload(
  workload: Workload,
  compute: Compute | null,
  options: MeasureOptions,
): Measured {
  const measurement = measureInSlices(workload, compute, options)
  for (;;) {
    const { done, value } = measurement.next()
    if (done) return value
  }
}

/** The same, yielding after every slice, for a host that listens meanwhile. The session is closed however it ends. */
export function* measureInSlices(
  workload: Workload,
  compute: Compute | null,
  {
    ms,
    warmUpMs = DEFAULT_WARM_UP_MS,
    fewestSlices = FEWEST_SLICES,
    now = () => performance.now(),
  }: MeasureOptions,
): Generator<void, Measured, void> {
  const session = createSession(workload.spec, workload.data, compute)
  try {
    const slicer = new Slicer(session, now)
    for (const endMs = now() + warmUpMs; now() < endMs;) {
      slicer.slice()
      yield
    }
    const speeds: number[] = []
    for (const endMs = now() + ms; now() < endMs || speeds.length < fewestSlices;) {
      speeds.push(slicer.slice())
      yield
    }
    speeds.sort((a, b) => a - b)
    return {
      kernel: session.kernel,
      best: speeds[speeds.length - 1],
      median: speeds[speeds.length >> 1],
      slices: speeds.length,
    }
  } finally {
    session.close()
  }
}

class Slicer {
  /** Steps asked for at a time; grows until a call takes about a slice. */
  private limit = 1

  constructor(
    private readonly session: TrainingSession,
    private readonly now: () => number,
  ) {}

  /** @returns samples a second */
  slice(): number {
    const { session, now } = this
    const samplesBefore = session.progress().samples
    const startMs = now()
    let elapsedMs = 0
    let calls = 0
    // A call ends with its epoch at the latest, so a slice may need several.
    while (elapsedMs < SLICE_MS) {
      if (session.advance(this.limit) !== 'working') throw new Error('The benchmark ended by itself.')
      elapsedMs = now() - startMs
      calls++
    }
    if (calls > 1) this.limit *= 2
    const speed = (1000 * (session.progress().samples - samplesBefore)) / elapsedMs
    // What was recorded is thrown away, and costs nothing of the slice.
    session.drain()
    return speed
  }
}
