// What a scatter plot says in words: how its axes go together, and which runs have no place between them.

import { formatCount } from '../../../../format'
import type { ValueAxis } from './value-axis'

const MINUS = '\u2212'
/** With fewer runs only a correlation beyond 0.6 is told from none at 5 %. */
const FEW = 12

export function correlationText(rho: number, count: number): string {
  if (Number.isNaN(rho)) {
    return count < 2
      ? 'Spearman ρ needs 2 runs with both numbers'
      : `Spearman ρ does not exist: one of the axes has a single value (n = ${formatCount(count)})`
  }
  const text = `Spearman ρ = ${rho.toFixed(2).replace('-', MINUS)}, n = ${formatCount(count)}`
  return count < FEW ? `${text}: few runs, it may be chance` : text
}

function placelessText(axis: ValueAxis): string | null {
  if (axis.placeless === 0) return null
  const bad = axis.values.filter((value) => typeof value === 'number' && !Number.isFinite(value)).length
  const missing = axis.values.filter((value) => value === null).length
  const low = axis.placeless - bad - missing
  const parts = [
    missing > 0 && `${formatCount(missing)} without a value`,
    bad > 0 && `${formatCount(bad)} with NaN or ∞`,
    low > 0 && `${formatCount(low)} at 0 or below, which a log axis does not have`,
  ].filter((part) => part !== false)
  return `at the edge for ${axis.label}: ${parts.join(', ')}`
}

export function edgeText(x: ValueAxis, y: ValueAxis): string[] {
  return [placelessText(x), placelessText(y)].filter((text) => text !== null)
}
