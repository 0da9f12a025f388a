// One additional thread of a kernel: sleeps until thread 0 calls, takes its part in the program, sleeps again.

import { workerData } from 'node:worker_threads'
import { bindRun } from './runner'
import { CONTROL, type WorkerJob } from './threads'

const { code, memory, control, thread } = workerData as WorkerJob
const run = bindRun(code, memory)

Atomics.add(control, CONTROL.ready, 1)
Atomics.notify(control, CONTROL.ready)

for (let generation = 0; ;) {
  Atomics.wait(control, CONTROL.generation, generation)
  const next = Atomics.load(control, CONTROL.generation)
  if (Atomics.load(control, CONTROL.closing) === 1) break
  if (next === generation) continue
  generation = next
  run(control[CONTROL.program], control[CONTROL.first], control[CONTROL.count], thread)
  Atomics.add(control, CONTROL.finished, 1)
}
