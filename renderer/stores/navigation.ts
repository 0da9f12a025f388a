// Where the person is. Views are few and have no addresses of their own, so this takes the place of a router.

import { defineStore } from 'pinia'
import { ref } from 'vue'

export const VIEWS = ['design', 'runs', 'run', 'compare', 'datasets', 'settings'] as const
export type View = (typeof VIEWS)[number]

export const useNavigation = defineStore('navigation', () => {
  const view = ref<View>('design')
  /** The run shown by the run view. */
  const runId = ref<string | null>(null)
  /** Whether the design view shows the presets instead of the design. */
  const gallery = ref(true)

  function go(to: Exclude<View, 'run'>): void {
    view.value = to
  }
  /** The part of the settings on screen. */
  const settingsTab = ref<'general' | 'benchmark'>('general')
  function openSettings(tab: 'general' | 'benchmark'): void {
    settingsTab.value = tab
    view.value = 'settings'
  }
  function openRun(id: string): void {
    runId.value = id
    view.value = 'run'
  }
  function openCompare(): void {
    view.value = 'compare'
  }
  function openGallery(): void {
    gallery.value = true
    view.value = 'design'
  }
  /** Count the wishes to import a file, or images: the datasets view opens its dialog at each. */
  const importRequests = ref(0)
  function importCsv(): void {
    importRequests.value++
    view.value = 'datasets'
  }
  const imageImportRequests = ref(0)
  function importImages(): void {
    imageImportRequests.value++
    view.value = 'datasets'
  }
  function openDesign(): void {
    gallery.value = false
    view.value = 'design'
  }
  return {
    view,
    runId,
    gallery,
    settingsTab,
    openSettings,
    openCompare,
    importRequests,
    imageImportRequests,
    go,
    openRun,
    openGallery,
    openDesign,
    importCsv,
    importImages,
  }
})
