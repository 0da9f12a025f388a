// A run's way from queued to its end: each step is one transaction that changes the row and adds an event.

import type { SessionEnd } from '../../engine/training/types'
import type { ExperimentSpec } from '../../engine/spec/schema'
import type { RunEvent, RunStatus, RunSummary } from '../contract'
import type { StartedInfo } from '../trainer/protocol'
import type { LogContext } from './context'
import type { EpochStore } from './epochs'
import { summariesFromJson, summariesToJson, withFinal } from './metric-summary'
import type { OwnerStore } from './owners'
import type { RunStore } from './runs'
import type { Owner } from './types'

const INSERT_EVENT = 'INSERT INTO event (run_id, at, kind, step, message) VALUES (?, ?, ?, ?, ?)'
const SELECT_EVENTS = 'SELECT at, kind, step, message FROM event WHERE run_id = ? ORDER BY id'
const UPDATE_STARTED = `
UPDATE run SET
  status = 'running', reason = NULL, started_at = @startedAt, kernel = @kernel, engine_version = @engineVersion,
  data_hash = @dataHash, parameters = @parameters, total_steps = @totalSteps, steps_per_epoch = @stepsPerEpoch,
  change = @change
WHERE id = @id`
const UPDATE_STATUS = 'UPDATE run SET status = ?, change = ? WHERE id = ?'
const UPDATE_ENDED = 'UPDATE run SET status = ?, reason = ?, ended_at = ?, change = ? WHERE id = ?'
const UPDATE_FINAL = 'UPDATE run SET metrics = ?, weights_hash = ? WHERE id = ?'

export type Lifecycle = ReturnType<typeof createLifecycle>

export function createLifecycle(context: LogContext, runs: RunStore, owners: OwnerStore, epochs: EpochStore) {
  const { database } = context
  const insertEvent = database.prepare(INSERT_EVENT)
  const selectEvents = database.prepare<[string], RunEvent>(SELECT_EVENTS)
  const updateStarted = database.prepare(UPDATE_STARTED)
  const updateStatus = database.prepare(UPDATE_STATUS)
  const updateEnded = database.prepare(UPDATE_ENDED)
  const updateFinal = database.prepare(UPDATE_FINAL)

  /** Inside a transaction. */
  function addEvent(id: string, kind: string, step: number | null, message: string): void {
    insertEvent.run(id, Date.now(), kind, step, message)
  }

  /** Inside a transaction. */
  function end(id: string, status: RunStatus, reason: string | null, message: string): void {
    const run = runs.row(id)
    // The clock may have been set back meanwhile: a duration is never negative.
    const endedAt = Math.max(Date.now(), run.started_at ?? run.created_at)
    updateEnded.run(status, reason, endedAt, context.nextChange(id), id)
    addEvent(id, status, run.started_at === null ? null : run.step, message)
  }

  function change(id: string, work: () => void): RunSummary {
    return context.write(() => {
      work()
      return runs.summary(id)
    })
  }

  return {
    addEvent,

    events(id: string): RunEvent[] {
      return selectEvents.all(id)
    },

    createRuns(specs: readonly ExperimentSpec[], owner: Owner): RunSummary[] {
      const message = owner === 'app' ? 'Created in the application.' : 'Created on the command line.'
      return context.write(() =>
        specs.map((spec) => {
          const id = runs.insert(spec, owners.register(), Date.now())
          addEvent(id, 'created', null, message)
          return runs.summary(id)
        }),
      )
    },

    markStarted(id: string, info: StartedInfo): RunSummary {
      return change(id, () => {
        const startedAt = Math.max(Date.now(), runs.row(id).created_at)
        updateStarted.run({ id, startedAt, change: context.nextChange(id), ...info })
        addEvent(
          id,
          'started',
          0,
          `Started with kernel ${info.kernel}, ${info.totalSteps.toLocaleString('en-US')} steps planned.`,
        )
      })
    },

    markPaused(id: string, step: number): RunSummary {
      return change(id, () => {
        runs.row(id)
        updateStatus.run('paused', context.nextChange(id), id)
        addEvent(id, 'paused', step, 'Paused.')
      })
    },

    markResumed(id: string, step: number): RunSummary {
      return change(id, () => {
        runs.row(id)
        updateStatus.run('running', context.nextChange(id), id)
        addEvent(id, 'resumed', step, 'Resumed.')
      })
    },

    markDone(
      id: string,
      ending: SessionEnd | { kind: 'stopped' },
      final: Record<string, number>,
      weightsHash: string,
      stopReason: string | null = null,
    ): RunSummary {
      return change(id, () => {
        epochs.insertFinal(id, final)
        updateFinal.run(
          summariesToJson(withFinal(summariesFromJson(runs.row(id).metrics), final)),
          weightsHash,
          id,
        )
        switch (ending.kind) {
          case 'finished':
            return end(id, 'finished', null, 'Finished.')
          case 'stopped':
            return end(id, 'stopped', stopReason, stopReason ?? 'Stopped.')
          case 'diverged':
            return end(id, 'diverged', ending.reason, ending.reason)
        }
      })
    },

    markEnded(
      id: string,
      status: Extract<RunStatus, 'failed' | 'interrupted' | 'stopped'>,
      reason: string,
    ): RunSummary {
      return change(id, () => end(id, status, reason, reason))
    },

    closeAbandonedRuns(): RunSummary[] {
      return context.write(() =>
        owners.abandoned().map(({ id, reason }) => {
          end(id, 'interrupted', reason, reason)
          return runs.summary(id)
        }),
      )
    },
  }
}
