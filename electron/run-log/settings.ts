// Settings of the application, one JSON value a key.

import type { LogContext } from './context'

const SELECT_SETTING = 'SELECT value FROM setting WHERE key = ?'
const INSERT_SETTING = `
INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`

export function createSettingStore(context: LogContext) {
  const selectSetting = context.database.prepare<[string], string>(SELECT_SETTING).pluck()
  const insertSetting = context.database.prepare(INSERT_SETTING)
  return {
    /** undefined where it was never set. */
    get(key: string): unknown {
      const json = context.read(() => selectSetting.get(key))
      return json === undefined ? undefined : (JSON.parse(json) as unknown)
    },
    set(key: string, value: unknown): void {
      context.write(() => insertSetting.run(key, JSON.stringify(value)))
    },
  }
}
