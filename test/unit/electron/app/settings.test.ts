import { describe, expect, it } from 'vitest'
import { SettingsStore } from '../../../../electron/app/settings'
import { DescentError } from '../../../../engine/errors'

function logWith(rows: Record<string, unknown>, readOnly: string | null = null) {
  return {
    readOnly,
    rows,
    getSetting: (key: string) => rows[key] ?? null,
    setSetting(key: string, value: unknown) {
      if (readOnly) throw new DescentError('read-only', readOnly)
      rows[key] = value
    },
  }
}

describe('settings', () => {
  it('start with their defaults', () => {
    expect(new SettingsStore(logWith({})).get()).toEqual({
      theme: 'system',
      parallelRuns: null,
      kernel: 'automatic',
      threads: null,
      patterns: false,
      draft: null,
      hiddenRuns: [],
      runColumns: null,
      views: [],
      workspace: { runsTable: null, comparison: null, comparedRunIds: [] },
      seedCount: 5,
    })
  })

  it('are one row each and come back', () => {
    const log = logWith({})
    new SettingsStore(log).set({ theme: 'dark', hiddenRuns: ['r1'] })
    expect(log.rows).toEqual({ 'settings.theme': 'dark', 'settings.hiddenRuns': ['r1'] })
    expect(new SettingsStore(log).get()).toMatchObject({ theme: 'dark', hiddenRuns: ['r1'] })
  })

  it('leave alone what a change does not name, and can be set back to null', () => {
    const store = new SettingsStore(logWith({ 'settings.parallelRuns': 3, 'settings.theme': 'light' }))
    expect(store.set({ parallelRuns: null })).toMatchObject({ parallelRuns: null, theme: 'light' })
  })

  it('lose only the one value that another version wrote', () => {
    const store = new SettingsStore(logWith({ 'settings.theme': 'sepia', 'settings.parallelRuns': 3 }))
    expect(store.get()).toMatchObject({ theme: 'system', parallelRuns: 3 })
  })

  it('are kept in memory where the database can not be written', () => {
    const store = new SettingsStore(logWith({}, 'the file is write-protected'))
    expect(store.set({ theme: 'dark' }).theme).toBe('dark')
    expect(store.get().theme).toBe('dark')
  })
})
