// A trainer that misbehaves in the way that the name of its run asks for. For tests of run control only.

const port = process.parentPort
const say = (message) => port.postMessage(message)
const forEver = () => setInterval(() => {}, 1000)

const batch = (sequence, firstStep, count) => {
  const values = () => new Float64Array(count).fill(0.5)
  const step = firstStep + count - 1
  return {
    kind: 'batch',
    batch: {
      sequence,
      chunk: {
        firstStep,
        stride: 1,
        count,
        elapsedMs: values(),
        columns: {
          'batch/loss': values(),
          'batch/loss.min': values(),
          'batch/loss.max': values(),
          'batch/gradient-norm': values(),
          'batch/learning-rate': values(),
        },
      },
      epochs: [],
      progress: { step, totalSteps: 1000, epoch: step / 100, totalEpochs: 10, samples: step },
      activeMs: step,
      samplesPerSecond: null,
      remainingMs: null,
    },
  }
}

const started = {
  kind: 'started',
  kernel: 'misbehaving',
  engineVersion: '0.0.0',
  dataHash: '0'.repeat(64),
  parameters: 1,
  totalSteps: 1000,
  stepsPerEpoch: 100,
}

/** Fills the heap as a program does that keeps what it no longer needs. */
function fillMemory() {
  const kept = []
  for (;;) kept.push(Array.from({ length: 100_000 }, (_, i) => ({ i })))
}

const WAYS = {
  throw: () => {
    throw new TypeError('weights is undefined')
  },
  rejection: () => void Promise.reject(new Error('the promise was broken')),
  'exit 0': () => process.exit(0),
  'exit 1': () => process.exit(1),
  abort: () => process.abort(),
  'segmentation fault': () => process.kill(process.pid, 'SIGSEGV'),
  'out of memory': fillMemory,
  'endless loop': () => {
    for (;;);
  },
  'stopped process': () => process.kill(process.pid, 'SIGSTOP'),
  'unsent batch': () => {
    say(batch(1, 51, 50))
    process.exit(0)
  },
  'killed from outside': forEver,
  'deaf to stop': () => setInterval(() => say({ kind: 'heartbeat' }), 500),
}

if (process.env.DESCENT_TEST_WAY === 'exit before ready') process.exit(3)
if (process.env.DESCENT_TEST_WAY === 'never ready') forEver()
else {
  port.on('message', ({ data }) => {
    if (data.kind !== 'start') return
    say(started)
    say(batch(0, 1, 50))
    setTimeout(WAYS[data.job.spec.name], 100)
  })
  say({ kind: 'ready' })
}
