// S0, NeuralGrid: a grid of cells with one weight each, read by its neighbours. Two presets: as the author's
// code runs it, and as the document writes it down.

import type { SourceDocument, SourceEquation, SourceSlip } from './types'

const tex = String.raw

const CITATION =
  'KaiFabi: NeuralGrid: A Grid-based Neural Network Architecture. 2020-12-28. Code: github.com/KaiFabi/NeuralGrid'

const GRID_FORWARD: readonly SourceEquation[] = [
  {
    at: 1,
    title: 'Forward, weighted',
    latex: tex`u_j^{s} = w_j^{s}\, x_j^{s-1}`,
    text: 'Each cell has one weight. It belongs to the cell that is read, so all readers share it; the sheet index s is ours.',
  },
  {
    at: 1,
    title: 'Forward, gathered',
    latex: tex`z_i^{s} = \sum_{j \in \Omega(i)} u_j^{s} + b_i^{s}, \quad x_i^{s} = h(z_i^{s})`,
  },
  {
    at: 1,
    title: 'Neighbourhood',
    latex: tex`\Omega(i) = \{\, i-1,\; i,\; i+1 \,\} \cap \{\, 1, \dots, 64 \,\}`,
    text: 'Kernel size 3: beyond the border stand zeros.',
  },
]

const GRID_BACKWARD: readonly SourceEquation[] = [
  {
    at: 1,
    title: 'Error signal',
    latex: tex`\delta_i^{s} = h'(z_i^{s})\, \frac{dL}{dx_i^{s}}`,
  },
  {
    at: 1,
    title: 'Accumulated over the readers',
    latex: tex`D_j^{s} = \sum_{i \,:\, j \in \Omega(i)} \delta_i^{s}`,
    text: 'What all cells that read cell j send back: this is where the shared weight shows.',
  },
  {
    at: 1,
    title: 'Gradients',
    latex: tex`\begin{aligned}
\frac{dL}{dw_j^{s}} &= x_j^{s-1} D_j^{s} & \frac{dL}{db_i^{s}} &= \delta_i^{s} \\[6pt]
\frac{dL}{dx_j^{s-1}} &= w_j^{s} D_j^{s}
\end{aligned}`,
    text: 'The last of them goes on to the sheet before.',
  },
]

/** Of the mapping into the grid; both presets have its gradients alike. */
const INPUT_GRADIENTS: SourceEquation = {
  at: 0,
  title: 'Gradients',
  latex: tex`\frac{dL}{dw_{ij}} = \delta_i\, x_j, \quad \frac{dL}{db_i} = \delta_i`,
}

const OUTPUT_GRADIENTS: SourceEquation = {
  at: 2,
  title: 'Gradients',
  latex: tex`\frac{dL}{dw_{ij}} = x_j\, \delta_i, \quad \frac{dL}{db_i} = \delta_i, \quad \frac{dL}{dx_j} = \sum_i w_{ij}\, \delta_i`,
}

const SLIPS: readonly SourceSlip[] = [
  {
    where: 'Grid, the weight',
    printed: tex`w_{ij}\, x_j`,
    corrected: tex`w_j\, x_j`,
    why: 'Two indices would give every connection a weight of its own; the text says that weights are shared, and the code keeps one a cell.',
  },
  {
    where: 'Grid, the sum',
    printed: tex`\sum_{j \subset \Omega}`,
    corrected: tex`\sum_{j \in \Omega(i)}`,
    why: 'A cell is an element of a neighbourhood, not a subset, and every cell i has a neighbourhood of its own.',
  },
  {
    where: 'Gradient of the last grid weights',
    printed: tex`\frac{dL}{dw_k} = x_k\, h'(z_j)\, w_{ij}\, h'(z_i)\, (x_i - y_i)`,
    corrected: tex`\frac{dL}{dw_k} = x_k \!\!\sum_{j:\, k \in \Omega(j)}\!\! h'(z_j) \sum_i w_{ij}\, h'(z_i)\, (x_i - y_i)`,
    why: 'Printed is one path. A weight reaches the loss through every cell j that reads cell k, and through every output i.',
  },
]

const PROVES_GRID: readonly string[] = [
  'A grid of five cells, worked by hand: sums exactly, gradients to ten decimals.',
  'All gradients of both forms against finite differences.',
  '59,082 parameters: 50,240 into the grid, 8,192 in it, 650 out of it.',
]

export const S0_AUTHOR: SourceDocument = {
  system: 'S0',
  title: 'NeuralGrid, as its author runs it',
  summary:
    'Between input and output lies a grid: 64 sheets of 64 cells, where each cell reads three cells of the sheet before. A cell has one weight and one bias, so the whole grid costs 8,192 parameters.',
  citation: CITATION,
  equations: [
    {
      at: 0,
      title: 'Input to grid',
      latex: tex`z_i = \sum_{j=1}^{784} w_{ij}\, x_j + b_i, \quad x_i = z_i`,
      text: 'The code puts no activation here; the document puts h.',
    },
    { ...INPUT_GRADIENTS, text: 'Without an activation the error signal is what the grid sends back.' },
    ...GRID_FORWARD,
    { at: 1, title: 'Activation', latex: tex`h(z) = \sin z, \quad h'(z) = \cos z` },
    ...GRID_BACKWARD,
    {
      at: 2,
      title: 'Grid to output',
      latex: tex`z_i = \sum_{j=1}^{64} w_{ij}\, x_j + b_i, \quad x_i = \frac{e^{z_i}}{\sum_k e^{z_k}}`,
    },
    {
      at: 2,
      title: 'Error signal',
      latex: tex`\delta_i = x_i - y_i`,
      text: 'Softmax and cross-entropy together; the y are 0 but for the right class.',
    },
    OUTPUT_GRADIENTS,
    {
      at: 'data',
      title: 'Scale of the pictures',
      latex: tex`x \leftarrow \frac{x - 0.5}{0.5}`,
      text: 'Grey values from 0 to 1 become −1 to 1.',
    },
    {
      at: 'loss',
      title: 'Cross-entropy',
      latex: tex`L = -\sum_i y_i \ln x_i`,
      text: 'The code trains on this one; the document on half the sum of squares.',
    },
    {
      at: 'update',
      title: 'Adam',
      latex: tex`\begin{aligned}
m &\leftarrow \beta_1 m + (1 - \beta_1)\, g \\
v &\leftarrow \beta_2 v + (1 - \beta_2)\, g^2 \\
w &\leftarrow w - \eta\, \frac{\hat m}{\sqrt{\hat v} + \epsilon}
\end{aligned}`,
      text: 'g is dL/dw of a batch; the hats take out the start from 0.',
    },
    {
      at: 'random',
      title: 'Start of the grid',
      latex: tex`w_j^{s} \sim U(-1, 1), \quad b_i^{s} = 0`,
    },
  ],
  open: [
    {
      question: 'Which h? The document never says.',
      choice: 'The sine, as in the author’s code.',
    },
    {
      question: 'How large is the neighbourhood, and what is beyond the border?',
      choice: 'Three cells, step 1, zeros outside. Other odd sizes, a ring and planes of cells can be set.',
    },
    {
      question: 'How do the mappings into and out of the grid start?',
      choice: 'Xavier’s uniform weights and biases of 0.',
    },
    {
      question: 'Experiments and results are headings without text.',
      choice:
        'This preset is a short run on 10,000 digits. The author published 86.9 % on Fashion-MNIST after 300 epochs: Adam at 0.0001, batches of 256, the rate divided by 10 every 100 epochs.',
    },
  ],
  slips: SLIPS,
  proves: PROVES_GRID,
}

export const S0_DOCUMENT: SourceDocument = {
  system: 'S0',
  title: 'NeuralGrid, as the document writes it',
  summary:
    'The grid with the activation h on the way in and on the way out too, and half the sum of squares as the loss. Plain gradient descent follows the document’s own derivation step by step, here through 8 sheets.',
  citation: CITATION,
  equations: [
    {
      at: 0,
      title: 'Input to grid',
      latex: tex`z_i = \sum_j w_{ij}\, x_j + b_i, \quad x_i = h(z_i)`,
    },
    {
      at: 0,
      title: 'Error signal',
      latex: tex`\delta_i = h'(z_i)\, \frac{dL}{dx_i}`,
    },
    INPUT_GRADIENTS,
    ...GRID_FORWARD,
    ...GRID_BACKWARD,
    {
      at: 2,
      title: 'Grid to output',
      latex: tex`z_i = \sum_j w_{ij}\, x_j + b_i, \quad x_i = h(z_i)`,
    },
    {
      at: 2,
      title: 'Error signal',
      latex: tex`\delta_i = h'(z_i)\, (x_i - y_i)`,
    },
    OUTPUT_GRADIENTS,
    {
      at: 'loss',
      title: 'Half the sum of squares',
      latex: tex`L = \frac{1}{2} \sum_i (y_i - x_i)^2, \quad \frac{dL}{dx_i} = x_i - y_i`,
      text: 'Here y is the target and x the output.',
    },
    {
      at: 'update',
      title: 'Gradient descent',
      latex: tex`w \leftarrow w - \eta\, \frac{dL}{dw}, \quad b \leftarrow b - \eta\, \frac{dL}{db}`,
      text: 'Named in the document, not printed.',
    },
    {
      at: 'random',
      title: 'Start of the grid',
      latex: tex`w_j^{s} \sim U(-1, 1), \quad b_i^{s} = 0`,
      text: 'From the author’s code; the document does not say.',
    },
  ],
  open: [
    {
      question: 'Which h? The document never says.',
      choice: 'The sine in all three parts, as the code has it within the grid.',
    },
    {
      question: 'How many cells and sheets, and which neighbourhood?',
      choice:
        '8 sheets of 64 cells that read three cells each, zeros beyond the border. The code has 64 sheets; plain descent needs fewer.',
    },
    {
      question: 'Which step size, and how many examples a step?',
      choice: 'A step of 0.02 and 8 examples, so that the loss falls within a few epochs.',
    },
  ],
  slips: SLIPS,
  proves: PROVES_GRID,
}
