// Calls of the benchmark. Each measurement is a question to a process of its own; nothing may train meanwhile.

import { cpus } from 'node:os'
import { DescentError } from '../../../engine/errors'
import { planBenchmark } from '../../benchmark/plan'
import { WORKLOADS } from '../../benchmark/workloads'
import { kernelFacts } from '../../kernels/availability'
import { Analyses } from '../analyses'
import type { Handlers } from '../rpc'
import type { HandlerContext } from './context'

type Names = 'benchmark.plan' | 'benchmark.measure' | 'benchmark.cancel'

export function benchmarkHandlers(context: HandlerContext): Pick<Handlers, Names> {
  const { facts, log, runControl } = context
  const analyses = new Analyses(context.benchmark, context.publish)

  function refuse(name: string): never {
    throw new DescentError(
      'conflict',
      `The run "${name}" is training, and both would be slowed by the other.`,
      'Wait until it has ended, or pause it.',
    )
  }

  return {
    'benchmark.plan': () => {
      // Those of the command line as well.
      const training = log.listRuns().find(({ status }) => status === 'running')
      if (training) refuse(training.name)
      const { electron, node, v8 } = process.versions
      return {
        cpu: cpus()[0]?.model.trim() ?? 'unknown processor',
        cores: facts.cores,
        runtime: `Electron ${electron ?? '–'}, Node ${node}, V8 ${v8}`,
        workloads: WORKLOADS.map(({ name, title, details }) => ({ name, title, details })),
        measurements: planBenchmark(kernelFacts(), facts.cores),
      }
    },
    'benchmark.measure': ({ token, ...question }) => {
      const training = runControl.trainingRun
      if (training !== null) refuse(log.getRun(training)?.name ?? training)
      return analyses.ask(token, 'benchmark', question)
    },
    'benchmark.cancel': ({ token }) => {
      analyses.cancel(token)
      return null
    },
  }
}
