// descent runs: what is in the log, newest first.

import { jsonText } from '../json'
import { databasePath, withExistingLog, type DatabaseOption } from '../open-log'
import { runTable } from '../run-report'
import { say } from '../terminal'

export async function runs(options: DatabaseOption & { json?: boolean }): Promise<void> {
  await withExistingLog(options, (log) => {
    const all = log?.listRuns() ?? []
    if (options.json) say(jsonText(all))
    else if (all.length > 0) runTable(all).forEach(say)
    else say(`No runs yet in ${databasePath(options)}. Start one: descent train --preset moons`)
  })
}
