// The lines of one chart of the comparison, kept from update to update: a group's mean and band are computed again only
// when one of its members changed, so that a run in training costs its own group and hiding one costs nothing. An export
// asks once.

import { xColumn } from '../axes'
import { groupCurve } from '../bands'
import { DisplayColumn } from '../plot/display-column'
import { NO_SMOOTHING, type Band, type Smoothing, type XName } from '../schema'
import type { ComparedRun, GroupCurve, MetricColumns, RunCurve } from '../types'

/** One run's metric over the chosen x. */
export interface RunLine<R extends ComparedRun> {
  run: R
  x: Float64Array
  /** As logged. */
  y: Float64Array
  /** Lowest and highest of the steps behind each point, where they are logged. */
  minimum: Float64Array | null
  maximum: Float64Array | null
  generation: number
  stepsPerEpoch: number
}

/** A group's mean over x; `generation` is another whenever a value is. */
export interface GroupLine {
  curve: GroupCurve
  generation: number
}

export interface LineChoice {
  metric: string
  xName: XName
  smoothing: Smoothing
  band: Band
}

interface KeptRun<R extends ComparedRun> {
  line: RunLine<R>
  /** The values as they are drawn, and as the group's mean takes them; grows with the run. */
  column: DisplayColumn
}
interface KeptGroup {
  /** Lengths and generations of the members when it was computed. */
  state: string
  smoothing: Smoothing
  band: Band
  line: GroupLine
}

function isSame(a: Smoothing | Band | null, b: Smoothing | Band): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/** Of one chart. */
export class LineCache<R extends ComparedRun> {
  #choice: LineChoice = {
    metric: '',
    xName: 'step',
    smoothing: NO_SMOOTHING,
    band: { kind: 'none', level: 0.95 },
  }
  readonly #runs = new Map<string, KeptRun<R>>()
  readonly #groups = new Map<string, KeptGroup>()
  #generation = 0

  /** To be called first at each update: forgets what belongs to another metric or axis. */
  begin(choice: LineChoice): void {
    const { metric, xName } = this.#choice
    this.#choice = choice
    if (metric === choice.metric && xName === choice.xName) return
    this.#runs.clear()
    this.#groups.clear()
  }

  /** Null while the run's curve is not there or has no value of the metric. */
  ofRun(run: R, curve: RunCurve | null): RunLine<R> | null {
    const found = curve?.metric(this.#choice.metric)
    if (!curve || !found || found.values.length === 0) return null
    const kept = this.#runs.get(run.id)
    if (kept?.line.generation === curve.generation && kept.line.y.length === found.values.length) {
      kept.line.run = run
      return kept.line
    }
    const line = lineOf(run, curve, found, this.#choice.xName)
    this.#runs.set(run.id, { line, column: kept?.column ?? new DisplayColumn() })
    return line
  }

  /** The values of a line that ofRun() answered, as they are drawn. */
  columnOf({ run, y, generation }: RunLine<R>): DisplayColumn {
    const { column } = this.#runs.get(run.id)!
    column.update(y, this.#choice.smoothing, generation)
    return column
  }

  /** The mean of lines that ofRun() answered. */
  ofGroup(key: string, lines: readonly RunLine<R>[]): GroupLine {
    const { smoothing, band } = this.#choice
    const state = lines.map(({ run, generation, y }) => `${run.id} ${generation} ${y.length}`).join('\n')
    const kept = this.#groups.get(key)
    if (kept?.state === state && isSame(kept.smoothing, smoothing) && isSame(kept.band, band)) {
      return kept.line
    }
    const curve = groupCurve(
      lines.map((line) => ({ x: line.x, y: this.columnOf(line).values })),
      band,
    )
    const line = { curve, generation: ++this.#generation }
    this.#groups.set(key, { state, smoothing, band, line })
    return line
  }

  /** Forgets runs and groups that are no longer drawn nor hidden for a moment: those that left the comparison. */
  keepOnly(runIds: ReadonlySet<string>, groupKeys: ReadonlySet<string>): void {
    for (const id of this.#runs.keys()) if (!runIds.has(id)) this.#runs.delete(id)
    for (const key of this.#groups.keys()) if (!groupKeys.has(key)) this.#groups.delete(key)
  }
}

function lineOf<R extends ComparedRun>(
  run: R,
  { axes, generation }: RunCurve,
  found: MetricColumns,
  xName: XName,
): RunLine<R> {
  const { values, minimum, maximum } = found
  const x = xColumn(found, axes, xName)
  return { run, x, y: values, minimum, maximum, generation, stepsPerEpoch: axes.stepsPerEpoch }
}
