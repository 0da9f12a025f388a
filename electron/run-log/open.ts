// Opens the run log and puts its parts together. See types.ts for what each call promises.

import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { messageOf } from '../../engine/errors'
import { STEP_COLUMNS } from '../../engine/training/types'
import { axesOf } from './axes'
import type { ChosenCurves, PackedCurves, RunCurves } from '../contract'
import { createBatchWriter } from './batches'
import { createChangeWatch } from './changes'
import { createCheckpointStore } from './checkpoints'
import { openConnection, type Connection } from './connection'
import { createContext } from './context'
import { createEpochStore } from './epochs'
import { createInspectionStore } from './inspections'
import { createLabels } from './labels'
import { layerWeights } from './layer-weights'
import { createLifecycle } from './lifecycle'
import { userVersion } from './migrations'
import { createOwnerStore } from './owners'
import { createPurge } from './purge'
import { createRunStore } from './runs'
import { createSettingStore } from './settings'
import { damagedError, explainSqliteError, sqliteCode } from './sqlite-errors'
import { createStepChunkStore, stepsOf } from './step-chunks'
import type { Owner, RunLog } from './types'

export interface OpenOptions {
  /** Which program this is; recorded with the process once it creates a run. */
  owner: Owner
  /** true: never writes, not even to migrate; for readers beside the process that owns the log. */
  readOnly?: boolean
}

/**
 * Opens the database at `path`, creating it (and its folder) where there is none.
 * @throws DescentError 'database-newer', 'database-damaged', 'read-only', 'disk-full', 'database-busy';
 * whatever it throws, an existing file is left as it was.
 */
export function openRunLog(path: string, { owner, readOnly = false }: OpenOptions): RunLog {
  const absolutePath = resolve(path)
  const connection = openConnection(absolutePath, readOnly)
  try {
    return assembleRunLog(absolutePath, connection, owner)
  } catch (thrown) {
    connection.close()
    // Every statement is prepared here; one that does not fit the tables means that those are not ours any more.
    throw sqliteCode(thrown) === 'SQLITE_ERROR'
      ? damagedError(absolutePath, `its tables are not those of its schema version (${messageOf(thrown)})`)
      : explainSqliteError(thrown, absolutePath)
  }
}

/** The log on a connection that is there. @throws what SQLite throws where the tables are not those of the schema */
export function assembleRunLog(
  absolutePath: string,
  { database, readOnly, close }: Connection,
  owner: Owner,
): RunLog {
  const context = createContext(absolutePath, database, readOnly)

  const runs = createRunStore(context)
  const owners = createOwnerStore(context, owner)
  const epochs = createEpochStore(context)
  const chunks = createStepChunkStore(context)
  const lifecycle = createLifecycle(context, runs, owners, epochs)
  const labels = createLabels(context, runs, lifecycle)
  const purge = createPurge(context)
  const inspections = createInspectionStore(context)
  const checkpoints = createCheckpointStore(context)
  const settings = createSettingStore(context)
  const packCurves = (ids: readonly string[], metrics: readonly string[]): PackedCurves[] =>
    context.read(() =>
      ids.map((runId) => {
        const row = runs.row(runId)
        return {
          runId,
          stepsPerEpoch: row.steps_per_epoch ?? 1,
          axes: axesOf(row, lifecycle.events(runId), (step) => chunks.activeMsAt(runId, step)),
          steps: chunks.read(runId, row.points, metrics),
          epochs: epochs.read(runId),
        }
      }),
    )
  const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

  return {
    path: absolutePath,
    readOnly,
    schemaVersion: userVersion(database),
    bytes: () => sizeOf(absolutePath) + sizeOf(`${absolutePath}-wal`),

    createRun: (spec, owner) => lifecycle.createRuns([spec], owner)[0],
    createRuns: lifecycle.createRuns,
    markStarted: lifecycle.markStarted,
    appendBatch: createBatchWriter(context, runs, chunks, epochs),
    storeInspection: inspections.store,
    storeCheckpoint: checkpoints.store,
    markPaused: lifecycle.markPaused,
    markResumed: lifecycle.markResumed,
    markDone: lifecycle.markDone,
    markEnded: lifecycle.markEnded,
    closeAbandonedRuns: lifecycle.closeAbandonedRuns,
    rename: labels.rename,
    lockedNames: labels.lockedNames,
    setTags: labels.setTags,
    setNote: labels.setNote,
    trash: labels.trash,
    restore: labels.restore,
    setArchived: labels.setArchived,
    setLocked: labels.setLocked,
    markPurged: purge.mark,
    deletePurged: purge.deleteSome,
    getSetting: settings.get,
    setSetting: settings.set,

    listRuns: () => context.read(runs.list),
    listTrash: () => context.read(runs.trash),
    getRun: (id) => context.read(() => runs.find(id)),
    getRuns: (ids) => context.read(() => ids.flatMap((id) => runs.find(id) ?? [])),
    detail: (id) =>
      context.read(() => ({
        summary: runs.summary(id),
        spec: runs.spec(id),
        stepsPerEpoch: runs.row(id).steps_per_epoch ?? 1,
        events: lifecycle.events(id),
        inspectionEpochs: inspections.epochs(id),
      })),
    // All step metrics were asked for.
    curves: (ids) => packCurves(ids, STEP_COLUMNS).map(withSteps) as RunCurves[],
    chosenCurves: (ids, metrics = STEP_COLUMNS) => packCurves(ids, metrics).map(withSteps),
    packCurves: (ids, metrics = STEP_COLUMNS) => packCurves(ids, metrics),
    packRuns: (which) => context.read(() => runs.packed(which)),
    valuesAt: (ids, metric, epoch) => context.read(() => epochs.valuesAt(ids, metric, epoch)),
    finalMetrics: (id) => context.read(() => epochs.readFinal(id)),
    inspection: (id, epoch) => context.read(() => inspections.read(id, epoch)),
    checkpoint: (id) => context.read(() => checkpoints.read(id)),
    weights: (id) =>
      context.read(() => {
        const checkpoint = checkpoints.read(id)
        if (!checkpoint) return null
        return {
          epoch: checkpoint.epoch,
          step: checkpoint.step,
          layers: layerWeights(runs.spec(id), checkpoint),
        }
      }),
    changedByOthers: createChangeWatch(context, runs),
    progress: (id) => context.read(() => runs.summary(id).progress),

    close() {
      if (!database.open) return
      try {
        if (readOnly === null) owners.end()
      } catch {
        // A full disk, for example: that this process has ended will be seen from the system as well.
      } finally {
        close()
      }
    },
  }
}

function withSteps({ steps: { stretches, elapsedMs, columns }, ...rest }: PackedCurves): ChosenCurves {
  return { ...rest, steps: { step: stepsOf(stretches), elapsedMs, columns } }
}
