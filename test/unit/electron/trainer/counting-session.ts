// A session without a network: it counts. For tests of what surrounds a session, where the numbers do not matter.

import type { TrainingSession } from '../../../../engine/training/session-types'
import {
  STEP_METRICS,
  type EpochRecord,
  type SessionEnd,
  type StepMetric,
} from '../../../../engine/training/types'
import type { OpenedSession } from '../../../../electron/trainer/open-session'

export interface CountingOptions {
  epochs: number
  stepsPerEpoch: number
  /** The step after which values are no longer finite. */
  divergesAt?: number
  /** Each step keeps the processor busy for so long. */
  stepMs?: number
  /** Chunks do not continue each other, so that each is sent by itself. */
  isScattered?: boolean
  /** Takes as many steps a call as it is asked for, as a fast kernel does. */
  isFast?: boolean
  /** Called at each call, with how many steps were asked for. */
  onCall?: (limit: number) => void
  onClose?: () => void
  /** Called before each step. */
  onStep?: (step: number) => void
}

export function countingSession(options: CountingOptions): OpenedSession {
  const { epochs, stepsPerEpoch } = options
  const totalSteps = epochs * stepsPerEpoch
  let step = 0
  let drained = 0
  let records: Omit<EpochRecord, 'elapsedMs'>[] = []
  let isFinalDue = false

  function advance(limit = 1): 'working' | SessionEnd {
    options.onCall?.(limit)
    const most = options.isFast ? Math.min(limit, stepsPerEpoch - (step % stepsPerEpoch)) : 1
    for (let i = 1; i < most; i++) {
      const outcome = advanceOne()
      if (outcome !== 'working') return outcome
    }
    return advanceOne()
  }

  function advanceOne(): 'working' | SessionEnd {
    options.onStep?.(step + 1)
    const until = performance.now() + (options.stepMs ?? 0)
    while (performance.now() < until);
    step++
    if (step % stepsPerEpoch === 0) {
      const epoch = step / stepsPerEpoch
      records.push({ epoch, step, metrics: { 'train/loss': 1 / epoch } })
    }
    if (step === options.divergesAt) {
      return { kind: 'diverged', step, epoch: Math.ceil(step / stepsPerEpoch), reason: 'The loss is NaN.' }
    }
    if (step < totalSteps) return 'working'
    isFinalDue = true
    return { kind: 'finished' }
  }

  const session = {
    kernel: 'counting',
    parameterCount: 3,
    stepsPerEpoch,
    totalSteps,
    blocks: [],
    advance,
    drain() {
      const count = step - drained
      const values = Float64Array.from({ length: count }, (_, i) => 1 / (drained + i + 1))
      const columns = Object.fromEntries(STEP_METRICS.map((metric) => [metric, values.slice()]))
      const chunk =
        count === 0
          ? null
          : {
              firstStep: drained + 1,
              stride: options.isScattered ? 1 + (drained % 2) : 1,
              count,
              columns: columns as Record<StepMetric, Float64Array>,
            }
      const result = { chunk, epochs: records, final: isFinalDue ? { 'test/loss': 0.5 } : null, more: false }
      drained = step
      records = []
      isFinalDue = false
      return result
    },
    closeInterval() {},
    close: () => options.onClose?.(),
    progress: () => ({
      step,
      totalSteps,
      epoch: step / stepsPerEpoch,
      totalEpochs: epochs,
      samples: step * 10,
    }),
    inspect: () => ({
      epoch: Math.floor(step / stepsPerEpoch),
      step,
      part: 'training' as const,
      picture: { kind: 'confusion' as const, classNames: ['a'], counts: new Uint32Array(1), mistakes: [] },
    }),
    parameters: () => ({ weights: Float64Array.of(step, 1), biases: Float64Array.of(2) }),
  }
  return {
    // Only what a host uses of a session is here.
    session: session as unknown as TrainingSession,
    started: {
      kernel: 'counting',
      engineVersion: '0.0.0',
      dataHash: 'none',
      parameters: 3,
      totalSteps,
      stepsPerEpoch,
    },
  }
}
