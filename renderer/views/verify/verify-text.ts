// What a verification says in words and rounded numbers.

import type { SourceSystem } from '../../../engine/presets/sources/types'
import type { Check, Verification } from '../../../engine/verification/verify'
import { formatCount, formatScientific } from '../../format'

/** Seventeen digits tell every float64 apart; the column shows them all, for that is the claim. */
export function figureText(value: number): string {
  return String(value).replace('-', '\u2212')
}

export function errorText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  return value === 0 ? '0' : formatScientific(value, 2)
}

export function verdictText({ checks, passed, failed }: Verification): string {
  if (failed > 0) return `${formatCount(failed)} of ${formatCount(checks.length)} checks fail`
  return `All ${formatCount(passed)} checks pass`
}

export interface SystemChecks {
  system: SourceSystem
  checks: readonly Check[]
  failed: number
}

/** In the order of the systems, as they were computed. */
export function bySystem(checks: readonly Check[]): SystemChecks[] {
  const groups = new Map<SourceSystem, Check[]>()
  for (const check of checks) groups.set(check.system, [...(groups.get(check.system) ?? []), check])
  return [...groups].map(([system, own]) => ({
    system,
    checks: own,
    failed: own.filter(({ pass }) => !pass).length,
  }))
}

/** For a spreadsheet or an issue: one line a check, full figures. */
export function tableText(checks: readonly Check[]): string {
  const head = ['system', 'check', 'expected', 'got', 'relative error', 'tolerance', 'pass'].join('\t')
  const lines = checks.map(({ system, check, expected, got, relativeError, tolerance, pass }) =>
    [system, check, expected, got, relativeError, tolerance, pass].join('\t'),
  )
  return [head, ...lines].join('\n')
}
