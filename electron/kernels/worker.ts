// One additional thread of a kernel, for one memory after another: sleeps until thread 0 calls, takes its part in the
// program, sleeps again.

import { parentPort } from 'node:worker_threads'
import { collectGarbage } from '../collect-garbage'
import { bindRun } from './runner'
import { CONTROL, type WorkerJob } from './threads'

/** Until thread 0 needs it no more. */
function serve({ code, memory, control, thread }: WorkerJob): void {
  const run = bindRun(code, memory)
  Atomics.add(control, CONTROL.ready, 1)
  Atomics.notify(control, CONTROL.ready)
  for (let generation = 0; ;) {
    Atomics.wait(control, CONTROL.generation, generation)
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
