// Sets formulas with KaTeX. Loaded with the first formula that is shown: most windows never need it.

import katex from 'katex'
import 'katex/dist/katex.min.css'
import '../styles/formula.css'

/** Fills an element with a formula and, for screen readers, the same as MathML. Shows the source where it is wrong. */
export function setFormula(element: HTMLElement, latex: string, isDisplay: boolean): void {
  try {
    katex.render(latex, element, {
      displayMode: isDisplay,
      fleqn: true,
      throwOnError: true,
      strict: 'ignore',
      output: 'htmlAndMathml',
    })
  } catch {
    // Formulas are data of ours and are tested; a person should still never meet an exception for one.
    element.textContent = latex
  }
}
