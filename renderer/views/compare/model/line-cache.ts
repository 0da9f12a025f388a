// The lines of one chart of the comparison, kept from update to update: a group's mean and band are computed again only
// when one of its members changed, so that a run in training costs its own group and hiding one costs nothing.

import type { RunSummary } from '../../../../electron/contract'
import { xColumn } from '../../../../engine/comparison/axes'
import { groupCurve } from '../../../../engine/comparison/bands'
import type { Band, Smoothing, XName } from '../../../../engine/comparison/schema'
import type { GroupCurve } from '../../../../engine/comparison/types'
import { smooth } from '../../../../engine/metrics/smoothing'
import type { MetricColumns, RunColumns } from '../../../stores/run-columns'

/** One run's metric over the chosen x. */
export interface RunLine {
  run: RunSummary
  x: Float64Array
  /** As logged. */
  y: Float64Array
  columns: RunColumns
  found: MetricColumns
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

interface KeptRun {
  generation: number
  length: number
  line: RunLine
  /** For the smoothing of the last question. */
  smoothing: Smoothing | null
  smoothed: Float64Array | null
}
interface KeptGroup {
  members: readonly KeptRun[]
  /** Lengths and generations of the members when it was computed. */
  state: string
  smoothing: Smoothing
  band: Band
  line: GroupLine
}

function isSame(a: Smoothing | Band | null, b: Smoothing | Band): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

export class LineCache {
  #metric = ''
  #xName: XName = 'step'
  readonly #runs = new Map<string, KeptRun>()
  readonly #groups = new Map<string, KeptGroup>()
  #generation = 0

  /** To be called first at each update: forgets what belongs to another metric or axis. */
  begin({ metric, xName }: LineChoice): void {
    if (metric === this.#metric && xName === this.#xName) return
    this.#metric = metric
    this.#xName = xName
    this.#runs.clear()
    this.#groups.clear()
  }

  /** Null while the run's columns are not there or have no value of the metric. */
  ofRun(run: RunSummary, columns: RunColumns | null): RunLine | null {
    const found = columns?.metric(this.#metric)
    if (!columns || !found || found.values.length === 0) return null
    const kept = this.#runs.get(run.id)
    if (kept?.generation === columns.generation && kept.length === found.values.length) {
      kept.line.run = run
      return kept.line
    }
    const line: RunLine = {
      run,
      x: xColumn(found, columns.axes, this.#xName),
      y: found.values,
      columns,
      found,
    }
    this.#runs.set(run.id, {
      generation: columns.generation,
      length: found.values.length,
      line,
      smoothing: null,
      smoothed: null,
    })
    return line
  }

  /** The mean of lines that ofRun() answered. */
  ofGroup(key: string, lines: readonly RunLine[], { smoothing, band }: LineChoice): GroupLine {
    const members = lines.map(({ run }) => this.#runs.get(run.id)!)
    const state = members
      .map(({ line, generation, length }) => `${line.run.id} ${generation} ${length}`)
      .join('\n')
    const kept = this.#groups.get(key)
    if (kept?.state === state && isSame(kept.smoothing, smoothing) && isSame(kept.band, band)) {
      return kept.line
    }
    const curve = groupCurve(
      members.map((member) => ({ x: member.line.x, y: smoothedOf(member, smoothing) })),
      band,
    )
    const line = { curve, generation: ++this.#generation }
    this.#groups.set(key, { members, state, smoothing, band, line })
    return line
  }

  /** Forgets runs and groups that are no longer drawn nor hidden for a moment: those that left the comparison. */
  keepOnly(runIds: ReadonlySet<string>, groupKeys: ReadonlySet<string>): void {
    for (const id of this.#runs.keys()) if (!runIds.has(id)) this.#runs.delete(id)
    for (const key of this.#groups.keys()) if (!groupKeys.has(key)) this.#groups.delete(key)
  }
}

function smoothedOf(member: KeptRun, smoothing: Smoothing): Float64Array {
  if (member.smoothed === null || !isSame(member.smoothing, smoothing)) {
    member.smoothing = smoothing
    member.smoothed = smooth(member.line.y, smoothing)
  }
  return member.smoothed
}
