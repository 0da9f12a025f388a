// A change of many runs, in calls of so many: how far it is stands in a notice with a way out, and what was changed
// until then is known, so that Undo takes back just that.

import { formatCount } from '../format'
import { useNotices } from './notices'

/** Runs of one call: about half a second of tags. */
export const RUNS_OF_CALL = 1000
/** What is done within a moment needs no bar. */
const QUICK_MS = 400

/**
 * @param doing what is being done, e.g. "Tagging 9,501 runs"
 * @returns the runs that were changed: all but those after a failure or a cancel, both of which were told
 */
export async function changeMany(
  ids: readonly string[],
  doing: string,
  change: (ids: string[]) => Promise<unknown>,
): Promise<string[]> {
  const notices = useNotices()
  const changed: string[] = []
  let isCanceled = false
  let notice: number | null = null
  const timer = setTimeout(() => {
    notice = notices.show('info', doing, {
      share: changed.length / ids.length,
      action: { label: 'Cancel', run: () => (isCanceled = true) },
    })
  }, QUICK_MS)
  try {
    while (changed.length < ids.length && !isCanceled) {
      const next = ids.slice(changed.length, changed.length + RUNS_OF_CALL)
      await change(next)
      changed.push(...next)
      if (notice !== null) notices.update(notice, { share: changed.length / ids.length })
    }
    if (changed.length < ids.length)
      notices.show('info', `Canceled: ${formatCount(ids.length - changed.length)} runs are as they were`)
  } catch (thrown) {
    notices.fail(thrown)
  } finally {
    clearTimeout(timer)
    if (notice !== null) notices.dismiss(notice)
  }
  return changed
}
