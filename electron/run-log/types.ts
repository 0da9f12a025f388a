// The run log as its users see it: run control, the call handlers and the command line.
// One implementation, on SQLite, in this folder; whoever opens it for writing is its only writer in that process.

import type { Inspection, Progress, SessionEnd } from '../../engine/training/types'
import type { ExperimentSpec } from '../../engine/spec/schema'
import type {
  ChosenCurves,
  LayerWeights,
  PackedCurves,
  PackedRuns,
  RunCurves,
  RunDetail,
  RunStatus,
  RunSummary,
} from '../contract'
import type { Checkpoint, MetricBatch, StartedInfo } from '../trainer/protocol'

export type Owner = 'app' | 'command-line'

export interface RunLog {
  readonly path: string
  /** Null when it can be written, else why not. */
  readonly readOnly: string | null
  readonly schemaVersion: number
  bytes(): number

  // ---- writing: each call is one transaction
  createRun(spec: ExperimentSpec, owner: Owner): RunSummary
  /** All of them or none, numbered in this order. */
  createRuns(specs: readonly ExperimentSpec[], owner: Owner): RunSummary[]
  markStarted(id: string, info: StartedInfo): RunSummary
  appendBatch(id: string, batch: MetricBatch): void
  storeInspection(id: string, inspection: Inspection): void
  storeCheckpoint(id: string, checkpoint: Checkpoint): void
  markPaused(id: string, step: number): RunSummary
  markResumed(id: string, step: number): RunSummary
  markDone(
    id: string,
    end: SessionEnd | { kind: 'stopped' },
    final: Record<string, number>,
    weightsHash: string,
    /** Why it was stopped, one sentence; for { kind: 'stopped' } only. */
    stopReason?: string | null,
  ): RunSummary
  /** For failed and interrupted, and for a queued run that is stopped. */
  markEnded(
    id: string,
    status: Extract<RunStatus, 'failed' | 'interrupted' | 'stopped'>,
    reason: string,
  ): RunSummary
  rename(id: string, name: string): RunSummary
  setTags(ids: readonly string[], add: readonly string[], remove: readonly string[]): void
  setNote(id: string, note: string): RunSummary
  trash(ids: readonly string[]): void
  restore(ids: readonly string[]): void
  setArchived(ids: readonly string[], isArchived: boolean): void
  /** @throws DescentError 'conflict' by all that changes what a person says of it, while a run is locked */
  setLocked(ids: readonly string[], isLocked: boolean): void
  /** Runs of the trash that nobody sees again; their rows go by deletePurged. */
  markPurged(ids: readonly string[]): void
  /** Deletes a piece of what was marked, in this or an earlier life. Answers whether there may be more. */
  deletePurged(): boolean
  getSetting(key: string): unknown
  setSetting(key: string, value: unknown): void
  /** Runs left queued, running or paused by a process that is no longer alive become interrupted. */
  closeAbandonedRuns(): RunSummary[]

  // ---- reading
  /** All runs outside the trash, newest first. */
  listRuns(): RunSummary[]
  listTrash(): RunSummary[]
  getRun(id: string): RunSummary | null
  /** In the order of the ids, those of the trash as well; one that does not exist is left out. */
  getRuns(ids: readonly string[]): RunSummary[]
  detail(id: string): RunDetail
  curves(ids: readonly string[]): RunCurves[]
  /** Of the step columns those that are named alone, all for undefined. */
  chosenCurves(ids: readonly string[], metrics: readonly string[] | undefined): ChosenCurves[]
  /** The same, and rows of runs, in the form in which thousands of them go to the page. */
  packCurves(ids: readonly string[], metrics: readonly string[] | undefined): PackedCurves[]
  packRuns(which: 'current' | 'trash' | readonly string[]): PackedRuns
  /** One metric at one epoch, in the order of the ids; what was not measured is NaN, and 0 in `measured`. */
  valuesAt(
    ids: readonly string[],
    metric: string,
    epoch: number,
  ): { values: Float64Array; measured: Uint8Array }
  /** What was measured once, at the end: test/loss, test/accuracy. */
  finalMetrics(id: string): Record<string, number>
  /** The stored inspection of an epoch, the newest for null; null where there is none. */
  inspection(id: string, epoch: number | null): Inspection | null
  checkpoint(id: string): Checkpoint | null
  weights(id: string): { epoch: number; step: number; layers: LayerWeights[] } | null
  /** Ids of runs that another process changed since the last call; cheap, for polling. */
  changedByOthers(): string[]
  /** Names of those that are locked. @throws DescentError 'not-found' where one does not exist */
  lockedNames(ids: readonly string[]): string[]
  progress(id: string): Progress
  close(): void
}
