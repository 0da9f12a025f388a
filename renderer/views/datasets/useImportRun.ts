// What importing a table and importing images have in common: the import under way with its progress, canceling
// it, and what went wrong.

import { onBeforeUnmount, ref, shallowRef } from 'vue'
import type { ImportedInfo } from '../../../engine/data/imported'
import { DescentError, messageOf, type Problem } from '../../../engine/errors'
import { call, on } from '../../client'
import { useDatasets } from '../../stores/datasets'
import { useNotices } from '../../stores/notices'

export interface ImportFailure {
  message: string
  hint: string
  problems: readonly Problem[]
}

/** @param token of what is imported; null while nothing is chosen */
export function useImportRun(token: () => string | null) {
  const datasets = useDatasets()
  const notices = useNotices()
  const failure = shallowRef<ImportFailure | null>(null)
  const isImporting = ref(false)
  const share = ref<number | null>(null)

  const stopProgress = on('import.progress', ({ token: imported, bytesRead, bytesTotal }) => {
    if (imported === token()) share.value = bytesTotal > 0 ? bytesRead / bytesTotal : null
  })
  onBeforeUnmount(stopProgress)

  function fail(thrown: unknown): void {
    failure.value =
      thrown instanceof DescentError
        ? { message: thrown.message, hint: thrown.hint, problems: thrown.problems }
        : { message: messageOf(thrown), hint: '', problems: [] }
  }

  /** Null when it failed or was canceled; what was imported is in the list when it is not. */
  async function run<T extends ImportedInfo>(ask: () => Promise<T>): Promise<T | null> {
    isImporting.value = true
    share.value = null
    failure.value = null
    try {
      const imported = await ask()
      datasets.put(imported)
      return imported
    } catch (thrown) {
      // A canceled import leaves the dialog as it was, ready for another try.
      if (!(thrown instanceof DescentError && thrown.code === 'canceled')) fail(thrown)
      return null
    } finally {
      isImporting.value = false
    }
  }

  function cancel(): void {
    const imported = token()
    if (imported !== null) call('datasets.cancelImport', { token: imported }).catch(notices.fail)
  }

  return { failure, isImporting, share, fail, run, cancel }
}
