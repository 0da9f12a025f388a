// An export as a person sees it: how far it is with a way out, then where the file is.

import type { ExportedFile } from '../../electron/contract'
import { DescentError } from '../../engine/errors'
import { call, on } from '../client'
import { formatBytes, formatCount } from '../format'
import { useNotices } from '../stores/notices'

/** What is done within a moment needs no bar. */
const QUICK_MS = 400

let exports = 0

function size({ rows, bytes }: ExportedFile): string {
  if (rows === 0) return formatBytes(bytes)
  return `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}`
}

/** Tells where a file is. */
export function noticeOfFile(file: ExportedFile): void {
  const notices = useNotices()
  const name = file.path.split(/[\\/]/).at(-1) ?? file.path
  notices.show('info', `Wrote ${size(file)} to ${name}`, {
    action: {
      label: 'Show in folder',
      run: () => void call('exports.reveal', { path: file.path }).catch(notices.fail),
    },
  })
}

/** @param ask gets the token by which progress and cancel find the export; null: the dialog was left */
export async function runExport(ask: (token: string) => Promise<ExportedFile | null>): Promise<void> {
  const notices = useNotices()
  const token = `export-${Date.now()}-${++exports}`
  let notice: number | null = null
  let firstAt: number | null = null
  const stop = on('analysis.progress', ({ token: told, done, total, text }) => {
    if (told !== token) return
    firstAt ??= performance.now()
    if (performance.now() - firstAt < QUICK_MS) return
    const share = total > 0 ? done / total : null
    if (notice === null) {
      notice = notices.show('info', 'Exporting', {
        share,
        action: { label: 'Cancel', run: () => void call('exports.cancel', { token }).catch(notices.fail) },
      })
    } else notices.update(notice, { share, hint: text })
  })
  try {
    const file = await ask(token)
    if (file) noticeOfFile(file)
  } catch (thrown) {
    if (thrown instanceof DescentError && thrown.code === 'canceled') {
      notices.show('info', 'Canceled the export. No file was written.')
    } else notices.fail(thrown)
  } finally {
    stop()
    if (notice !== null) notices.dismiss(notice)
  }
}
