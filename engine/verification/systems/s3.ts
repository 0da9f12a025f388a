// S3, regression and classification by hand: every number of the 2-2-2 example, the sign that climbs, and the disc.

import { copyInputs, ownInputs } from '../../data/inputs'
import { Network } from '../../network/network'
import { createRandom } from '../../random'
import { compare, comparePrinted, EXACT } from '../checks'
import type { Check, CheckPart, Means } from '../checks'
import { gradientCheck, openSession, prepared, specOf, trainPreset } from './run'

const OUTPUTS = [0.7513650695523157, 0.7729284653214625]
const LOSS = 0.2983711087600027
/** Row by row, first layer first: the order of the flat array. */
const DW = [
  '4.385677345e-4',
  '8.771354689e-4',
  '4.977127353e-4',
  '9.954254705e-4',
  '.08216704056',
  '.08266762785',
  '-.02260254048',
  '-.02274024222',
]
const LOSS_AFTER = 0.28047144679143016
const LOSS_CLIMBED = '.31585694169'
const DISC_LOSS = {
  1: 0.4498675060415006,
  2: 0.4493519454285784,
  10: 0.4442078113090108,
  50: 0.2938776828883772,
  100: 0.2494239304979617,
} as const
const DISC_1000 = '.2486374134'
const DISC_END = 0.013523738577394

function byHand(means: Means): Check[] {
  const spec = specOf('s3-hand')
  const data = prepared(spec, means)
  const network = new Network(spec, data.dataset.shape.input, 1)
  // All values are given: nothing is drawn.
  network.initialize(() => createRandom(0, 'unused'))
  copyInputs(data, 0, network.input, 0)
  network.targets.set(data.targets)
  network.forward(1)
  const loss = network.lossSum(1)
  network.backward(1, 1)
  return [
    ...OUTPUTS.map((y, j) => compare('S3', `by hand, y${j + 1}`, y, network.output[j], EXACT)),
    compare('S3', 'by hand, E', LOSS, loss, EXACT),
    ...DW.map((printed, i) => {
      const [layer, of] = [i < 4 ? 1 : 2, i % 4]
      const name = `by hand, dE/dw${Math.floor(of / 2) + 1}${(of % 2) + 1} of layer ${layer}`
      return comparePrinted('S3', name, printed, network.weightGradients[i])
    }),
  ]
}

/** The loss after one step, which the second step measures before its own update. */
function lossAfterStep(changes: Readonly<Record<string, unknown>>, means: Means): number {
  const spec = specOf('s3-hand', { ...changes, 'training.epochs': 2 })
  const session = openSession(spec, means)
  while (session.advance() === 'working');
  return session.drain().epochs[1].metrics['train/loss']
}

function discPart(
  title: string,
  epochs: number,
  isLong: boolean,
  checks: (loss: (epoch: number) => number, rightPoints: number) => Check[],
): CheckPart {
  return {
    system: 'S3',
    title,
    isLong,
    seconds: epochs / 1000,
    files: [],
    *run(means) {
      const { epochs: reached, session } = yield* trainPreset('s3-disc', { 'training.epochs': epochs }, means)
      const { inputs, targets } = means.load(specOf('s3-disc').dataset)
      const outputs = session.predict(ownInputs(inputs, 0, inputs.length))
      const right = outputs.reduce((sum, y, i) => sum + (y > 0.5 === targets[i] > 0.5 ? 1 : 0), 0)
      return checks((epoch) => reached[epoch - 1]['train/sse'], right)
    },
  }
}

export const S3_PARTS: readonly CheckPart[] = [
  {
    system: 'S3',
    title: 'The 2-2-2 example by hand',
    isLong: false,
    seconds: 0.1,
    files: [],
    // eslint-disable-next-line require-yield -- done at once
    *run(means) {
      return [
        ...byHand(means),
        compare('S3', 'by hand, E after a step down', LOSS_AFTER, lossAfterStep({}, means), EXACT),
        comparePrinted(
          'S3',
          'by hand, E after the printed step, which climbs',
          LOSS_CLIMBED,
          lossAfterStep({ 'optimizer.direction': 'ascent' }, means),
        ),
      ]
    },
  },
  discPart('The disc, 1,000 epochs', 1000, false, (loss) => [
    ...Object.entries(DISC_LOSS).map(([epoch, expected]) =>
      compare('S3', `disc, loss of epoch ${epoch}`, expected, loss(Number(epoch)), EXACT),
    ),
    comparePrinted('S3', 'disc, loss of epoch 1000', DISC_1000, loss(1000)),
  ]),
  discPart('The disc, 12,000 epochs', 12_000, true, (loss, right) => [
    compare('S3', 'disc, loss of epoch 12000', DISC_END, loss(12_000), EXACT),
    compare('S3', 'disc, points on the right side at the end, of 100', 100, right, 0),
  ]),
  {
    system: 'S3',
    title: 'Gradients',
    isLong: false,
    seconds: 0.5,
    files: [],
    *run(means) {
      const hand = yield* gradientCheck('S3', 's3-hand', 1, means)
      const disc = yield* gradientCheck('S3', 's3-disc', 9, means)
      return [hand, disc]
    },
  },
]
