// How far runs of the same design are apart from one of them: every logged loss, and the weights stored last.

import type { RepeatComparison, RunCurves } from '../contract'
import { paced, type AnswerControl } from '../data-process/paced'
import type { QuestionProgress } from '../data-process/protocol'
import { openRunLog } from '../run-log'
import type { Checkpoint } from '../trainer/protocol'

export interface RepeatsQuestion {
  databasePath: string
  runId: string
  others: readonly string[]
}

/** What is drawn of a long run: the largest difference of so many stretches. */
const DRAWN_POINTS = 400
const STEPS_A_SLICE = 20_000
/** Of each logged interval; its smallest and largest loss say no less than its mean. */
const STEP_LOSSES = ['batch/loss', 'batch/loss.min', 'batch/loss.max'] as const

/** @throws DescentError what the log throws, and 'canceled' */
export async function answerCompareRepeats(
  { databasePath, runId, others }: RepeatsQuestion,
  control: AnswerControl,
): Promise<RepeatComparison[]> {
  // A reader of its own: the application goes on writing meanwhile.
  const log = openRunLog(databasePath, { owner: 'app', readOnly: true })
  try {
    const own = { curves: log.curves([runId])[0], checkpoint: log.checkpoint(runId) }
    return await paced(
      (function* () {
        const comparisons: RepeatComparison[] = []
        for (const [index, id] of others.entries()) {
          yield { done: index, total: others.length }
          const other = { curves: log.curves([id])[0], checkpoint: log.checkpoint(id) }
          const losses = yield* compareLosses(own.curves, other.curves, {
            done: index,
            total: others.length,
          })
          comparisons.push({
            runId: id,
            ...losses,
            weights: compareWeights(own.checkpoint, other.checkpoint),
          })
        }
        return comparisons
      })(),
      control,
    )
  } finally {
    log.close()
  }
}

/** Of two numbers, or of NaN and infinities: equal ones are 0 apart, others infinitely far. */
export function distance(a: number, b: number): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0
  const difference = Math.abs(a - b)
  return Number.isNaN(difference) ? Infinity : difference
}

type Losses = Omit<RepeatComparison, 'runId' | 'weights'>

/** Over the steps and epochs that both have. */
export function* compareLosses(
  a: RunCurves,
  b: RunCurves,
  progress: QuestionProgress,
): Generator<QuestionProgress, Losses> {
  const apart = new Largest()
  const steps: number[] = []
  const differences: number[] = []
  const [own, other] = [a.steps, b.steps]
  for (let i = 0, j = 0; i < own.step.length && j < other.step.length;) {
    if (own.step[i] < other.step[j]) i++
    else if (own.step[i] > other.step[j]) j++
    else {
      let widest = 0
      for (const metric of STEP_LOSSES) {
        const difference = distance(own.columns[metric][i], other.columns[metric][j])
        apart.note(difference, metric, own.step[i])
        widest = Math.max(widest, difference)
      }
      steps.push(own.step[i])
      differences.push(widest)
      i++
      j++
    }
    if ((i + j) % STEPS_A_SLICE === 0) yield progress
  }
  compareEpochs(a, b, apart)
  return { points: apart.points, loss: apart.found, curve: thin(steps, differences) }
}

function compareEpochs(a: RunCurves, b: RunCurves, apart: Largest): void {
  const places = new Map(Array.from(b.epochs.epoch, (epoch, place) => [epoch, place]))
  for (const metric of Object.keys(a.epochs.metrics).filter((name) => name.includes('loss'))) {
    const own = a.epochs.metrics[metric]
    const other = b.epochs.metrics[metric]
    if (other === undefined) continue
    for (let i = 0; i < a.epochs.epoch.length; i++) {
      const j = places.get(a.epochs.epoch[i])
      if (j === undefined || own.measured[i] === 0 || other.measured[j] === 0) continue
      apart.note(distance(own.values[i], other.values[j]), metric, a.epochs.step[i])
    }
  }
}

/** The largest difference so far, and where it was first met. */
class Largest {
  points = 0
  found: RepeatComparison['loss'] = null

  note(difference: number, metric: string, step: number): void {
    this.points++
    if (this.found === null || difference > this.found.difference) this.found = { difference, metric, step }
  }
}

/** The largest of each stretch, at the step where it is. */
function thin(steps: readonly number[], differences: readonly number[]): RepeatComparison['curve'] {
  const stretch = Math.max(1, Math.ceil(steps.length / DRAWN_POINTS))
  const count = Math.ceil(steps.length / stretch)
  const curve = { step: new Float64Array(count), difference: new Float64Array(count) }
  for (let point = 0; point < count; point++) {
    let at = point * stretch
    for (let i = at; i < Math.min(steps.length, (point + 1) * stretch); i++) {
      if (differences[i] > differences[at]) at = i
    }
    curve.step[point] = steps[at]
    curve.difference[point] = differences[at]
  }
  return curve
}

/** null where they are of different steps, or one stored none. */
export function compareWeights(a: Checkpoint | null, b: Checkpoint | null): RepeatComparison['weights'] {
  if (a === null || b === null || a.step !== b.step || a.weights.length !== b.weights.length) return null
  let difference = 0
  for (const part of ['weights', 'biases'] as const) {
    const [own, other] = [a[part], b[part]]
    for (let i = 0; i < own.length; i++) difference = Math.max(difference, distance(own[i], other[i]))
  }
  return { difference, step: a.step }
}
