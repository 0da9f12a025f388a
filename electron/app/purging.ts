// Deletes what was purged in small pieces between all other work, after a kill from where it was.

import type { RunLog } from '../run-log'
import type { Report } from './diagnostics'

/** Between two pieces of some milliseconds: training and the window come first. */
const PAUSE_MS = 15

export class Purging {
  private timer: NodeJS.Timeout | null = null

  constructor(
    private readonly log: Pick<RunLog, 'deletePurged' | 'readOnly'>,
    private readonly report: Report,
  ) {}

  /** Goes on until nothing is left to delete; called again meanwhile it does nothing more. */
  start(): void {
    if (this.timer !== null || this.log.readOnly !== null) return
    this.timer = setTimeout(() => {
      this.timer = null
      if (this.deleteSome()) this.start()
    }, PAUSE_MS)
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private deleteSome(): boolean {
    try {
      return this.log.deletePurged()
    } catch (thrown) {
      // The runs are gone for everybody; their rows are deleted at the next start.
      this.report('Purged runs could not be deleted.', thrown)
      return false
    }
  }
}
