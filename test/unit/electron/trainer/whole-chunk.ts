import { timesOfChunk, type SentChunk } from '../../../../engine/training/sent-chunk'
import { STEP_METRICS, type StepChunk, type StepMetric } from '../../../../engine/training/types'

/** Each point with its own time and values. */
export function wholeChunk(sent: SentChunk): StepChunk {
  const { firstStep, stride, count, columns } = sent
  const whole = STEP_METRICS.map((metric) => {
    const values = columns[metric].length === 0 ? columns['batch/loss'] : columns[metric]
    return [metric, values.length === count ? values : new Float64Array(count).fill(values[0])]
  })
  return {
    firstStep,
    stride,
    count,
    elapsedMs: timesOfChunk(sent),
    columns: Object.fromEntries(whole) as Record<StepMetric, Float64Array>,
  }
}
