// What is measured by epoch and once at the end: relational rows that any SQLite tool can query.

import type { EpochRecord } from '../../engine/training/types'
import type { RunCurves } from '../contract'
import type { LogContext } from './context'
import { createRowInserter, type SqlValue } from './insert-rows'
import { fromStored, toStored, type StoredValue } from './metric-value'

const INSERT_EPOCHS = 'INSERT INTO epoch (run_id, epoch, step, elapsed_ms) VALUES'
const INSERT_EPOCH_METRICS = 'INSERT INTO epoch_metric (run_id, epoch, metric, kind, value) VALUES'
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
  const insertEpochs = createRowInserter(database, INSERT_EPOCHS, 4)
  const insertEpochMetrics = createRowInserter(database, INSERT_EPOCH_METRICS, 5)
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

  return {
    insert(runId: string, records: readonly EpochRecord[]): void {
      const metricRows: SqlValue[] = []
      for (const { epoch, metrics } of records) {
        for (const metric in metrics) {
          const { kind, value } = toStored(metrics[metric])
          metricRows.push(runId, epoch, metric, kind, value)
        }
      }
      insertEpochs(records.flatMap(({ epoch, step, elapsedMs }) => [runId, epoch, step, elapsedMs]))
      insertEpochMetrics(metricRows)
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
