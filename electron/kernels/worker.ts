// One additional thread of a kernel, for one memory after another: waits until thread 0 calls, takes its part in the
// program, waits again.

import { parentPort } from 'node:worker_threads'
import { collectGarbage } from '../collect-garbage'
import { bindRun } from './runner'
import { CONTROL, type WorkerJob } from './threads'

/** Waking a thread takes longer than many a step does, and the next call mostly comes at once: so long it is awaited awake. */
const AWAKE_MS = 0.1
/** Looks for the next call between two looks at the clock. */
const LOOKS = 50

/** Returns when there may have been a call after that one. */
function awaitCall(control: Int32Array, generation: number): void {
  const end = performance.now() + AWAKE_MS
  do {
    for (let look = 0; look < LOOKS; look++) {
      if (Atomics.load(control, CONTROL.generation) !== generation) return
    }
  } while (performance.now() < end)
  Atomics.wait(control, CONTROL.generation, generation)
}

/** Until thread 0 needs it no more. */
function serve({ code, memory, control, thread }: WorkerJob): void {
  const run = bindRun(code, memory)
  Atomics.add(control, CONTROL.ready, 1)
  Atomics.notify(control, CONTROL.ready)
  for (let generation = 0; ;) {
    awaitCall(control, generation)
    const next = Atomics.load(control, CONTROL.generation)
    if (Atomics.load(control, CONTROL.closing) === 1) return
    if (next === generation) continue
    generation = next
    run(control[CONTROL.program], control[CONTROL.first], control[CONTROL.count], thread)
    Atomics.add(control, CONTROL.finished, 1)
  }
}

parentPort?.on('message', (job: WorkerJob) => {
  serve(job)
  // In a turn of its own, when nothing speaks of the memory any more: it would stay as long as this thread waits.
  setImmediate(collectGarbage)
})
