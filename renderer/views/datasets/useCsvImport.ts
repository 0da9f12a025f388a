// One import from the chosen file to the stored table: its preview follows the options, nothing is stored before
// Import, and an import under way can be canceled.

import { computed, ref, shallowRef } from 'vue'
import {
  DEFAULT_CSV_OPTIONS,
  type CsvOptions,
  type CsvPreview,
  type TableInfo,
} from '../../../engine/data/table'
import { call } from '../../client'
import { useNotices } from '../../stores/notices'
import { useImportRun } from './useImportRun'

export function useCsvImport(onDone: (table: TableInfo) => void) {
  const notices = useNotices()
  const file = shallowRef<{ token: string; fileName: string } | null>(null)
  const options = shallowRef<CsvOptions>(DEFAULT_CSV_OPTIONS)
  const preview = shallowRef<CsvPreview | null>(null)
  const name = ref('')
  const isReading = ref(false)
  const importing = useImportRun(() => file.value?.token ?? null)
  const { failure, isImporting } = importing
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
      if (asked === reading) importing.fail(thrown)
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

  async function start(): Promise<void> {
    if (file.value === null || !canImport.value) return
    const { token } = file.value
    const table = await importing.run(() =>
      call('datasets.importCsv', { token, options: options.value, name: name.value.trim() }),
    )
    if (table === null) return
    file.value = null
    onDone(table)
  }
  function close(): void {
    if (isImporting.value) importing.cancel()
    file.value = null
  }

  return {
    ...importing,
    file,
    options,
    preview,
    name,
    isReading,
    rejected,
    canImport,
    choose,
    setOptions,
    start,
    close,
  }
}
