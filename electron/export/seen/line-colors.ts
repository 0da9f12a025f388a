// What colour each group's line has: its own, or one that tells the value of a hyperparameter.

import type { RunGroup } from '../../../engine/comparison/groups'
import {
  RUN_COLORS,
  RUN_SLOTS,
  scaleColor,
  slotOf,
  THEMES,
  type Theme,
} from '../../../engine/comparison/palette'
import type { ComparedRun, HyperparameterValue } from '../../../engine/comparison/types'

type Group = RunGroup<ComparedRun>
type Colors = Readonly<Record<Theme, string>>

/** Numbers of so few different values are told apart better as categories than as shades. */
const FEW_VALUES = 3
/** Values that span more than this stand on a log scale. */
const LOG_SPAN = 30
/** Of a group without one value: its members differ, or have no such hyperparameter. */
const NO_VALUE: Colors = { light: '#646b78', dark: '#8d94a1' }

/** The value all members share; undefined where they do not. */
function sharedValue({ members }: Group, path: string): HyperparameterValue | undefined {
  const value = members[0].hyperparameters[path]
  return members.every(({ hyperparameters }) => hyperparameters[path] === value) ? value : undefined
}

function slotColors(slot: number): Colors {
  return { light: RUN_COLORS.light[slot], dark: RUN_COLORS.dark[slot] }
}

function scaleColors(share: number): Colors {
  const [light, dark] = THEMES.map((theme) => scaleColor(share, theme))
  return { light, dark }
}

function isFiniteNumber(value: HyperparameterValue): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** @param groups all of the comparison, hidden ones too, so that hiding one changes no other's colour */
export function colorsOfGroups(groups: readonly Group[], path: string | null): (group: Group) => Colors {
  if (path === null) return ({ number }) => slotColors(slotOf(number))
  const values = new Set<HyperparameterValue>()
  for (const group of groups) {
    const value = sharedValue(group, path)
    if (value !== undefined) values.add(value)
  }
  const numbers = [...values].filter(isFiniteNumber)
  if (numbers.length === values.size && numbers.length > FEW_VALUES) {
    const lowest = Math.min(...numbers)
    const highest = Math.max(...numbers)
    const isLog = lowest > 0 && highest / lowest > LOG_SPAN
    return (group) => {
      const value = sharedValue(group, path)
      if (typeof value !== 'number') return NO_VALUE
      return scaleColors(
        isLog ? Math.log(value / lowest) / Math.log(highest / lowest) : (value - lowest) / (highest - lowest),
      )
    }
  }
  const sorted = [...values].sort((a, b) =>
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : String(a).localeCompare(String(b), 'en', { numeric: true }),
  )
  return (group) => {
    const value = sharedValue(group, path)
    return value === undefined ? NO_VALUE : slotColors(sorted.indexOf(value) % RUN_SLOTS)
  }
}
