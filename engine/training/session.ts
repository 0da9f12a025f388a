// The training session: from a spec and prepared data to a trained model, one bounded step at a time.

import { DescentError } from '../errors'
import type { PreparedData } from '../data/prepared'
import type { ExperimentSpec } from '../spec/schema'
import type { TrainingSession } from './session-types'

/** @throws DescentError('bad-spec') with problems when spec and data do not fit each other */
export function createSession(_spec: ExperimentSpec, _data: PreparedData): TrainingSession {
  throw new DescentError('internal', 'Sessions are not written yet.')
}
