// descent runs: what is in the log, newest first.

import { queriedRuns } from '../choose-runs'
import { jsonText } from '../json'
import { count } from '../numbers'
import { databasePath, withExistingLog, type DatabaseOption } from '../open-log'
import { runTable } from '../run-report'
import { say } from '../terminal'

export interface RunsOptions extends DatabaseOption {
  json?: boolean
  query?: string
}

export async function runs(options: RunsOptions): Promise<void> {
  await withExistingLog(options, (log) => {
    const all = log?.listRuns() ?? []
    const found = options.query === undefined ? all : queriedRuns(all, options.query)
    if (options.json) say(jsonText(found))
    else if (found.length > 0) runTable(found).forEach(say)
    else if (all.length > 0) say(`No run of ${count(all.length)} matches ${options.query}.`)
    else say(`No runs yet in ${databasePath(options)}. Start one: descent train --preset moons`)
  })
}
