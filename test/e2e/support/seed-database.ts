// Fills a database with made-up runs. A script for the runtime's own Node; see seed.ts, which starts it.
// Arguments: path of the database, number of runs.

import { openRunLog } from '../../../electron/run-log'
import { makeRun } from '../../tools/made-up-runs'

const [path, countText = '300'] = process.argv.slice(2)
if (path === undefined) throw new Error('seed-database needs the path of a database.')
const count = Number(countText)

const log = openRunLog(path, { owner: 'app' })
for (let index = 0; index < count; index++) makeRun(log, index, { count })
log.close()
