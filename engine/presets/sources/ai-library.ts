// S2, AI-Library: dense layers and activations as layers of their own, each with a forward and a backward.

import type { SourceDocument, SourceEquation, SourceSlip } from './types'

const tex = String.raw

const CITATION = 'Adethya Srinivasan: AI-Library. July 14, 2024'

function dense(at: number, outputs: number, inputs: number, note?: string): readonly SourceEquation[] {
  return [
    {
      at,
      title: 'Forward',
      latex: tex`Y = W X + B, \quad W \in \mathbb{R}^{${outputs} \times ${inputs}}`,
      text: note ?? 'X, Y and B are columns.',
      number: '§ 2.1',
    },
    {
      at,
      title: 'Gradient of the weights',
      latex: tex`\frac{dE}{dW} = \frac{dE}{dY}\, X^{T}, \quad \frac{\partial E}{\partial w_{ji}} = \frac{\partial E}{\partial y_j}\, x_i`,
      number: '§ 2.2',
    },
    {
      at,
      title: 'Gradients of bias and input',
      latex: tex`\frac{dE}{dB} = \frac{dE}{dY}, \quad \frac{dE}{dX} = W^{T} \frac{dE}{dY}`,
      number: '§ 2.2',
    },
  ]
}

function activation(at: number, forward: string, derivative: string): readonly SourceEquation[] {
  return [
    {
      at,
      title: 'Forward',
      latex: tex`Y = f(X), \quad ${forward}`,
      text: 'Applied to each element.',
      number: '§ 3.1',
    },
    {
      at,
      title: 'Backward',
      latex: tex`\frac{dE}{dX} = \frac{dE}{dY} \circ f'(X), \;\; ${derivative}`,
      text: 'The circle multiplies element by element.',
      number: '§ 3.2',
    },
  ]
}

const TANH = [tex`f(x) = \tanh x`, tex`f'(x) = 1 - f(x)^2`] as const
const LOGISTIC = [tex`f(x) = \frac{1}{1 + e^{-x}}`, tex`f'(x) = f(x)\,(1 - f(x))`] as const

function meanSquares(outputs: number): SourceEquation {
  const isOne = outputs === 1
  return {
    at: 'loss',
    title: 'Mean squared error',
    latex: tex`E = \frac{1}{n} \sum_{i=1}^{n} (y_i - y_i^{\ast})^2, \quad \frac{dE}{dY} = \frac{2}{n}\, (Y - Y^{\ast})`,
    text: `The document names no letter for the target; the star is ours. Here n is ${outputs}${isOne ? ', the one output' : ''}.`,
    number: '§ 1.4',
  }
}

const UPDATE: SourceEquation = {
  at: 'update',
  title: 'One step an example',
  latex: tex`W \leftarrow W - \eta\, \frac{dE}{dW}, \quad B \leftarrow B - \eta\, \frac{dE}{dB}`,
  text: 'Told in words in the document.',
  number: '§ 1.5',
}

const RANDOM: SourceEquation = {
  at: 'random',
  title: 'Start',
  latex: tex`w_{ji},\, b_j \sim \mathcal{N}(0, 1)`,
  text: 'Each layer draws W row by row and then B from a new generator of the same seed, so that all layers begin with the same numbers.',
}

const SLIPS: readonly SourceSlip[] = [
  {
    where: 'Section 2.1',
    printed: tex`Y = W^{T} X + B = W \cdot X + B`,
    corrected: tex`Y = W X + B`,
    why: 'A matrix and its transpose are not the same. The expansion in 2.2 shows W with a row for each output, which needs no transpose.',
  },
  {
    where: 'Section 2.2, the general term',
    printed: tex`\frac{\partial E}{\partial w_{ii}} = \frac{\partial E}{\partial y_i}\, x_i`,
    corrected: tex`\frac{\partial E}{\partial w_{ji}} = \frac{\partial E}{\partial y_j}\, x_i`,
    why: 'Twice the same index would reach the diagonal only.',
  },
  {
    where: 'Section 2.2, the input',
    printed: tex`\frac{dE}{dX} = \frac{dE}{dY}\, W^{T}`,
    corrected: tex`\frac{dE}{dX} = W^{T} \frac{dE}{dY}`,
    why: 'A column of outputs can not be multiplied by a matrix of inputs by outputs; from the left it fits.',
  },
  {
    where: 'Section 2.2, the matrix of derivatives',
    printed: tex`\frac{\partial E}{w_{21}}`,
    corrected: tex`\frac{\partial E}{\partial w_{21}}`,
    why: 'The sign of the derivative is missing below the line from the second row on.',
  },
]

const OPEN_START = {
  question: 'How do weights and biases start?',
  choice:
    'Standard normal from NumPy’s default_rng(123), the same seed for every layer. It is one choice that can be repeated, not a good one: the layers start alike.',
} as const

export const S2_XOR: SourceDocument = {
  system: 'S2',
  title: 'AI-Library, XOR',
  summary:
    'A network is a list of layers, and an activation is a layer like any other: each has a forward and a backward. Three hidden units learn the exclusive or, one example at a time.',
  citation: CITATION,
  equations: [
    ...dense(0, 3, 2),
    ...activation(1, ...TANH),
    ...dense(2, 1, 3, 'X is the output of the layer before.'),
    ...activation(3, ...TANH),
    {
      at: 'data',
      title: 'Examples',
      latex: tex`\begin{aligned}
(0,0) &\mapsto 0, & (0,1) &\mapsto 1, \\
(1,0) &\mapsto 1, & (1,1) &\mapsto 0
\end{aligned}`,
      text: 'In this order in every epoch.',
    },
    meanSquares(1),
    UPDATE,
    RANDOM,
  ],
  open: [
    OPEN_START,
    {
      question: 'What does an epoch’s error mean when the weights change within it?',
      choice: 'The mean over the four examples, each measured before its own step.',
    },
    {
      question: 'Which losses go with which outputs?',
      choice:
        'Cross-entropy takes the logarithm of the output, and tanh also gives negative ones: Descent refuses that pair and says why, where the library would print NaN.',
    },
  ],
  slips: SLIPS,
  proves: [
    'All thirteen starting numbers.',
    'The mean error of epochs 1, 2, 10, 100 and 1,000 to twelve digits.',
    'That of epoch 10,000 within a tenth: leaving a saddle multiplies differences of rounding.',
    'Binary cross-entropy on a tanh output is refused.',
    'All gradients against finite differences.',
  ],
}

export const S2_MNIST: SourceDocument = {
  system: 'S2',
  title: 'AI-Library, digits',
  summary:
    'The document’s own example: 784 pixels to 35 logistic units to 10 tanh outputs, one for each digit. Dense layers and activations stand one behind the other, each with its forward and backward.',
  citation: CITATION,
  equations: [
    ...dense(0, 35, 784),
    ...activation(1, ...LOGISTIC),
    ...dense(2, 10, 35, 'X is the output of the layer before.'),
    ...activation(3, ...TANH),
    {
      at: 'data',
      title: 'Pixels and targets',
      latex: tex`x_i = \frac{\text{grey}_i}{255}, \quad y_j^{\ast} = \begin{cases} 1 & j = \text{digit} \\ 0 & \text{otherwise} \end{cases}`,
      text: 'The first 5,000 training pictures, in their order.',
      number: '§ 1.1',
    },
    meanSquares(10),
    UPDATE,
    {
      at: 3,
      title: 'Prediction',
      latex: tex`\text{digit} = \operatorname*{arg\,max}_j\, y_j`,
      number: '§ 1.1',
    },
    RANDOM,
  ],
  open: [
    OPEN_START,
    {
      question: 'How many pictures, which step size, which order?',
      choice: 'The first 5,000, a rate of 0.5, one step a picture, never shuffled.',
    },
    {
      question: 'The author printed errors of a run whose start was not recorded.',
      choice:
        'They can not be repeated (0.20675, 0.07992 and 0.02953 at epochs 1, 2 and 10). Verified is the same run from the start above.',
    },
  ],
  slips: SLIPS,
  proves: [
    'The mean error of the first hundred pictures to eleven digits.',
    'That of epochs 1, 2 and 10 within 5, 10 and 15 %: from there on this run multiplies the last place of every sum, in NumPy too.',
    'All gradients against finite differences.',
  ],
}
