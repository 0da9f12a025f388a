// Learning-rate schedules: the rate of a step as a function of its place in the run, with no state of its own.

import { cos, integerPower, PI } from '../math'
import type { OptimizerSpec, ScheduleSpec } from '../spec/schema'

/** Where a step is in the run. */
export interface StepPlace {
  /** 0-based step and epoch. */
  step: number
  epoch: number
  totalSteps: number
}

type Kind = ScheduleSpec['kind']
type SpecOf<K extends Kind> = Extract<ScheduleSpec, { kind: K }>

export interface Schedule<K extends Kind> {
  doc: { title: string; formula: string; source: string }
  /** The rate of a step, from the learning rate of the spec. */
  rate(spec: SpecOf<K>, learningRate: number, place: StepPlace): number
}

/** Share of the full rate during warm-up: step i of n has (i + 1) / n, so that the last of them is the full rate. */
function warmup(step: number, warmupSteps: number): number {
  return step < warmupSteps ? (step + 1) / warmupSteps : 1
}

export const SCHEDULES: { readonly [K in Kind]: Schedule<K> } = {
  constant: {
    doc: { title: 'Constant', formula: 'eta', source: '' },
    rate: (_spec, learningRate) => learningRate,
  },
  step: {
    doc: {
      title: 'Step',
      formula: 'eta factor^floor(epoch / everyEpochs)',
      source: 'torch.optim.lr_scheduler.StepLR',
    },
    rate: (spec, learningRate, { step, epoch }) =>
      learningRate *
      warmup(step, spec.warmupSteps) *
      integerPower(spec.factor, Math.floor(epoch / spec.everyEpochs)),
  },
  cosine: {
    doc: {
      title: 'Cosine',
      formula:
        'minimum + (eta - minimum) (1 + cos(pi s)) / 2, s from 0 after the warm-up to 1 at the last step',
      source:
        'Loshchilov and Hutter, SGDR, ICLR 2017, eq. 5 without restarts, https://arxiv.org/abs/1608.03983',
    },
    rate: (spec, learningRate, { step, totalSteps }) => {
      if (step < spec.warmupSteps) return learningRate * warmup(step, spec.warmupSteps)
      const steps = totalSteps - 1 - spec.warmupSteps
      const share = steps > 0 ? Math.min(1, (step - spec.warmupSteps) / steps) : 0
      return spec.minimum + (learningRate - spec.minimum) * 0.5 * (1 + cos(PI * share))
    },
  },
  'warm-up': {
    doc: {
      title: 'Warm-up',
      formula: 'eta min(1, (step + 1) / warmupSteps), step from 0',
      source: 'Goyal et al., Accurate, Large Minibatch SGD, 2017, https://arxiv.org/abs/1706.02677',
    },
    rate: (spec, learningRate, { step }) => learningRate * warmup(step, spec.warmupSteps),
  },
}

/** Learning rate of a step. */
export function rateOf(spec: OptimizerSpec, place: StepPlace): number {
  const schedule = SCHEDULES[spec.schedule.kind] as Schedule<Kind>
  return schedule.rate(spec.schedule, spec.learningRate, place)
}
