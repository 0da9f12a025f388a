// One import from the chosen file to the stored table: its preview follows the options, nothing is stored before
// Import, and an import under way can be canceled.

import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import { DescentError, messageOf, type Problem } from '../../../engine/errors'
import {
  DEFAULT_CSV_OPTIONS,
  type CsvOptions,
  type CsvPreview,
  type TableInfo,
} from '../../../engine/data/table'
import { call, on } from '../../client'
import { useDatasets } from '../../stores/datasets'
import { useNotices } from '../../stores/notices'

export interface ImportFailure {
  message: string
  hint: string
  problems: readonly Problem[]
}

export function useCsvImport(onDone: (table: TableInfo) => void) {
  const datasets = useDatasets()
  const notices = useNotices()
  const file = shallowRef<{ token: string; fileName: string } | null>(null)
  const options = shallowRef<CsvOptions>(DEFAULT_CSV_OPTIONS)
  const preview = shallowRef<CsvPreview | null>(null)
  const failure = shallowRef<ImportFailure | null>(null)
  const name = ref('')
  const isReading = ref(false)
  const isImporting = ref(false)
  const share = ref<number | null>(null)
  let reading = 0

  const rejected = computed(() => preview.value?.rejectedRows ?? 0)
  const canImport = computed(
    () =>
      preview.value !== null &&
      failure.value === null &&
      !isReading.value &&
      !isImporting.value &&
      name.value.trim() !== '' &&
      preview.value.rows > 0 &&
      (rejected.value === 0 || options.value.skipBadRows),
  )

  function fail(thrown: unknown): void {
    failure.value =
      thrown instanceof DescentError
        ? { message: thrown.message, hint: thrown.hint, problems: thrown.problems }
        : { message: messageOf(thrown), hint: '', problems: [] }
  }

  /** Asks for a file; the dialog is shown only when one was chosen. */
  async function choose(): Promise<void> {
    try {
      const chosen = await call('datasets.chooseCsv')
      if (chosen === null) return
      options.value = DEFAULT_CSV_OPTIONS
      preview.value = null
      name.value = chosen.fileName.replace(/\.[^.]+$/, '').slice(0, 120)
      file.value = chosen
      await read()
    } catch (thrown) {
      notices.fail(thrown)
    }
  }
  async function read(): Promise<void> {
    if (file.value === null) return
    const asked = ++reading
    isReading.value = true
    failure.value = null
    try {
      const answer = await call('datasets.previewCsv', { token: file.value.token, options: options.value })
      if (asked === reading) preview.value = answer
    } catch (thrown) {
      if (asked === reading) fail(thrown)
    } finally {
      if (asked === reading) isReading.value = false
    }
  }
  function setOptions(next: CsvOptions): void {
    const needsReading = next.skipBadRows === options.value.skipBadRows
    options.value = next
    failure.value = null
    if (needsReading) void read()
  }

  const stopProgress = on('import.progress', ({ token, bytesRead, bytesTotal }) => {
    if (token === file.value?.token) share.value = bytesTotal > 0 ? bytesRead / bytesTotal : null
  })
  onBeforeUnmount(stopProgress)

  async function start(): Promise<void> {
    if (file.value === null || !canImport.value) return
    isImporting.value = true
    share.value = null
    failure.value = null
    try {
      const { token } = file.value
      const table = await call('datasets.importCsv', {
        token,
        options: options.value,
        name: name.value.trim(),
      })
      datasets.put(table)
      file.value = null
      onDone(table)
    } catch (thrown) {
      // A canceled import leaves the dialog as it was, ready for another try.
      if (!(thrown instanceof DescentError && thrown.code === 'canceled')) fail(thrown)
    } finally {
      isImporting.value = false
    }
  }
  function cancel(): void {
    if (file.value === null) return
    call('datasets.cancelImport', { token: file.value.token }).catch(notices.fail)
  }
  function close(): void {
    if (isImporting.value) cancel()
    file.value = null
  }

  return {
    file,
    options,
    preview,
    failure,
    name,
    isReading,
    isImporting,
    share,
    rejected,
    canImport,
    choose,
    setOptions,
    start,
    cancel,
    close,
  }
}
