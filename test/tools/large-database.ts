// Makes a large database of made-up runs in minutes, for measurements: 10,000 runs of 10,000 points are 100 million.
// A script for the runtime's own Node; see fill-database.ts, which starts it and tells its options.

import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openConnection } from '../../electron/run-log/connection'
import { assembleRunLog } from '../../electron/run-log/open'
import { makeRun } from './made-up-runs'

/** One transaction of so many runs: nothing is lost if this script dies but its own work. */
const RUNS_OF_TRANSACTION = 25

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    runs: { type: 'string', default: '10000' },
    points: { type: 'string', default: '10000' },
    'long-run': { type: 'string', default: '0' },
  },
})
const [runs, points, longRun] = [values.runs, values.points, values['long-run']].map(Number)
if (values.out === undefined) throw new Error('fill-database needs --out PATH.')
if (existsSync(values.out)) throw new Error(`${values.out} exists; delete it or choose another path.`)

const connection = openConnection(values.out, false)
const { database } = connection
database.pragma('synchronous = OFF')
const log = assembleRunLog(values.out, connection, 'app')
const count = runs + (longRun > 0 ? 1 : 0)
let madePoints = 0
const inOne = database.transaction((work: () => void) => work())
for (let first = 0; first < runs; first += RUNS_OF_TRANSACTION) {
  inOne(() => {
    for (let index = first; index < Math.min(runs, first + RUNS_OF_TRANSACTION); index++) {
      const made = makeRun(log, index, { count, points })
      madePoints += made.points
      if (index % 20 === 7) log.setArchived([made.id], true)
      if (index % 50 === 11) log.setLocked([made.id], true)
    }
  })
  if (first % 1000 === 0)
    console.log(`${first.toLocaleString('en-US')} of ${runs.toLocaleString('en-US')} runs`)
}
if (longRun > 0)
  inOne(() => (madePoints += makeRun(log, runs, { count, points: longRun, isWhole: true }).points))
log.close()
console.log(
  `${count.toLocaleString('en-US')} runs, ${madePoints.toLocaleString('en-US')} points: ${values.out}`,
)
