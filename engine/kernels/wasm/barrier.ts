// All threads of a program wait for each other. A barrier is short: a thread looks for the others in a loop, and
// sleeps only where one of them has lost its processor.

import { barrierAt, threads } from './state'

/** Offset of the number of sleepers, beside the count of arrivals. */
const SLEEPERS = 4
const GENERATION = 64
/** Some 50 microseconds: less than going to sleep and waking costs. */
const SPINS = 20000
/** A sleeper looks again after so long, whatever happened to its call. */
const SLEEP_NANOSECONDS: i64 = 10000000

export function barrier(): void {
  if (threads === 1) return
  const generation = atomic.load<i32>(barrierAt, GENERATION)
  if (atomic.add<i32>(barrierAt, 1) === threads - 1) {
    atomic.store<i32>(barrierAt, 0)
    atomic.add<i32>(barrierAt, 1, GENERATION)
    if (atomic.load<i32>(barrierAt, SLEEPERS) > 0) atomic.notify(barrierAt + GENERATION, -1)
    return
  }
  for (let i = 0; i < SPINS; i++) {
    if (atomic.load<i32>(barrierAt, GENERATION) !== generation) return
  }
  // Counted before the generation is looked at again, so that the last arrival sees either the sleeper or has been
  // seen by it.
  atomic.add<i32>(barrierAt, 1, SLEEPERS)
  while (atomic.load<i32>(barrierAt, GENERATION) === generation) {
    atomic.wait<i32>(barrierAt + GENERATION, generation, SLEEP_NANOSECONDS)
  }
  atomic.sub<i32>(barrierAt, 1, SLEEPERS)
}
