// The person's settings, kept by main; changed here first and written behind.

import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watchEffect } from 'vue'
import type { Settings } from '../../electron/contract'
import { call, on } from '../client'

const systemDark = matchMedia('(prefers-color-scheme: dark)')

export const useSettings = defineStore('settings', () => {
  const values = shallowRef<Settings>({
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
  const isSystemDark = ref(systemDark.matches)
  systemDark.addEventListener('change', (event) => (isSystemDark.value = event.matches))

  const theme = computed<'light' | 'dark'>(() =>
    values.value.theme === 'system' ? (isSystemDark.value ? 'dark' : 'light') : values.value.theme,
  )
  watchEffect(() => {
    document.documentElement.dataset.theme = theme.value
  })

  // Another hand changed them: the native menu, for one.
  on('settings.changed', ({ settings }) => (values.value = settings))

  async function load(): Promise<void> {
    values.value = await call('settings.get')
  }
  async function change(changes: Partial<Settings>): Promise<void> {
    // Plain data of its own: what a store holds may be reactive, which does not cross to main, and may change later.
    const own = JSON.parse(JSON.stringify(changes)) as Partial<Settings>
    values.value = { ...values.value, ...own }
    await call('settings.set', own)
  }
  return { values, theme, load, change }
})
