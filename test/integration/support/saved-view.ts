// A view as a person saves it in the application.

import { SettingsStore } from '../../../electron/app/settings'
import type { RunLog } from '../../../electron/run-log/types'
import { DEFAULT_COMPARISON, type Comparison, type SavedView } from '../../../engine/comparison/schema'

/** Adds it to those in the database. */
export function saveView(
  log: RunLog,
  name: string,
  runIds: string[],
  change: Partial<Comparison>,
  hiddenRunIds: string[] = [],
): void {
  const settings = new SettingsStore(log)
  const view: SavedView = {
    id: `view ${name}`,
    name,
    place: 'compare',
    runsTable: {
      query: '',
      columns: null,
      sort: { column: 'started', isDescending: true },
      grouping: { kind: 'none' },
      shelf: 'current',
      baseline: null,
    },
    comparison: { ...DEFAULT_COMPARISON, ...change },
    runIds,
    hiddenRunIds,
  }
  settings.set({ views: [...settings.get().views, view] })
}
