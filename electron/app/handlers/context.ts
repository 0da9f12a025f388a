// What the call handlers work with; made once for each opened database.

import type { DataClient } from '../../data-process/client'
import type { DatasetStore } from '../../data'
import type { RunControl } from '../../run-control'
import type { RunLog } from '../../run-log'
import type { ChosenFiles } from '../chosen-files'
import type { FileDialogs } from '../dialogs'
import type { Facts } from '../facts'
import type { Publish } from '../rpc.electron'
import type { Purging } from '../purging'
import type { SettingsStore } from '../settings'

export interface HandlerContext {
  log: RunLog
  runControl: RunControl
  data: DataClient
  /** A process of its own for what computes long, so that no preview waits for it. */
  analysis: DataClient
  /** Measures kernels, and does nothing else meanwhile. */
  benchmark: DataClient
  store: DatasetStore
  purging: Purging
  settings: SettingsStore
  dialogs: FileDialogs
  files: ChosenFiles
  publish: Publish
  /** What of app.info does not change while the application runs. */
  facts: Facts
  copyText(text: string): void
  /** @returns false for what is no picture; the clipboard then stays as it was */
  copyPicture(png: Uint8Array): Promise<boolean>
  reveal(path: string): void
  /** Called after a setting has changed. */
  onSettings(): void
}
