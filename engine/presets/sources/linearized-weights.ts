// S4, linearized weights: all weights of a network in one flat array, all biases in another. Descent itself
// keeps its parameters in this order.

import type { SourceDocument } from './types'

const tex = String.raw

export const S4: SourceDocument = {
  system: 'S4',
  title: 'Linearized weights',
  summary:
    'All weights lie in one flat array w and all biases in one flat array b; an index formula finds the weight between two cells of any layer. A student of 50 inputs and 5 outputs learns a teacher’s 255 numbers from its answers alone.',
  citation:
    'Linearized Weight Representation in Neural Networks. Author and year not named; a text with a notebook of four cells',
  equations: [
    {
      at: 0,
      title: 'Forward',
      latex: tex`\begin{aligned}
s_{l_2} &= \sum_{l_1=0}^{L_1-1} x_{l_1}\, w_{l_1 + L_1 l_2} + b_{l_2} \\
z_{l_2} &= f_2 [\, s_{l_2} \,]
\end{aligned}`,
      text: 'L₁ is 50 and L₂ is 5. The letter s for the sum is ours; it starts at the bias and adds the inputs in order.',
    },
    {
      at: 0,
      title: 'Activation',
      latex: tex`f_2(s) = \frac{1}{1 + e^{-s}}, \quad f_2'(s) = f_2(s)\,(1 - f_2(s))`,
    },
    {
      at: 0,
      title: 'Error signal',
      latex: tex`\delta_{l_2} = 2\, (z_{l_2} - y_{l_2})\, f_2'(s_{l_2})`,
      text: 'As the notebook computes it, without the 1/L₂ of the loss; with it the rate would have to be five times as high.',
    },
    {
      at: 0,
      title: 'Gradients',
      latex: tex`dw_{l_1 + L_1 l_2} = \delta_{l_2}\, x_{l_1}, \quad db_{l_2} = \delta_{l_2}`,
    },
    {
      at: 0,
      title: 'At any depth, forward',
      latex: tex`\begin{aligned}
O_n &= \sum_{r=2}^{n-1} L_{r-1} L_r, \qquad P_n = \sum_{r=2}^{n-1} L_r \\
s_{l_n} &= \sum_{l_{n-1}=0}^{L_{n-1}-1} z_{l_{n-1}}\, w_{O_n + l_{n-1} + L_{n-1} l_n} + b_{P_n + l_n}
\end{aligned}`,
      text: 'O and P are our names for where layer n starts in w and in b.',
    },
    {
      at: 0,
      title: 'At any depth, backward',
      latex: tex`\delta_{l_{n-1}} = f_{n-1}'(s_{l_{n-1}}) \sum_{l_n=0}^{L_n-1} \delta_{l_n}\, w_{O_n + l_{n-1} + L_{n-1} l_n}`,
      text: 'The sum over the cells of the layer above is the part that the document leaves out.',
    },
    {
      at: 0,
      title: 'Lengths',
      latex: tex`\begin{aligned}
\mathit{w\_len} &= L_1 L_2 + L_2 L_3 + \dots + L_{n-1} L_n \\
\mathit{b\_len} &= L_2 + L_3 + \dots + L_n
\end{aligned}`,
      text: 'Here 250 weights and 5 biases.',
    },
    {
      at: 'data',
      title: 'The teacher',
      latex: tex`y_{l_2} = f_2 \Bigl[ \sum_{l_1} x_{l_1}\, \mathit{wt}_{5 l_1 + l_2} + \mathit{bt}_{l_2} \Bigr]`,
      text: 'NumPy’s reshape reads the teacher’s array row by row, so its weights lie in another order than the student’s.',
    },
    {
      at: 'loss',
      title: 'Mean squared error',
      latex: tex`\mathit{loss} = \frac{1}{L_2} \sum_{l_2=0}^{L_2-1} (y_{l_2} - z_{l_2})^2`,
      text: 'Printed for the last example of each epoch, before its step: the measure “mse.last”. The loss set on the right is the sum alone, whose gradient the notebook takes.',
    },
    {
      at: 'update',
      title: 'Weight update',
      latex: tex`\begin{aligned}
w_{l_1 + L_1 l_2} &\leftarrow w_{l_1 + L_1 l_2} - \mathit{lr} \cdot dw_{l_1 + L_1 l_2} \\
b_{l_2} &\leftarrow b_{l_2} - \mathit{lr} \cdot db_{l_2}
\end{aligned}`,
      text: 'After each example, once all its gradients are known.',
    },
    {
      at: 'random',
      title: 'Draws',
      latex: tex`x,\; \mathit{wt},\; \mathit{bt},\; w,\; b \sim \mathcal{N}(0, 1)`,
      text: 'In this order from one stream of seed 0: data and teacher first, then the student.',
    },
  ],
  open: [
    {
      question: 'Which learning rate, how many epochs, in which order? The cell that sets them is cut off.',
      choice: 'Rate 0.1, ten epochs, examples in their order: with these the ten printed losses come back.',
    },
    {
      question: 'Gradient with or without 1/L?',
      choice: 'Without, as in the notebook’s code; the text has it once with and once without.',
    },
    {
      question: 'Has the student found the teacher?',
      choice:
        'Not yet. The printed loss is that of one example and flatters: the mean over the last epoch is 0.00023, and the weights are still up to 0.55 away from the teacher’s.',
    },
  ],
  slips: [
    {
      where: 'Gradient calculation',
      printed: tex`\frac{\partial (\mathit{loss})}{\partial (z_{l_n})} = -2\, (y_{l_n} - z_{l_n})`,
      corrected: tex`\frac{\partial (\mathit{loss})}{\partial (z_{l_n})} = -\frac{2}{L_n}\, (y_{l_n} - z_{l_n})`,
      why: 'The loss is divided by the number of outputs, so its derivative is too. The section on the code prints it right.',
    },
    {
      where: 'Gradient calculation, the chain',
      printed: tex`\frac{d(\mathit{loss})}{dw_{l_1}} = \frac{\partial (\mathit{loss})}{\partial (z_{l_n})} \cdot \frac{\partial (z_{l_n})}{\partial (z_{l_{n-1}})} \cdots \frac{\partial z_{l_3}}{\partial z_{l_2}} \cdot \frac{\partial z_{l_2}}{\partial w_{l_1}}`,
      corrected: tex`\begin{aligned}
&\frac{\partial\, \mathit{loss}}{\partial w_{l_1 + L_1 l_2}} = \\
&\;\;\sum_{l_3} \cdots \sum_{l_n} \frac{\partial\, \mathit{loss}}{\partial z_{l_n}} \frac{\partial z_{l_n}}{\partial z_{l_{n-1}}} \cdots \frac{\partial z_{l_3}}{\partial z_{l_2}} \frac{\partial z_{l_2}}{\partial w_{l_1 + L_1 l_2}}
\end{aligned}`,
      why: 'A weight of the first layer reaches the loss by every path through the layers above; one product is one path.',
    },
    {
      where: 'Weight update',
      printed: tex`\frac{d(\mathit{loss})}{dw_{l_1}}`,
      corrected: tex`\frac{\partial\, \mathit{loss}}{\partial w_{l_1 + L_1 l_2}}`,
      why: 'The weight belongs to a pair of cells, and its place in the array needs both.',
    },
    {
      where: 'Weight and bias lengths',
      printed: tex`\mathit{w\_len} = l_1 \cdot l_2 + l_2 \cdot l_3 + \dots`,
      corrected: tex`\mathit{w\_len} = L_1 L_2 + L_2 L_3 + \dots`,
      why: 'Small letters are running indices everywhere else; the sizes are the capitals.',
    },
    {
      where: 'Overview of the code',
      printed: tex`L_1 = 50\ \text{is the hidden layer}`,
      corrected: tex`L_1 = 50\ \text{is the input}`,
      why: 'The network has no hidden layer: 50 inputs, 5 sigmoid outputs.',
    },
  ],
  proves: [
    'All ten printed losses, to twelve digits.',
    'The first numbers of data, teacher and student, and the last one of the data.',
    'The same ten losses to four digits with 32-bit numbers.',
    'The mean loss of the first and the last epoch, and how far the weights are from the teacher’s.',
    'All gradients against finite differences.',
  ],
}
