// What is measured by epoch and once at the end: relational rows that any SQLite tool can query.

import type { EpochColumns } from '../../engine/training/sent-epochs'
import type { RunCurves } from '../contract'
import type { LogContext } from './context'
import { createRowInserter, type RowInserter, type Shared, type SqlValue } from './insert-rows'
import { fromStored, isPlainNumber, toStored, type StoredValue } from './metric-value'

const INSERT_EPOCHS = 'INSERT INTO epoch (run_id, epoch, step, elapsed_ms) VALUES'
const EPOCH_ROW = '(@run, ?, ?, ?)'
const INSERT_EPOCH_METRICS = 'INSERT INTO epoch_metric (run_id, epoch, metric, kind, value) VALUES'
const METRIC_ROW = '(@run, ?, ?, ?, ?)'
/** Of the metric with that place among those of each epoch. */
const plainRow = (place: number): string => `(@run, ?, @metric${place}, 'finite', ?)`
const INSERT_FINAL_METRIC = `
INSERT INTO final_metric (run_id, metric, kind, value) VALUES (?, ?, ?, ?)
ON CONFLICT (run_id, metric) DO UPDATE SET kind = excluded.kind, value = excluded.value`
const SELECT_EPOCHS = 'SELECT epoch, step, elapsed_ms FROM epoch WHERE run_id = ? ORDER BY epoch'
const SELECT_EPOCH_METRICS = `
SELECT epoch, metric, kind, value FROM epoch_metric WHERE run_id = ? ORDER BY epoch, metric`
const SELECT_EPOCH_VALUE = `
SELECT kind, value FROM epoch_metric WHERE run_id = ? AND epoch = ? AND metric = ?`
const SELECT_FINAL_METRICS = 'SELECT metric, kind, value FROM final_metric WHERE run_id = ? ORDER BY metric'

export type EpochStore = ReturnType<typeof createEpochStore>

export function createEpochStore({ database }: LogContext) {
  const insertEpochs = createRowInserter(database, INSERT_EPOCHS, EPOCH_ROW)
  const insertMetrics = createRowInserter(database, INSERT_EPOCH_METRICS, METRIC_ROW)
  /** By the number of metrics that every epoch has: those of an epoch together. */
  const plainInserters = new Map<number, RowInserter>()
  const insertFinalMetric = database.prepare(INSERT_FINAL_METRIC)
  const selectEpochs = database.prepare<[string], { epoch: number; step: number; elapsed_ms: number }>(
    SELECT_EPOCHS,
  )
  const selectEpochMetrics = database.prepare<[string], { epoch: number; metric: string } & StoredValue>(
    SELECT_EPOCH_METRICS,
  )
  const selectEpochValue = database.prepare<[string, number, string], StoredValue>(SELECT_EPOCH_VALUE)
  const selectFinalMetrics = database.prepare<[string], { metric: string } & StoredValue>(
    SELECT_FINAL_METRICS,
  )

  /** Epochs with the same metrics, all of them finite, as nearly all are: few values are handed over for a row. */
  function insertPlain(
    run: Shared,
    epoch: Float64Array,
    columns: [string, { values: Float64Array }][],
  ): void {
    let insert = plainInserters.get(columns.length)
    if (!insert) {
      const row = columns.map((_, place) => plainRow(place)).join(', ')
      insert = createRowInserter(database, INSERT_EPOCH_METRICS, row)
      plainInserters.set(columns.length, insert)
    }
    const names = Object.fromEntries(columns.map(([metric], place) => [`metric${place}`, metric]))
    const rows: SqlValue[] = []
    epoch.forEach((number, i) => {
      for (const [, { values }] of columns) rows.push(number, values[i])
    })
    insert(rows, { ...run, ...names })
  }

  return {
    insert(runId: string, { epoch, step, elapsedMs, metrics }: EpochColumns): void {
      const shared = { run: runId }
      const places: SqlValue[] = []
      epoch.forEach((number, i) => places.push(number, step[i], elapsedMs[i]))
      insertEpochs(places, shared)

      const columns = Object.entries(metrics)
      if (columns.length === 0) return
      const isPlain = columns.every(
        ([, { values, measured }]) => !measured.includes(0) && values.every(isPlainNumber),
      )
      if (isPlain) return insertPlain(shared, epoch, columns)
      const rows: SqlValue[] = []
      epoch.forEach((number, i) => {
        for (const [metric, { values, measured }] of columns) {
          if (measured[i] === 0) continue
          const { kind, value } = toStored(values[i])
          rows.push(number, metric, kind, value)
        }
      })
      insertMetrics(rows, shared)
    },

    insertFinal(runId: string, final: Record<string, number>): void {
      for (const [metric, measured] of Object.entries(final)) {
        const { kind, value } = toStored(measured)
        insertFinalMetric.run(runId, metric, kind, value)
      }
    },

    read(runId: string): RunCurves['epochs'] {
      const rows = selectEpochs.all(runId)
      const indexOf = new Map(rows.map(({ epoch }, index) => [epoch, index]))
      const metrics: RunCurves['epochs']['metrics'] = {}
      for (const { epoch, metric, kind, value } of selectEpochMetrics.iterate(runId)) {
        const index = indexOf.get(epoch) as number
        metrics[metric] ??= {
          values: new Float64Array(rows.length).fill(NaN),
          measured: new Uint8Array(rows.length),
        }
        metrics[metric].values[index] = fromStored({ kind, value })
        metrics[metric].measured[index] = 1
      }
      return {
        epoch: Float64Array.from(rows, (row) => row.epoch),
        step: Float64Array.from(rows, (row) => row.step),
        elapsedMs: Float64Array.from(rows, (row) => row.elapsed_ms),
        metrics,
      }
    },

    /** Of many runs, in their order. */
    valuesAt(
      runIds: readonly string[],
      metric: string,
      epoch: number,
    ): { values: Float64Array; measured: Uint8Array } {
      const values = new Float64Array(runIds.length).fill(NaN)
      const measured = new Uint8Array(runIds.length)
      runIds.forEach((id, index) => {
        const row = selectEpochValue.get(id, epoch, metric)
        if (row === undefined) return
        values[index] = fromStored(row)
        measured[index] = 1
      })
      return { values, measured }
    },

    readFinal(runId: string): Record<string, number> {
      return Object.fromEntries(selectFinalMetrics.all(runId).map((row) => [row.metric, fromStored(row)]))
    },
  }
}
