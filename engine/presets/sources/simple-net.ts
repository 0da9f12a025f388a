// S1, simple-net: dense layers whose bias is one more input row, trained as an autoencoder of 18 small patterns.

import type { SourceDocument, SourceEquation } from './types'

const tex = String.raw

function forward(at: number, input: string, output: string, note?: string): readonly SourceEquation[] {
  return [
    {
      at,
      title: 'Input with a one',
      latex: tex`\tilde X = [\, ${input} \;\; 1 \,]`,
      text: note,
      number: '(4)',
    },
    {
      at,
      title: 'Weighted sum',
      latex: tex`V = \tilde X \cdot W, \quad W \in \mathbb{R}^{10 \times 9}`,
      text: 'Row vector times matrix. The last row of W is the bias.',
      number: '(5)',
    },
    {
      at,
      title: 'Activation',
      latex: tex`${output} = \operatorname{act}(V) = \tanh V`,
      number: '(6)',
    },
  ]
}

const WEIGHT_GRADIENT = {
  title: 'Gradient of the weights',
  latex: tex`\frac{\partial E}{\partial W} = \tilde X^{T} G`,
  text: 'The one in the input gives the bias row its gradient.',
  number: '(8)',
} as const

export const S1: SourceDocument = {
  system: 'S1',
  title: 'simple-net',
  summary:
    'A small configurable network in which the bias is no vector but one more row of the weights, fed by a constant one. It learns to give back 18 patterns of 3 × 3 pixels, one random pattern a step.',
  citation:
    'Jaume Colom: Implementation of a simple neural network. No year. Code: github.com/jaumecolomhernandez/simple-net. After 3Blue1Brown: Backpropagation calculus',
  equations: [
    ...forward(0, 'X', 'Y', 'The tilde is ours; the document writes X for both.'),
    {
      at: 0,
      title: 'Error signal',
      latex: tex`G = \frac{\partial E}{\partial Y} \circ \operatorname{act}'(V), \quad \operatorname{act}'(V) = 1 - \tanh^2 V`,
      text: 'The error by Y is what the second layer sends back; the circle multiplies element by element.',
      number: '(9)',
    },
    { at: 0, ...WEIGHT_GRADIENT },
    ...forward(1, 'X', 'Y', 'X is now the output of the first layer.'),
    {
      at: 1,
      title: 'Error signal',
      latex: tex`G = \operatorname{error}'(Y) \circ \operatorname{act}'(V)`,
      number: '(9)',
    },
    { at: 1, ...WEIGHT_GRADIENT },
    {
      at: 1,
      title: 'Sent back',
      latex: tex`\Bigl[\, \frac{\partial E}{\partial X} \;\; \ast \,\Bigr] = G\, W^{T}`,
      text: 'The last column belongs to the constant one and is left out. W is the one from before the update.',
      number: '(11)',
    },
    {
      at: 'data',
      title: 'Patterns',
      latex: tex`X = [\, x_0 \;\cdots\; x_8 \,], \quad x_k \in \{ -\tfrac12, \tfrac12 \}`,
      text: '18 patterns, each laid out flat as by ravel(); the target is the input itself.',
      number: '(1)',
    },
    {
      at: 'loss',
      title: 'Error and its derivative',
      latex: tex`E = \sum_k (y_k - x_k)^2, \quad \operatorname{error}'(Y) = 2\, (Y - X)`,
      text: 'Here X is the pattern. The document leaves the error open; this is the code’s.',
      number: '(7)',
    },
    {
      at: 'loss',
      title: 'Logged',
      latex: tex`r = \sqrt{\tfrac19 \sum_k (y_k - x_k)^4}`,
      text: 'The author’s picture shows the logarithm to base 10 of its mean over 1,000 steps.',
    },
    {
      at: 'update',
      title: 'Stochastic gradient descent',
      latex: tex`W \leftarrow W - LR \cdot \frac{\partial E}{\partial W}`,
      number: '(10)',
    },
    {
      at: 'random',
      title: 'Start and samples',
      latex: tex`w_{ij} \sim U(-\tfrac12, \tfrac12)`,
      text: 'Both matrices row by row from one stream, then a pattern for each step, drawn with replacement.',
    },
  ],
  open: [
    {
      question: 'Which data, sizes and activation?',
      choice: 'The author’s run: 9 inputs, 9 units, 9 outputs, tanh twice, 300,000 steps at a rate of 0.001.',
    },
    {
      question: 'Which error? Equation (7) only names one.',
      choice: 'The sum of squares with derivative 2 (Y − X), without a half and without a mean.',
    },
    {
      question: 'Which W does the backward pass use, the old or the new one?',
      choice:
        'The one the forward pass used. The author’s code took the updated one, and the derivative at Y in place of V; it learns too, but follows no gradient.',
    },
    {
      question: 'In what order do the patterns come?',
      choice: 'At random with replacement, so that some steps see the same pattern twice in a row.',
    },
  ],
  slips: [
    {
      where: 'Equation (2)',
      printed: tex`W_{n,m}`,
      corrected: tex`W_{n+1,m}`,
      why: 'The input has grown by a one, so W needs a row for it: the bias.',
    },
    {
      where: 'Equations (4) and (5)',
      printed: tex`V_{m,n} = X_{m+1,1} \cdot W_{n,m+1}`,
      corrected: tex`V_{1,m} = \tilde X_{1,n+1} \cdot W_{n+1,m}`,
      why: 'The printed shapes can not be multiplied. The one is appended to the row, not added below it.',
    },
    {
      where: 'Equation (8)',
      printed: tex`\frac{\partial E}{\partial W} = \frac{\partial E}{\partial Y} * \frac{\partial Y}{\partial V} * \frac{\partial V}{\partial W}`,
      corrected: tex`\frac{\partial E}{\partial W} = \tilde X^{T} \Bigl( \frac{\partial E}{\partial Y} \circ \operatorname{act}'(V) \Bigr)`,
      why: 'The first star multiplies element by element, the second is a matrix product with the transposed input on the left.',
    },
    {
      where: 'Equation (9)',
      printed: tex`\frac{\partial V}{\partial X} = V`,
      corrected: tex`\frac{\partial V}{\partial X} = W`,
      why: 'V is linear in X, and its slope is the weights.',
    },
    {
      where: 'Equation (11)',
      printed: tex`\frac{\partial E}{\partial X} = \frac{\partial E}{\partial Y} * \frac{\partial Y}{\partial V} * \frac{\partial V}{\partial X}`,
      corrected: tex`\Bigl[\, \frac{\partial E}{\partial X} \;\; \ast \,\Bigr] = \Bigl( \frac{\partial E}{\partial Y} \circ \operatorname{act}'(V) \Bigr) W^{T}`,
      why: 'The weights come transposed and on the right, and the column of the constant one has no layer before it to go to.',
    },
  ],
  proves: [
    'The very first error, digit for digit.',
    'The mean errors of thousands 1, 10, 50, 100 and 300.',
    'The mean squared error after 300,000 steps.',
    'All 162 pixels of the 18 patterns come back with the right sign.',
    'All gradients against finite differences.',
  ],
}
