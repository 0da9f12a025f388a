// What a comparison shows, written by the process that reads the log: the numbers of a chart, its picture, a report.

import type { CallInput } from '../../electron/contract'
import type { Comparison } from '../../engine/comparison/schema'
import { call } from '../client'
import { useRuns } from '../stores/runs'
import { useSettings } from '../stores/settings'
import { runExport } from './run-export'

interface Size {
  width: number
  height: number
}

/** A report is as wide as a page, whatever the window. */
const PAGE: Size = { width: 1100, height: 520 }
const SMALLEST = 320

export interface SeenExport {
  format: CallInput<'exports.seen'>['format']
  runIds: readonly string[]
  comparison: Comparison
  /** Place of the chart; of a report all are shown. */
  chart?: number
  /** Runs that are hidden in charts as well: they were chosen by themselves. */
  hasHidden?: boolean
  /** Of the chart on screen, in CSS pixels; null: a page's. */
  size?: Size | null
}

export function exportSeen(seen: SeenExport): void {
  const { format, runIds, comparison, chart = 0, hasHidden = false, size = null } = seen
  const runs = useRuns()
  const settings = useSettings()
  const { width, height } = format === 'html' || size === null ? PAGE : size
  void runExport((token) =>
    call('exports.seen', {
      token,
      format,
      runIds: [...runIds],
      hiddenRunIds: hasHidden ? [] : runIds.filter((id) => runs.hidden.has(id)),
      // Stores hand out proxies, which cross no process border.
      comparison: JSON.parse(JSON.stringify(comparison)) as Comparison,
      chart,
      theme: settings.theme,
      width: Math.max(2 * SMALLEST, width),
      height: Math.max(SMALLEST, height),
    }),
  )
}
