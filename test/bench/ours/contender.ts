// The engine with one kernel, behind the line protocol: inside a utility process of Electron, as users train, or in
// Node. Arguments: kernel (native, wasm-fma, wasm-simd, reference) and the most threads.
import { kernelFor } from '../../../engine/kernels'
import type { Compute, FastKernelName } from '../../../engine/kernels/program/kernel'
import { FAST_KERNELS } from '../../../engine/kernels/program/kernel'
import { fastKernel } from '../../../electron/kernels/load'
import { meanSquare } from '../lib/data.mjs'
import { answering, serve, Skip } from '../lib/serve.mjs'
import type { Data, Trainer } from '../lib/serve.mjs'
import { productSession, trainedSession } from './session'

const [name, mostThreads] = process.argv.slice(-2)
const versions: Record<string, string> = {
  electron: process.versions.electron ?? '-',
  v8: process.versions.v8,
}

function computeOf(): Compute | null {
  if (name === 'reference') return null
  if (!(FAST_KERNELS as readonly string[]).includes(name)) throw new Error(`There is no kernel "${name}".`)
  const kernel = fastKernel(name as FastKernelName)
  if (kernel === null) throw new Skip(`the kernel ${name} is not available here`)
  return { kernel, threads: Number(mostThreads) }
}

/** C = A B. A kernel multiplies by weights that lie in its own order, as they do in training. */
function product(data: Data, compute: Compute | null): Trainer {
  if (compute === null) return referenceProduct(data)
  if (compute.threads > 1) throw new Skip('products are measured on one thread')
  const { program, output } = productSession(data, compute)
  const steps = (count: number) => program.repeatForward(data.m, count)
  steps(1)
  return { step: () => steps(1), steps, samples: 1, versions, losses: [meanSquare(output())] }
}

function referenceProduct({ m, k, n, arrays }: Data): Trainer {
  const kernel = kernelFor('float32')
  const a = Float32Array.from(arrays.a.values)
  const turned = new Float32Array(n * k)
  for (let i = 0; i < k; i++) for (let j = 0; j < n; j++) turned[j * k + i] = arrays.b.values[i * n + j]
  const c = new Float32Array(m * n)
  const zeros = new Float32Array(n)
  const step = () => kernel.denseForward(c, a, turned, zeros, m, k, n)
  step()
  return { step, samples: 1, versions, losses: [meanSquare(c)] }
}

function training(data: Data, compute: Compute | null): Trainer {
  const { session, losses } = trainedSession(data, compute)
  if (compute !== null && compute.threads > 1 && !session.kernel.includes(' x')) {
    session.close()
    throw new Skip('its steps are too short for more than one thread')
  }
  const steps = (count: number) => {
    const end = session.progress().step + count
    while (session.progress().step < end) {
      const state = session.advance(end - session.progress().step)
      if (state !== 'working') throw new Error(`The session ended: ${JSON.stringify(state)}`)
    }
  }
  // The log interval never ends here; epochs are handed over.
  return {
    step: () => steps(1),
    steps,
    samples: data.batch,
    versions,
    losses,
    afterSlice: () => session.drain(),
  }
}

function prepare(data: Data): Trainer {
  const compute = computeOf()
  return 'layers' in data ? training(data, compute) : product(data, compute)
}

const port = process.parentPort as Electron.ParentPort | undefined
if (port === undefined) await serve(prepare)
else {
  const answer = answering(prepare)
  port.on('message', ({ data }) => void answer(data).then((said) => port.postMessage(said)))
  port.postMessage({ ready: true })
}
