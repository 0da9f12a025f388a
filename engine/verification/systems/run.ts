// What the checks of all systems share: presets run by the very session that trains them in the application.

import { prepareData } from '../../data/prepare'
import type { PreparedData } from '../../data/prepared'
import { DescentError } from '../../errors'
import { PRESETS, presetSpec } from '../../presets/presets'
import { checkSpec, specError } from '../../spec/parse'
import { setAtPath } from '../../spec/paths'
import type { ExperimentSpec } from '../../spec/schema'
import { createSession } from '../../training/session'
import type { TrainingSession } from '../../training/session-types'
import { compare } from '../checks'
import type { Check, Means, Share } from '../checks'
import { checkGradients, DEFAULT_TOLERANCE } from '../gradient-check'
import type { SourceSystem } from '../../presets/sources/types'

/** A preset's spec with settings changed, path -> value. */
export function specOf(presetId: string, changes: Readonly<Record<string, unknown>> = {}): ExperimentSpec {
  const preset = PRESETS.find(({ id }) => id === presetId)
  if (preset === undefined) throw new DescentError('internal', `There is no preset "${presetId}".`)
  const input = Object.entries(changes).reduce<unknown>(
    (whole, [path, value]) => setAtPath(whole, path, JSON.stringify(value)),
    presetSpec(preset),
  )
  const { spec, problems } = checkSpec(input)
  if (spec === null) throw specError(problems)
  return spec
}

export function prepared(spec: ExperimentSpec, means: Means): PreparedData {
  return prepareData(spec.dataset, means.load(spec.dataset))
}

export function openSession(spec: ExperimentSpec, means: Means): TrainingSession {
  return createSession(spec, prepared(spec, means), means.compute(spec.training))
}

/** Trains to the end; the metrics of each epoch, epoch 1 at index 0. */
export function* trainAll(session: TrainingSession): Generator<Share, Record<string, number>[]> {
  const epochs: Record<string, number>[] = []
  const { totalSteps } = session
  for (let isWorking = true; isWorking;) {
    // A step of a small net takes less than looking at the time.
    for (let i = 0; i < 20 && isWorking; i++) isWorking = session.advance(20) === 'working'
    const { epochs: ended } = session.drain()
    for (const { metrics } of ended) epochs.push(metrics)
    yield session.progress().step / totalSteps
  }
  return epochs
}

/** Trains a preset for so many epochs. */
export function* trainPreset(
  presetId: string,
  changes: Readonly<Record<string, unknown>>,
  means: Means,
): Generator<Share, { epochs: Record<string, number>[]; session: TrainingSession }> {
  const spec = specOf(presetId, changes)
  const session = openSession(spec, means)
  const epochs = yield* trainAll(session)
  session.close()
  return { epochs, session }
}

/** The worst relative error of a preset's gradients against central differences. */
export function* gradientCheck(
  system: SourceSystem,
  presetId: string,
  examples: number,
  means: Means,
): Generator<Share, Check> {
  const spec = specOf(presetId, { 'training.precision': 'float64' })
  const data = prepared(spec, means)
  const batch = data.split.training.slice(0, examples)
  const steps = checkGradients({ spec, data, parameters: null, batch })
  for (let step = steps.next(); ; step = steps.next()) {
    if (!step.done) {
      yield step.value.done / step.value.total
      continue
    }
    const { checked, worst } = step.value
    const note = `${checked} parameters against central differences`
    return compare(
      system,
      `gradients of ${presetId}, worst relative error`,
      0,
      worst,
      DEFAULT_TOLERANCE,
      note,
    )
  }
}
