// Two designs with some seeds each, as a comparison has them: steps and epochs, one run that ended early, one that
// diverged at its end.

import type { RunLog } from '../../../electron/run-log/types'
import { exampleBatch, exampleChunk, exampleSpec, sampleValue, STARTED } from './run-samples'

const STEPS = 20
const STEPS_PER_EPOCH = 5

/** @returns ids by design, in order of the seeds */
export function comparedRuns(log: RunLog, seeds = 4): string[][] {
  return [0.01, 0.1].map((learningRate, design) =>
    Array.from({ length: seeds }, (_, index) => {
      const seed = index + 1
      const spec = exampleSpec(`moons lr ${learningRate} seed ${seed}`, seed)
      spec.optimizer.learningRate = learningRate
      const { id } = log.createRun(spec, 'app')
      log.markStarted(id, { ...STARTED, stepsPerEpoch: STEPS_PER_EPOCH, totalSteps: STEPS })
      const endsEarly = design === 0 && index === 1
      const diverges = design === 1 && index === 2
      const steps = endsEarly ? STEPS / 2 : STEPS
      const chunk = exampleChunk(seeds * design + index, steps, 1)
      for (let step = 0; step < steps; step++) {
        chunk.columns['batch/loss'][step] += 3 / (1 + step * (design + 1))
        chunk.elapsedMs[step] = 10 * step + 3 * seed
      }
      const batch = exampleBatch(0, steps, {
        chunk,
        epochs: Array.from({ length: steps / STEPS_PER_EPOCH }, (_unused, epoch) => ({
          epoch: epoch + 1,
          step: (epoch + 1) * STEPS_PER_EPOCH,
          elapsedMs: 10 * (epoch + 1) * STEPS_PER_EPOCH,
          metrics: {
            'val/loss':
              diverges && epoch === 3
                ? NaN
                : (1 + design) / (epoch + 1) + 0.1 * sampleValue(design, seed, epoch),
          },
        })),
      })
      const { progress } = batch
      log.appendBatch(id, {
        ...batch,
        progress: { ...progress, epoch: steps / STEPS_PER_EPOCH, totalEpochs: 4 },
      })
      if (diverges) {
        log.markDone(
          id,
          { kind: 'diverged', step: steps, epoch: 4, reason: 'The loss became NaN.' },
          {},
          'f'.repeat(64),
        )
      } else if (endsEarly) log.markDone(id, { kind: 'stopped' }, {}, 'e'.repeat(64))
      else log.markDone(id, { kind: 'finished' }, { 'test/loss': 0.5 }, `${seed}`.repeat(64))
      return id
    }),
  )
}
