// Calls about runs: run control for what trains, the log for what is known.

import { DescentError } from '../../../engine/errors'
import { parseSpec } from '../../../engine/spec/parse'
import type { RunSummary } from '../../contract'
import type { Handlers } from '../rpc'
import type { HandlerContext } from './context'

type Names =
  | 'runs.start'
  | 'runs.list'
  | 'runs.detail'
  | 'runs.curves'
  | 'runs.inspection'
  | 'runs.weights'
  | 'runs.pause'
  | 'runs.resume'
  | 'runs.stop'
  | 'runs.rename'
  | 'runs.setTags'
  | 'runs.setNote'
  | 'runs.delete'
  | 'runs.restore'

export function runHandlers({ log, runControl, publish }: HandlerContext): Pick<Handlers, Names> {
  function changed(runs: readonly RunSummary[]): void {
    publish('runs.changed', { runs })
  }

  return {
    'runs.start': ({ spec, kernel }) => {
      if (log.readOnly !== null) {
        throw new DescentError(
          'read-only',
          `No run can be started: ${log.path} can not be written (${log.readOnly}).`,
          'Make the file and its folder writable, or start Descent with another database (--db PATH).',
        )
      }
      return runControl.start(parseSpec(spec), kernel)
    },
    'runs.list': () => log.listRuns(),
    'runs.detail': ({ id }) => log.detail(id),
    'runs.curves': ({ ids }) => log.curves(ids),
    'runs.inspection': ({ id, epoch }) => log.inspection(id, epoch),
    'runs.weights': ({ id }) => log.weights(id),
    'runs.pause': ({ id }) => {
      runControl.pause(id)
      return null
    },
    'runs.resume': ({ id }) => {
      runControl.resume(id)
      return null
    },
    'runs.stop': async ({ id }) => {
      await runControl.stop(id)
      return null
    },
    'runs.rename': ({ id, name }) => {
      const run = log.rename(id, name)
      changed([run])
      return run
    },
    'runs.setTags': ({ ids, add, remove }) => {
      const runs = log.setTags(ids, add, remove)
      changed(runs)
      return runs
    },
    'runs.setNote': ({ id, note }) => {
      const run = log.setNote(id, note)
      changed([run])
      return run
    },
    'runs.delete': async ({ ids }) => {
      await runControl.delete(ids)
      return null
    },
    'runs.restore': ({ ids }) => {
      const runs = log.restore(ids)
      changed(runs)
      return runs
    },
  }
}
