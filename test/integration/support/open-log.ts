// A log in a folder of its own, closed when the test ends.

import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openRunLog } from '../../../electron/run-log'
import type { Owner, RunLog } from '../../../electron/run-log/types'
import { exampleSpec, STARTED } from './run-samples'
import { temporaryFolder } from './temporary-folder'

export function openTemporaryLog(path = join(temporaryFolder(), 'descent.db'), owner: Owner = 'app'): RunLog {
  const log = openRunLog(path, { owner })
  onTestFinished(() => log.close())
  return log
}

/** Id of a new run that takes batches. */
export function startRun(log: RunLog, name = 'moons'): string {
  const { id } = log.createRun(exampleSpec(name), 'app')
  log.markStarted(id, STARTED)
  return id
}
