// Which axes the parallel coordinates have: those a person chose, or the hyperparameters that differ and the metric.

import type { AxisChoice } from '../../../../../engine/comparison/schema'
import type { ComparedRun } from '../../../../../engine/comparison/types'
import { valueReader } from '../../../../../engine/comparison/values'
import { naturalKind, valuesOf } from './value-axis'

/** More would stand too close to be read; the others can be added. */
const MOST_AT_FIRST = 9
/** The schema of a comparison holds no more. */
export const MOST_AXES = 40

export function naturalChoice(runs: readonly ComparedRun[], of: string): AxisChoice {
  return { of, kind: naturalKind(valuesOf(runs, of)) }
}

/** Whether the runs that have the value differ in it; one that is only there or not says what another axis says. */
function isTelling(runs: readonly ComparedRun[], of: string): boolean {
  const read = valueReader(of)
  let first: number | string | null = null
  return runs.some((run) => {
    const value = read(run)
    first ??= value
    return value !== null && value !== first
  })
}

/** @param values what the runs have, the most telling first */
export function defaultAxes(
  runs: readonly ComparedRun[],
  values: readonly string[],
  metric: string | null,
): AxisChoice[] {
  const paths = values.filter((of) => of.startsWith('path:') && isTelling(runs, of))
  const last = metric === null ? [] : [`best:${metric}`]
  return [...paths.slice(0, MOST_AT_FIRST - 1), ...last].map((of) => naturalChoice(runs, of))
}

/** The chosen axes that these runs have values for. */
export function presentAxes(chosen: readonly AxisChoice[], values: readonly string[]): AxisChoice[] {
  return chosen.filter(({ of }) => values.includes(of))
}

/** With the axis before the last one, which is most often the metric; without it where it was there. */
export function toggledAxis(axes: readonly AxisChoice[], choice: AxisChoice): AxisChoice[] {
  if (axes.some(({ of }) => of === choice.of)) return axes.filter(({ of }) => of !== choice.of)
  if (axes.length >= MOST_AXES) return [...axes]
  return choice.of.startsWith('path:')
    ? axes.toSpliced(Math.max(0, axes.length - 1), 0, choice)
    : [...axes, choice]
}
