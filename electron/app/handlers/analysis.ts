// Calls that compute long about a network. They run in the analysis process; here is only who asked for what.

import { DescentError } from '../../../engine/errors'
import { parseSpec } from '../../../engine/spec/parse'
import type { ExperimentSpec } from '../../../engine/spec/schema'
import type { MicroscopeQuestion } from '../../analysis/microscope'
import type { AnalysisSubject, StoredAt } from '../../contract'
import type { Checkpoint } from '../../trainer/protocol'
import { Analyses } from '../analyses'
import type { Handlers } from '../rpc'
import type { HandlerContext } from './context'

type Names =
  | 'analysis.openMicroscope'
  | 'analysis.traceCell'
  | 'analysis.traceParameter'
  | 'analysis.checkGradients'
  | 'analysis.verify'
  | 'analysis.compareRepeats'
  | 'analysis.cancel'

export function analysisHandlers(context: HandlerContext): Pick<Handlers, Names> {
  const { log, store } = context
  const analyses = new Analyses(context.analysis, context.publish)

  /** The network that is asked about: a design as it starts, or a run as it was stored last. */
  function networkOf(subject: AnalysisSubject): { spec: ExperimentSpec; checkpoint: Checkpoint | null } {
    if ('spec' in subject) return { spec: parseSpec(subject.spec), checkpoint: null }
    const { spec, summary } = log.detail(subject.runId)
    const checkpoint = log.checkpoint(subject.runId)
    if (checkpoint) return { spec, checkpoint }
    throw new DescentError(
      'not-found',
      `No weights of the run "${summary.name}" are stored yet.`,
      'They are stored when a run pauses or ends, and now and then between: pause it and try again.',
    )
  }

  /** What is to be trained up to a step, and what is stored of it. @throws DescentError where the run is not so far */
  function steppedTo(
    subject: AnalysisSubject,
    step: number,
  ): Pick<MicroscopeQuestion, 'spec' | 'dataHash' | 'stored'> {
    if ('spec' in subject) return { spec: parseSpec(subject.spec), dataHash: null, stored: null }
    const { spec, summary } = log.detail(subject.runId)
    const { progress, dataHash } = summary
    if (step > progress.step) {
      throw new DescentError(
        'bad-input',
        `Step ${step}: the run "${summary.name}" has done ${progress.step}.`,
        'Choose a step that it has done, or wait until it comes there.',
      )
    }
    const checkpoint = log.checkpoint(subject.runId)
    return { spec, dataHash, stored: checkpoint?.step === step ? checkpoint : null }
  }

  return {
    'analysis.checkGradients': async ({ token, subject, batch }) => {
      const { spec, checkpoint } = networkOf(subject)
      const parameters = checkpoint && { weights: checkpoint.weights, biases: checkpoint.biases }
      const question = { spec, datasetFolder: store.folder, parameters, batch }
      const report = await analyses.ask(token, 'checkGradients', question)
      return { report, storedAt: storedAt(checkpoint) }
    },
    'analysis.verify': ({ token, systems, isQuick }) =>
      analyses.ask(token, 'verify', { systems, isQuick, datasetFolder: store.folder }),
    'analysis.compareRepeats': ({ token, runId, others }) =>
      analyses.ask(token, 'compareRepeats', { databasePath: log.path, runId, others }),
    'analysis.openMicroscope': ({ token, subject, step, place }) => {
      const question = { ...steppedTo(subject, step), datasetFolder: store.folder, step, place }
      return analyses.ask(token, 'openMicroscope', question)
    },
    'analysis.traceCell': (question) => context.analysis.ask('traceCell', question).answer,
    'analysis.traceParameter': (question) => context.analysis.ask('traceParameter', question).answer,
    'analysis.cancel': ({ token }) => {
      analyses.cancel(token)
      return null
    },
  }
}

function storedAt(checkpoint: Checkpoint | null): StoredAt | null {
  return checkpoint && { epoch: checkpoint.epoch, step: checkpoint.step }
}
