// One cell's way through the step as rows of equations: in symbols, and the same with its numbers in it. The numbers
// come from the engine; here they are only written down.

import type { CellTrace, ParameterTrace, Trace } from '../../../engine/microscope/types'
import { deltaRow, errorRow, gradientRow, updateRow } from './backward-rows'
import { activationRow, lossRow, sumRow } from './forward-rows'
import { PHASE_TITLES, phasesOf } from './phases'
import type { Phase } from './phases'
import type { TermTable } from './sum-tex'

export interface ChainRow {
  phase: Phase
  title: string
  symbols: string
  /** Empty where the symbols say it all. */
  numbers: string
  /** Exact. */
  result: number | null
  note: string
  /** The products behind a sum, where the equation does not write out all of them. */
  terms: TermTable | null
}

export type RowContent = Omit<ChainRow, 'phase' | 'title'>

/** Rows of a cell, in the order of the step. @param parameter the weight or bias that is followed */
export function chainOf(trace: Trace, cell: CellTrace, parameter: ParameterTrace | null): ChainRow[] {
  const rows: ChainRow[] = []
  for (const phase of phasesOf(trace, cell.layer)) {
    const row = rowOf(phase, trace, cell, parameter)
    if (row !== null) rows.push({ phase, title: PHASE_TITLES[phase], ...row })
  }
  return rows
}

function rowOf(
  phase: Phase,
  trace: Trace,
  cell: CellTrace,
  parameter: ParameterTrace | null,
): RowContent | null {
  switch (phase) {
    case 'sum':
      return sumRow(trace, cell)
    case 'activation':
      return activationRow(trace, cell)
    case 'loss':
      return lossRow(trace)
    case 'error':
      return errorRow(trace, cell)
    case 'delta':
      return deltaRow(trace, cell)
    case 'gradient':
      return parameter === null ? null : gradientRow(trace, parameter)
    case 'update':
      return parameter === null ? null : updateRow(trace, parameter)
  }
}
