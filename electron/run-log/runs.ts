// Runs as rows: created, listed, found. Their curves are elsewhere.

import type { ExperimentSpec } from '../../engine/spec/schema'
import { flattenSpec } from '../../engine/spec/paths'
import type { PackedRuns, RunSummary } from '../contract'
import { noSuchRun, type LogContext } from './context'
import { experimentKey, storedSpec } from './experiment-key'
import { packRuns } from './pack-runs'
import { createRunId } from './run-id'
import { toSummary, type RunRow } from './run-row'

const SELECT_RUN = 'SELECT * FROM run WHERE id = ? AND purged_at IS NULL'
const SELECT_RUNS = 'SELECT * FROM run WHERE deleted_at IS NULL ORDER BY number DESC'
const SELECT_PRESENT = `
SELECT run.* FROM json_each(?) AS wanted JOIN run ON run.id = wanted.value WHERE run.deleted_at IS NULL`
const SELECT_TRASH = `
SELECT * FROM run WHERE deleted_at IS NOT NULL AND purged_at IS NULL ORDER BY number DESC`
const SELECT_NEWEST = 'SELECT id, number FROM run ORDER BY number DESC LIMIT 1'
const SELECT_LAST_PURGED = 'SELECT last_number FROM purged'
const SELECT_EXPERIMENT = 'SELECT number FROM experiment WHERE key = ?'
const INSERT_EXPERIMENT = 'INSERT INTO experiment (key) VALUES (?)'
const SELECT_TAGS = 'SELECT tag FROM run_tag WHERE run_id = ? ORDER BY position'
const SELECT_ALL_TAGS = 'SELECT run_id, tag FROM run_tag ORDER BY run_id, position'
const SELECT_SPEC = 'SELECT spec FROM run_spec WHERE run_id = ?'
const SELECT_CHANGED = 'SELECT id, change FROM run WHERE change > ? ORDER BY change'
const INSERT_RUN = `
INSERT INTO run (
  id, number, name, experiment, status, created_at, process_id, seed, dataset_id, total_epochs, change, hyperparameters
) VALUES (
  @id, @number, @name, @experiment, 'queued', @createdAt, @processId, @seed, @datasetId, @totalEpochs, @change,
  @hyperparameters
)`
const INSERT_SPEC = 'INSERT INTO run_spec (run_id, spec) VALUES (?, ?)'
const INSERT_HYPERPARAMETER = `
INSERT INTO hyperparameter (run_id, position, path, kind, number, text) VALUES (?, ?, ?, ?, ?, ?)`

/** Runs from which on all tags are read at once and not those of one run after the other. */
const MANY = 100

export type RunStore = ReturnType<typeof createRunStore>

type HyperparameterValue = string | number | boolean | null

/** Columns kind, number, text. A boolean is 0 or 1, so that it can be compared and averaged. */
function hyperparameterColumns(value: HyperparameterValue): [string, number | null, string | null] {
  switch (typeof value) {
    case 'number':
      return ['number', value, null]
    case 'boolean':
      return ['boolean', value ? 1 : 0, null]
    case 'string':
      return ['text', null, value]
    default:
      return ['null', null, null]
  }
}

export function createRunStore(context: LogContext) {
  const { database } = context
  const selectRun = database.prepare<[string], RunRow>(SELECT_RUN)
  const selectRuns = database.prepare<[], RunRow>(SELECT_RUNS)
  const selectPresent = database.prepare<[string], RunRow>(SELECT_PRESENT)
  const selectTrash = database.prepare<[], RunRow>(SELECT_TRASH)
  const selectLastPurged = database.prepare<[], number>(SELECT_LAST_PURGED).pluck()
  const selectExperiment = database.prepare<[string], number>(SELECT_EXPERIMENT).pluck()
  const insertExperiment = database.prepare(INSERT_EXPERIMENT)
  const selectNewest = database.prepare<[], { id: string; number: number }>(SELECT_NEWEST)
  const selectTags = database.prepare<[string], string>(SELECT_TAGS).pluck()
  const selectAllTags = database.prepare<[], { run_id: string; tag: string }>(SELECT_ALL_TAGS)
  const selectSpec = database.prepare<[string], string>(SELECT_SPEC).pluck()
  const selectChanged = database.prepare<[number], { id: string; change: number }>(SELECT_CHANGED)
  const insertRun = database.prepare(INSERT_RUN)
  const insertSpec = database.prepare(INSERT_SPEC)
  const insertHyperparameter = database.prepare(INSERT_HYPERPARAMETER)

  /** @throws DescentError 'not-found' */
  function row(id: string): RunRow {
    const found = selectRun.get(id)
    if (!found) throw noSuchRun(id)
    return found
  }

  /** Of many runs, read at once. */
  function allTags(): (id: string) => readonly string[] {
    const tags = new Map<string, string[]>()
    for (const { run_id, tag } of selectAllTags.iterate()) {
      const known = tags.get(run_id)
      if (known) known.push(tag)
      else tags.set(run_id, [tag])
    }
    return (id) => tags.get(id) ?? []
  }

  function listed(rows: readonly RunRow[]): RunSummary[] {
    const tagsOf = allTags()
    return rows.map((row) => toSummary(row, tagsOf(row.id)))
  }

  /** Number of the spec's design, a new one where it is the first run of it. */
  function experimentOf(spec: ExperimentSpec): number {
    const key = experimentKey(spec)
    return selectExperiment.get(key) ?? Number(insertExperiment.run(key).lastInsertRowid)
  }

  return {
    row,

    find(id: string): RunSummary | null {
      const found = selectRun.get(id)
      return found ? toSummary(found, selectTags.all(id)) : null
    },

    summary(id: string): RunSummary {
      return toSummary(row(id), selectTags.all(id))
    },

    list(): RunSummary[] {
      return listed(selectRuns.all())
    },

    trash(): RunSummary[] {
      return listed(selectTrash.all())
    },

    /** Of a list those that are not in the trash. */
    packed(which: 'current' | 'trash' | readonly string[]): PackedRuns {
      // Row by row: all of them at once would be garbage by the dozen megabytes.
      if (which === 'current') return packRuns(selectRuns.iterate(), allTags())
      if (which === 'trash') return packRuns(selectTrash.iterate(), allTags())
      const tagsOf = which.length < MANY ? (id: string) => selectTags.all(id) : allTags()
      return packRuns(selectPresent.iterate(JSON.stringify(which)), tagsOf)
    },

    tags(id: string): string[] {
      return selectTags.all(id)
    },

    spec(id: string): ExperimentSpec {
      const json = selectSpec.get(id)
      if (json === undefined) throw noSuchRun(id)
      return storedSpec(json)
    },

    /** Runs whose row changed after the change numbered `after`, oldest change first. */
    changedAfter(after: number): { id: string; change: number }[] {
      return selectChanged.all(after)
    },

    /** Inside a transaction. Returns the new run's id. */
    insert(spec: ExperimentSpec, processId: number, createdAt: number): string {
      const newest = selectNewest.get()
      const id = createRunId(createdAt, newest?.id ?? null)
      const hyperparameters: Record<string, HyperparameterValue> = flattenSpec(spec)
      insertRun.run({
        id,
        number: Math.max(newest?.number ?? 0, selectLastPurged.get() ?? 0) + 1,
        name: spec.name,
        experiment: experimentOf(spec),
        createdAt,
        processId,
        seed: spec.training.seed,
        datasetId: spec.dataset.id,
        totalEpochs: spec.training.epochs,
        change: context.nextChange(id),
        hyperparameters: JSON.stringify(hyperparameters),
      })
      insertSpec.run(id, JSON.stringify(spec))
      Object.entries(hyperparameters).forEach(([path, value], position) => {
        insertHyperparameter.run(id, position, path, ...hyperparameterColumns(value))
      })
      return id
    },
  }
}
