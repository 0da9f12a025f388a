// Sessions with nothing around them: no window, no log, in a utility process of Electron, as runs have one.
//   {"cmd":"prepare","specs":[...],"datasetFolder":"...","threads":2}  -> {"kernels":["native-f32", ...]}
//   {"cmd":"slice","index":0,"ms":1500}                               -> {"samples":n,"ms":t}
import { parseSpec } from '../../../engine'
import type { TrainingSession } from '../../../engine'
import { openSession } from '../../../electron/trainer/open-session'

/** A call of a session takes one to two of these, as in the application's trainer. */
const CALL_MS = 1
/** What was recorded is taken out, and forgotten, this often. */
const DRAIN_MS = 8

type Message =
  | { cmd: 'prepare'; specs: unknown[]; datasetFolder: string; threads: number | null }
  | { cmd: 'slice'; index: number; ms: number }

let runs: { session: TrainingSession; limit: number }[] = []

async function prepare({ specs, datasetFolder, threads }: Extract<Message, { cmd: 'prepare' }>) {
  for (const { session } of runs) session.close()
  const compute = { kernel: 'automatic', threads } as const
  const opened = await Promise.all(
    specs.map((spec) => openSession({ runId: 'bare', spec: parseSpec(spec), datasetFolder, compute })),
  )
  runs = opened.map(({ session }) => ({ session, limit: 1 }))
  return { kernels: runs.map(({ session }) => session.kernel) }
}

function slice({ index, ms }: Extract<Message, { cmd: 'slice' }>) {
  const run = runs[index]
  const { session } = run
  const { samples } = session.progress()
  const startMs = performance.now()
  let nowMs = startMs
  let drainedMs = startMs
  while (nowMs - startMs < ms) {
    const calledMs = nowMs
    const { step } = session.progress()
    if (session.advance(run.limit) !== 'working') throw new Error(`${session.kernel}: the session ended.`)
    nowMs = performance.now()
    if (nowMs - calledMs > 2 * CALL_MS) run.limit = Math.max(1, run.limit >> 1)
    else if (nowMs - calledMs < CALL_MS && session.progress().step - step >= run.limit) run.limit *= 2
    if (nowMs - drainedMs < DRAIN_MS) continue
    session.drain()
    drainedMs = nowMs
  }
  session.drain()
  return { samples: session.progress().samples - samples, ms: nowMs - startMs }
}

const port = process.parentPort
port.on('message', ({ data }: { data: Message }) => {
  const answer = data.cmd === 'prepare' ? prepare(data) : Promise.resolve().then(() => slice(data))
  answer.then(
    (said) => port.postMessage(said),
    (thrown: unknown) => port.postMessage({ error: String(thrown) }),
  )
})
port.postMessage({ ready: true })
