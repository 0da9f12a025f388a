// The learning rate over a run as the engine's schedules give it, sampled for a small drawing.

import { rateOf } from '../../../../engine/optimizers/schedules'
import { optimizerSchema } from '../../../../engine/spec/schema'
import { getIn, type Json } from '../model/json-path'

export interface ScheduleCurve {
  rates: Float64Array
  epochs: number
  highest: number
}

const SAMPLES = 240

/**
 * The curve of an optimizer's schedule; null while a setting it needs is not valid.
 * @param examples training examples, null when they are not known yet: one step an epoch is drawn then
 */
export function scheduleCurve(
  optimizer: Json | undefined,
  training: Json | undefined,
  examples: number | null,
): ScheduleCurve | null {
  const parsed = optimizerSchema.safeParse(optimizer)
  const epochs = getIn(training, 'epochs')
  const batchSize = getIn(training, 'batchSize')
  if (!parsed.success || typeof epochs !== 'number' || typeof batchSize !== 'number') return null
  if (!Number.isInteger(epochs) || epochs < 1 || batchSize < 1) return null
  const stepsPerEpoch = examples === null ? 1 : Math.max(1, Math.ceil(examples / batchSize))
  const totalSteps = stepsPerEpoch * epochs
  const count = Math.min(SAMPLES, totalSteps)
  const rates = new Float64Array(Math.max(2, count))
  for (let i = 0; i < rates.length; i++) {
    const step = Math.round((i * (totalSteps - 1)) / (rates.length - 1))
    rates[i] = rateOf(parsed.data, { step, epoch: Math.floor(step / stepsPerEpoch), totalSteps })
  }
  const highest = rates.reduce((most, rate) => Math.max(most, rate), 0)
  return highest > 0 ? { rates, epochs, highest } : null
}
