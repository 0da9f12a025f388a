// One import of images from the chosen files to the stored set: what the files hold is shown first, nothing is
// stored before Import, and an import under way can be canceled.

import { computed, ref, shallowRef } from 'vue'
import type { ImageSetInfo, ImageSetPreview } from '../../../engine/data/idx-set'
import { call } from '../../client'
import { useNotices } from '../../stores/notices'
import { useImportRun } from './useImportRun'

export function useImageImport(onDone: (images: ImageSetInfo) => void) {
  const notices = useNotices()
  const files = shallowRef<{ token: string; fileNames: readonly string[] } | null>(null)
  const preview = shallowRef<ImageSetPreview | null>(null)
  const name = ref('')
  const isReading = ref(false)
  const importing = useImportRun(() => files.value?.token ?? null)
  const { failure, isImporting } = importing

  const canImport = computed(
    () => preview.value !== null && failure.value === null && !isImporting.value && name.value.trim() !== '',
  )

  /** Asks for the files; the dialog is shown only when some were chosen. */
  async function choose(): Promise<void> {
    try {
      const chosen = await call('datasets.chooseImages')
      if (chosen === null) return
      preview.value = null
      failure.value = null
      name.value = ''
      files.value = chosen
      await read(chosen.token)
    } catch (thrown) {
      notices.fail(thrown)
    }
  }
  async function read(token: string): Promise<void> {
    const isWanted = (): boolean => files.value?.token === token
    isReading.value = true
    try {
      const answer = await call('datasets.previewImages', { token })
      if (!isWanted()) return
      preview.value = answer
      name.value = answer.name
    } catch (thrown) {
      if (isWanted()) importing.fail(thrown)
    } finally {
      if (isWanted()) isReading.value = false
    }
  }

  async function start(): Promise<void> {
    if (files.value === null || !canImport.value) return
    const { token } = files.value
    const images = await importing.run(() =>
      call('datasets.importImages', { token, name: name.value.trim() }),
    )
    if (images === null) return
    files.value = null
    onDone(images)
  }
  function close(): void {
    if (isImporting.value) importing.cancel()
    files.value = null
  }

  return { ...importing, files, preview, name, isReading, canImport, choose, start, close }
}
