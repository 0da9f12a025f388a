// Calls about runs: run control for what trains, the log for what is known.

import { DescentError } from '../../../engine/errors'
import { parseSpec } from '../../../engine/spec/parse'
import type { RunSummary } from '../../contract'
import type { Handlers } from '../rpc'
import { changeRuns, checkChangeable, type ManyRuns } from '../many-runs'
import { specsOfSeeds } from '../specs-of-seeds'
import type { HandlerContext } from './context'

type Names =
  | 'runs.start'
  | 'runs.startSeeds'
  | 'runs.list'
  | 'runs.listTrash'
  | 'runs.rows'
  | 'runs.detail'
  | 'runs.curves'
  | 'runs.valuesAt'
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
  | 'runs.purge'
  | 'runs.setArchived'
  | 'runs.setLocked'

export function runHandlers({ log, runControl, purging, publish }: HandlerContext): Pick<Handlers, Names> {
  const many: ManyRuns = { log, publish }
  function changed(runs: readonly RunSummary[]): void {
    publish('runs.changed', { runs })
  }

  function checkWritable(): void {
    if (log.readOnly === null) return
    throw new DescentError(
      'read-only',
      `No run can be started: ${log.path} can not be written (${log.readOnly}).`,
      'Make the file and its folder writable, or start Descent with another database (--db PATH).',
    )
  }

  return {
    'runs.start': ({ spec, kernel }) => {
      checkWritable()
      return runControl.start(parseSpec(spec), kernel)
    },
    'runs.startSeeds': ({ spec, seeds, kernel }) => {
      checkWritable()
      return runControl.startAll(specsOfSeeds(parseSpec(spec), seeds), kernel)
    },
    'runs.list': () => log.listRuns(),
    'runs.listTrash': () => log.listTrash(),
    'runs.rows': ({ ids }) => log.getRuns(ids).filter((run) => run.deletedAt === null),
    'runs.detail': ({ id }) => log.detail(id),
    'runs.curves': ({ ids, metrics }) => log.chosenCurves(ids, metrics),
    'runs.valuesAt': ({ ids, metric, epoch }) => log.valuesAt(ids, metric, epoch),
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
    'runs.setTags': ({ ids, add, remove }) =>
      changeRuns(many, ids, (piece) => log.setTags(piece, add, remove), true),
    'runs.setNote': ({ id, note }) => {
      const run = log.setNote(id, note)
      changed([run])
      return run
    },
    'runs.delete': async ({ ids }) => {
      await checkChangeable(log, ids)
      await runControl.delete(ids)
      return null
    },
    'runs.restore': ({ ids }) => changeRuns(many, ids, (piece) => log.restore(piece)),
    'runs.purge': ({ ids }) => {
      log.markPurged(ids)
      purging.start()
      return null
    },
    'runs.setArchived': ({ ids, isArchived }) =>
      changeRuns(many, ids, (piece) => log.setArchived(piece, isArchived)),
    'runs.setLocked': ({ ids, isLocked }) => changeRuns(many, ids, (piece) => log.setLocked(piece, isLocked)),
  }
}
