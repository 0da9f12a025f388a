// What colour the line of each group has: its own, or one that tells the value of a hyperparameter.

import type { RunGroup } from '../groups'
import { RUN_SLOTS, scaleColor, slotOf, type Theme } from '../palette'
import type { ComparedRun, HyperparameterValue } from '../types'

type Group = RunGroup<ComparedRun>

/** How a hyperparameter's values are told by colour. */
export type ColorScale =
  | { kind: 'continuous'; isLog: boolean; lowest: number; highest: number }
  | { kind: 'categories'; values: readonly { value: HyperparameterValue; color: string }[] }

export interface LineColors {
  /** A token ('run-1') or '#rrggbb'. */
  of: (group: Group) => string
  /** Null where each line has its own colour. */
  scale: ColorScale | null
}

/** Of groups without one value: their members differ, or have no such hyperparameter. */
const NO_VALUE = 'ink3'
/** Numbers of so few different values are told apart better as categories than as shades. */
const FEW_VALUES = 3
/** Values that span more than this stand on a log scale. */
const LOG_SPAN = 30

/** The value all members share; undefined where they do not. */
function sharedValue({ members }: Group, path: string): HyperparameterValue | undefined {
  const value = members[0].hyperparameters[path]
  return members.every(({ hyperparameters }) => hyperparameters[path] === value) ? value : undefined
}

function shareOf(value: number, { isLog, lowest, highest }: ColorScale & { kind: 'continuous' }): number {
  if (highest === lowest) return 0.5
  return isLog ? Math.log(value / lowest) / Math.log(highest / lowest) : (value - lowest) / (highest - lowest)
}

/** @param groups all of the comparison, hidden ones too, so that hiding one changes no other's colour */
export function lineColors(groups: readonly Group[], path: string | null, theme: Theme): LineColors {
  if (path === null) return { of: ({ number }) => `run-${slotOf(number) + 1}`, scale: null }
  const values = new Set<HyperparameterValue>()
  for (const group of groups) {
    const value = sharedValue(group, path)
    if (value !== undefined) values.add(value)
  }
  const numbers = [...values].filter(
    (value) => typeof value === 'number' && Number.isFinite(value),
  ) as number[]
  if (numbers.length === values.size && numbers.length > FEW_VALUES) {
    const lowest = Math.min(...numbers)
    const highest = Math.max(...numbers)
    const scale = {
      kind: 'continuous',
      isLog: lowest > 0 && highest / lowest > LOG_SPAN,
      lowest,
      highest,
    } as const
    return {
      scale,
      of: (group) => {
        const value = sharedValue(group, path)
        return typeof value === 'number' ? scaleColor(shareOf(value, scale), theme) : NO_VALUE
      },
    }
  }
  const sorted = [...values].sort((a, b) =>
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : String(a).localeCompare(String(b), 'en', { numeric: true }),
  )
  const colors = new Map(sorted.map((value, index) => [value, `run-${(index % RUN_SLOTS) + 1}`]))
  return {
    scale: { kind: 'categories', values: sorted.map((value) => ({ value, color: colors.get(value)! })) },
    of: (group) => {
      const value = sharedValue(group, path)
      return (value === undefined ? undefined : colors.get(value)) ?? NO_VALUE
    },
  }
}
