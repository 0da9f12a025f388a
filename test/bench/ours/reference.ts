// The engine as it stands, in this process: the definition that every faster kernel has to equal.
import { kernelFor } from '../../../engine/kernels'
import { meanSquare } from '../lib/data.mjs'
import { serve } from '../lib/serve.mjs'
import type { Data, Trainer } from '../lib/serve.mjs'
import { trainedSession } from './session'

const versions = { node: process.versions.node, v8: process.versions.v8 }

/** C = A B. The kernel multiplies by the transposed second factor, as a dense layer does. */
function product({ m, k, n, arrays }: Data): Trainer {
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

function training(data: Data): Trainer {
  const { session, losses } = trainedSession(data)
  const step = () => {
    const state = session.advance()
    if (state !== 'working') throw new Error(`The session ended: ${JSON.stringify(state)}`)
  }
  // The log interval never ends here; epochs are handed over.
  return { step, samples: data.batch, versions, losses, afterSlice: () => session.drain() }
}

await serve((data) => ('layers' in data ? training(data) : product(data)))
