// S3, regression and logistic regression notes: dense layers in cascade, a 2-2-2 net worked by hand, and the
// author's experiment with a disc.

import type { SourceDocument, SourceEquation, SourceSlip } from './types'

const tex = String.raw

const CITATION =
  'Hiro Takeda: Neural Network, related topics regression and logistic regression. No year. github.com/HiroTakeda/Notes, NeuralNetwork.ipynb'

const LOGISTIC = tex`h(a) = \frac{1}{1 + e^{-a}}, \quad h'(a) = h(a)\,(1 - h(a))`

const SLIPS: readonly SourceSlip[] = [
  {
    where: 'Stochastic gradient descent',
    printed: tex`w_{ij} \Leftarrow w_{ij} + \eta\, \frac{\partial E}{\partial w_{ij}}`,
    corrected: tex`w_{ij} \Leftarrow w_{ij} - \eta\, \frac{\partial E}{\partial w_{ij}}`,
    why: 'With a plus the step climbs: the loss of the worked example rises from 0.2984 to 0.3159 in place of falling to 0.2805. The same holds for the biases.',
  },
  {
    where: 'The 2nd layer, second output',
    printed: tex`\frac{\partial E}{\partial w_{2j}^{(2)}} = \delta_2\, h'(b_1)\, z_j, \quad j = 1, 2`,
    corrected: tex`\frac{\partial E}{\partial w_{2j}^{(2)}} = \delta_2\, h'(b_2)\, z_j, \quad j = 1, 2`,
    why: 'Printed one by one. These weights lead to the second output, whose slope is taken at its own sum. The bias of the same output is printed right.',
  },
]

const UPDATE: SourceEquation = {
  at: 'update',
  title: 'Stochastic gradient descent',
  latex: tex`w_{ij}^{(\cdot)} \Leftarrow w_{ij}^{(\cdot)} - \eta\, \frac{\partial E}{\partial w_{ij}^{(\cdot)}}, \quad \beta_i^{(\cdot)} \Leftarrow \beta_i^{(\cdot)} - \eta\, \frac{\partial E}{\partial \beta_i^{(\cdot)}}`,
  text: 'All gradients first, with the old weights; then all steps.',
}

/** Layer l of the cascade, as the notes write it for two layers. */
function layer(at: number, isLast: boolean): readonly SourceEquation[] {
  const l = at + 1
  const input = at === 0 ? 'x_j' : `z_j^{(${at})}`
  const output = isLast ? 'y' : `z_i^{(${l})}`
  const sum = isLast ? `a^{(${l})}` : `a_i^{(${l})}`
  const weight = isLast ? `w_{1j}^{(${l})}` : `w_{ij}^{(${l})}`
  const bias = isLast ? `\\beta_1^{(${l})}` : `\\beta_i^{(${l})}`
  const signal = isLast ? `e^{(${l})}` : `e_i^{(${l})}`
  const next = at + 2
  const isBeforeLast = at === 2
  const sentBack = isBeforeLast
    ? tex`e^{(${next})}\, w_{1i}^{(${next})}`
    : tex`\sum_k e_k^{(${next})}\, w_{ki}^{(${next})}`
  return [
    {
      at,
      title: 'Forward',
      latex: tex`${sum} = \sum_j ${weight}\, ${input} + ${bias}, \quad ${output} = h(${sum})`,
      text:
        at === 0
          ? 'The notes write this for two layers; the layer number in brackets goes on from theirs.'
          : undefined,
    },
    {
      at,
      title: 'Error signal',
      latex: isLast ? tex`${signal} = (y - t)\, h'(${sum})` : tex`${signal} = h'(${sum})\, ${sentBack}`,
      text: isLast
        ? 'The letter e is ours: it holds the slope too, which the δ of the notes does not.'
        : undefined,
    },
    {
      at,
      title: 'Gradients',
      latex: tex`\frac{\partial E}{\partial ${weight}} = ${signal}\, ${input}, \quad \frac{\partial E}{\partial ${bias}} = ${signal}`,
    },
  ]
}

export const S3_HAND: SourceDocument = {
  system: 'S3',
  title: 'Regression notes, by hand',
  summary:
    'A linear layer and a sigmoid, twice, with every derivative written out. Two inputs, two hidden units and two outputs are few enough to follow with a pencil.',
  citation: CITATION,
  equations: [
    {
      at: 0,
      title: 'Forward',
      latex: tex`a_i = w_{i1}^{(1)} x_1 + w_{i2}^{(1)} x_2 + \beta_i^{(1)}, \quad z_i = h(a_i)`,
    },
    { at: 0, title: 'Activation', latex: LOGISTIC, text: 'The same h in both layers.' },
    {
      at: 0,
      title: 'Gradient of the weights',
      latex: tex`\frac{\partial E}{\partial w_{ij}^{(1)}} = \Bigl\{ \sum_k \delta_k\, h'(b_k)\, w_{ki}^{(2)} \Bigr\}\, h'(a_i)\, x_j`,
      text: 'Through hidden unit i the weight reaches both outputs; the notes write the sum out.',
    },
    {
      at: 0,
      title: 'Gradient of the biases',
      latex: tex`\frac{\partial E}{\partial \beta_i^{(1)}} = \Bigl\{ \sum_k \delta_k\, h'(b_k)\, w_{ki}^{(2)} \Bigr\}\, h'(a_i)`,
    },
    {
      at: 1,
      title: 'Forward',
      latex: tex`b_i = w_{i1}^{(2)} z_1 + w_{i2}^{(2)} z_2 + \beta_i^{(2)}, \quad y_i = h(b_i)`,
      text: 'Here b is the sum of the second layer and β a bias; elsewhere in Descent b is a bias.',
    },
    {
      at: 1,
      title: 'Gradient of the weights',
      latex: tex`\frac{\partial E}{\partial w_{ij}^{(2)}} = \delta_i\, h'(b_i)\, z_j, \quad \delta_i = y_i - t_i`,
    },
    {
      at: 1,
      title: 'Gradient of the biases',
      latex: tex`\frac{\partial E}{\partial \beta_i^{(2)}} = \delta_i\, h'(b_i)`,
    },
    {
      at: 'loss',
      title: 'Half the sum of squares',
      latex: tex`E = \frac12 \sum_k (y_k - t_k)^2`,
      text: 'The notes call it mean square error; nothing is divided by a count.',
    },
    UPDATE,
  ],
  open: [
    {
      question: 'Which numbers? The notes have letters only.',
      choice:
        'x = (0.05, 0.1), t = (0.01, 0.99), weights 0.15, 0.2, 0.25, 0.3 and 0.4, 0.45, 0.5, 0.55, and one bias a layer for both units: 0.35 and 0.6.',
    },
    { question: 'Which step size η?', choice: '0.5.' },
    {
      question: 'Which h?',
      choice: 'The logistic function, which the title’s logistic regression asks for.',
    },
  ],
  slips: SLIPS,
  proves: [
    'Both outputs and the loss before the step, digit for digit.',
    'All eight gradients of the weights.',
    'The loss after one step down, and the higher one after the step up that is printed.',
    'All gradients against finite differences.',
  ],
}

export const S3_DISC: SourceDocument = {
  system: 'S3',
  title: 'Regression notes, the disc',
  summary:
    'Is a point inside the disc? Three hidden layers of four sigmoid units find out from 100 points, after a thousand epochs and more in which they do hardly better than one constant guess.',
  citation: CITATION,
  equations: [
    ...layer(0, false),
    { at: 0, title: 'Activation', latex: LOGISTIC, text: 'The same h in all layers.' },
    ...layer(1, false),
    ...layer(2, false),
    ...layer(3, true),
    {
      at: 'data',
      title: 'Points',
      latex: tex`t = \begin{cases} 1 & (x_1 - \tfrac12)^2 + (x_2 - \tfrac12)^2 < 0.4^2 \\ 0 & \text{otherwise} \end{cases}`,
      text: '100 points, uniform in the unit square.',
    },
    {
      at: 'data',
      title: 'Noise on the inputs',
      latex: tex`\tilde x = x + 0.01\, \epsilon, \quad \epsilon \sim \mathcal{N}(0, I)`,
      text: 'New at every step. The target stays that of the point without noise.',
    },
    {
      at: 'loss',
      title: 'Loss of a step',
      latex: tex`E = \frac12\, (y - t)^2`,
    },
    {
      at: 'loss',
      title: 'Logged each epoch',
      latex: tex`\frac{1}{100} \sum_{n=1}^{100} (y_n - t_n)^2`,
      text: 'The whole square, measured before each point’s step; it is twice the mean of E.',
    },
    UPDATE,
    {
      at: 'random',
      title: 'Start and order',
      latex: tex`w_{ij} \sim \mathcal{N}(0, 1), \quad \beta_i = 1`,
      text: 'Each epoch takes the points in a new permutation. Points, weights, order and noise come from one stream, one after the other.',
    },
  ],
  open: [
    {
      question: 'Which data, how many layers and epochs?',
      choice: 'The author’s experiment: 2-4-4-4-1, a rate of 0.01, 12,000 epochs, seed 0.',
    },
    {
      question: 'When is a point told right?',
      choice: 'When the output is over one half on the side of its target.',
    },
    {
      question: 'Squares for a yes-or-no question?',
      choice: 'As in the notes. Cross-entropy on the same output is an ordinary setting on the right.',
    },
  ],
  slips: SLIPS,
  proves: [
    'The loss of epochs 1, 2, 10, 50, 100, 1,000 and 12,000.',
    'All 100 training points right at the end.',
    'All gradients against finite differences.',
  ],
}
