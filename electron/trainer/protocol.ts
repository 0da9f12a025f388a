// Messages between the trainer and whoever runs it: run control in the main process (over a utility
// process's port) or the command line (in the same process). Plain data, structured-clonable.

import type { SentChunk } from '../../engine/training/sent-chunk'
import type { SentEpochs } from '../../engine/training/sent-epochs'
import type { Inspection, Progress, SessionEnd } from '../../engine/training/types'
import type { ExperimentSpec } from '../../engine/spec/schema'
import type { CallError } from '../contract'
import type { ComputeWish } from '../kernels/load'

/** Points may wait this long before they are sent, logged and shown. */
export const FLUSH_INTERVAL_MS = 100
/** More batches than this may not be under way unacknowledged; the trainer waits. */
export const MAXIMUM_UNACKNOWLEDGED = 32
export const HEARTBEAT_INTERVAL_MS = 1000

export interface TrainingJob {
  runId: string
  spec: ExperimentSpec
  /** Folder of the imported data sets. */
  datasetFolder: string
  compute: ComputeWish
}

/** One flush: everything recorded since the flush before. */
export interface MetricBatch {
  /** 0, 1, 2, ... without a gap; acknowledged after its transaction has committed. */
  sequence: number
  chunk: SentChunk | null
  epochs: SentEpochs
  progress: Progress
  activeMs: number
  samplesPerSecond: number | null
  remainingMs: number | null
}

export interface Checkpoint {
  epoch: number
  step: number
  weights: Float64Array | Float32Array
  biases: Float64Array | Float32Array
}

export interface StartedInfo {
  kernel: string
  engineVersion: string
  dataHash: string
  parameters: number
  totalSteps: number
  stepsPerEpoch: number
}

export type TrainerMessage =
  /** It can be sent a job: at the beginning, and again after each run that ended. */
  | { kind: 'ready' }
  /** Instead of 'ready' after a run: it holds too much memory for another one, and waits to be let go. */
  | { kind: 'spent' }
  | { kind: 'heartbeat' }
  | ({ kind: 'started' } & StartedInfo)
  | { kind: 'batch'; batch: MetricBatch }
  | { kind: 'inspection'; inspection: Inspection }
  | { kind: 'checkpoint'; checkpoint: Checkpoint }
  | { kind: 'paused'; step: number }
  | { kind: 'resumed'; step: number }
  /** The last message of a run that ended in order; every batch was sent before it. */
  | {
      kind: 'done'
      end: SessionEnd | { kind: 'stopped' }
      /** test/loss and test/accuracy where there is a test part. */
      final: Record<string, number>
      weightsHash: string
    }
  | { kind: 'failed'; error: CallError }

export type TrainerCommand =
  | { kind: 'start'; job: TrainingJob }
  | { kind: 'pause' }
  | { kind: 'resume' }
  | { kind: 'stop' }
  /** Ends the process, once its run is over. */
  | { kind: 'leave' }
  | { kind: 'acknowledge'; sequence: number }
