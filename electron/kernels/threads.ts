// Memory that several threads run programs in. The caller is thread 0; the others wait, soon asleep, between two calls,
// in worker threads of this process, which serve another memory when one is closed.

import { Worker } from 'node:worker_threads'
import { DescentError } from '../../engine/errors'
import { MAPPED_PAGE_BYTES, type ProgramMemory } from '../../engine/kernels/program/kernel'
import { shareMapped } from './mapped-file'
import { bindRun, type KernelCode } from './runner'

/** Of the int32 array by which thread 0 speaks to the others. */
export const CONTROL = {
  generation: 0,
  program: 1,
  first: 2,
  count: 3,
  closing: 4,
  ready: 5,
  finished: 6,
} as const
export const CONTROL_LENGTH = 8

export interface WorkerJob {
  code: KernelCode
  memory: WebAssembly.Memory
  control: Int32Array
  thread: number
}

const PAGE_BYTES = 65_536
/** Starting a thread takes some tens of milliseconds; one that takes this long will not come. */
const START_TIMEOUT_MS = 5000

/** Threads whose memory was closed: the next run is not to wait until one has started. */
const idle: Worker[] = []

function takeWorker(path: string): Worker {
  const waiting = idle.pop()
  if (waiting !== undefined) return waiting
  const worker = new Worker(path)
  // Asleep it must not keep the process from ending.
  worker.unref()
  return worker
}

/**
 * @param workerPath the built script of the additional threads
 * @returns its first run() throws a DescentError where threads do not start
 * @throws RangeError where there is no memory
 */
export function openMemory(
  code: KernelCode,
  bytes: number,
  threads: number,
  workerPath: string,
): ProgramMemory {
  const pages = Math.ceil(bytes / PAGE_BYTES)
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  const run = bindRun(code, memory)
  const share = (address: number, bytes: Uint8Array): boolean => {
    const room = Math.ceil(bytes.length / MAPPED_PAGE_BYTES) * MAPPED_PAGE_BYTES
    return shareMapped(bytes, new Uint8Array(memory.buffer, address, room))
  }
  if (threads === 1) {
    return {
      buffer: memory.buffer,
      threads,
      share,
      run: (program, first, count) => run(program, first, count, 0),
      close() {},
    }
  }
  const control = new Int32Array(new SharedArrayBuffer(4 * CONTROL_LENGTH))
  const workers = Array.from({ length: threads - 1 }, (_, i) => {
    const job: WorkerJob = { code, memory, control, thread: i + 1 }
    const worker = takeWorker(workerPath)
    worker.postMessage(job)
    return worker
  })
  const helpers = workers.length
  const close = (): void => {
    Atomics.store(control, CONTROL.closing, 1)
    Atomics.add(control, CONTROL.generation, 1)
    Atomics.notify(control, CONTROL.generation)
    idle.push(...workers.splice(0))
  }
  let isReady = false
  let calls = 0
  return {
    buffer: memory.buffer,
    threads,
    share,
    run(program, first, count) {
      // They start while the caller fills the memory.
      if (!isReady) awaitReady(control, workers)
      isReady = true
      control[CONTROL.program] = program
      control[CONTROL.first] = first
      control[CONTROL.count] = count
      Atomics.add(control, CONTROL.generation, 1)
      Atomics.notify(control, CONTROL.generation)
      const done = run(program, first, count, 0)
      // They are on their last instructions, and must have left the program before anybody begins the next.
      calls++
      awaitFinished(control, (calls * helpers) | 0)
      return done
    },
    close,
  }
}

/** A thread that is missing at a barrier would never be waited out, so nothing runs before all are there. */
function awaitReady(control: Int32Array, workers: Worker[]): void {
  const deadline = performance.now() + START_TIMEOUT_MS
  for (;;) {
    const ready = Atomics.load(control, CONTROL.ready)
    if (ready === workers.length) return
    const rest = deadline - performance.now()
    if (rest <= 0 || Atomics.wait(control, CONTROL.ready, ready, rest) === 'timed-out') {
      const message = `${workers.length - ready} of ${workers.length} threads did not start.`
      for (const worker of workers.splice(0)) void worker.terminate()
      throw new DescentError('internal', message)
    }
  }
}

/** Most often they are there at once; one that lost its processor is waited for asleep. */
function awaitFinished(control: Int32Array, expected: number): void {
  for (let looks = 1; ; looks++) {
    const finished = Atomics.load(control, CONTROL.finished)
    if (finished === expected) return
    if (looks % 1000 === 0) Atomics.wait(control, CONTROL.finished, finished, 1)
  }
}
