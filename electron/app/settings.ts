// The person's settings, one row each in the database; in memory only where that can not be written.

import type { z } from 'zod'
import { settingsSchema, type CALL_INPUTS, type Settings } from '../contract'
import type { RunLog } from '../run-log'

export type SettingsChange = z.output<(typeof CALL_INPUTS)['settings.set']>

const KEYS = Object.keys(settingsSchema.shape) as (keyof Settings)[]
const rowOf = (key: keyof Settings): string => `settings.${key}`

export class SettingsStore {
  private values: Settings

  constructor(private readonly log: Pick<RunLog, 'getSetting' | 'setSetting' | 'readOnly'>) {
    this.values = readSettings(log)
  }

  get(): Settings {
    return this.values
  }

  /** @throws DescentError when the database refuses; nothing has changed then */
  set(change: SettingsChange): Settings {
    for (const key of KEYS) {
      if (!Object.hasOwn(change, key) || change[key] === undefined) continue
      if (this.log.readOnly === null) this.log.setSetting(rowOf(key), change[key])
      this.values = { ...this.values, [key]: change[key] }
    }
    return this.values
  }
}

/** One value that no longer fits (an older or newer version wrote it) does not cost the others. */
function readSettings(log: Pick<RunLog, 'getSetting'>): Settings {
  const values: Record<string, unknown> = {}
  for (const key of KEYS) {
    const parsed = settingsSchema.shape[key].safeParse(log.getSetting(rowOf(key)) ?? undefined)
    if (parsed.success) values[key] = parsed.data
  }
  return settingsSchema.parse(values)
}
