// What a source document is to the product: its equations at the layers they belong to, what it left open,
// its slips, and what `descent verify` holds it to. The contents are beside this file, one a system.

export const SOURCE_SYSTEMS = ['S0', 'S1', 'S2', 'S3', 'S4'] as const
export type SourceSystem = (typeof SOURCE_SYSTEMS)[number]

export interface SourceEquation {
  /** Where it belongs: index of the layer in spec.network.layers, or a part of the experiment. */
  at: number | 'data' | 'loss' | 'update' | 'random'
  /** e.g. "Forward", "Gradient of the weights" */
  title: string
  /** KaTeX, in the document's own notation. */
  latex: string
  /** One plain sentence: what it says, or where our notation differs. */
  text?: string
  /** The number in the document, e.g. "(5)". */
  number?: string
}

/** A mistake in print. Both sides are LaTeX. */
export interface SourceSlip {
  /** e.g. "Equation (9)" */
  where: string
  printed: string
  corrected: string
  why: string
}

export interface SourceDocument {
  system: SourceSystem
  title: string
  /** Two sentences. */
  summary: string
  /** Author, title, year and address, as far as the document names them. */
  citation: string
  equations: readonly SourceEquation[]
  /** What the document left open, and what this preset chose. */
  open: readonly { question: string; choice: string }[]
  slips: readonly SourceSlip[]
  /** What `descent verify` checks for this system, one line each, in words. */
  proves: readonly string[]
}
