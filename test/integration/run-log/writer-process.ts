// A process that writes batches to a log as fast as it can until it is killed. One line of output a fact:
// "run ID" when its run was started, "N" when batch N was committed.

import { writeSync } from 'node:fs'
import { openRunLog } from '../../../electron/run-log'
import { exampleBatch, exampleSpec, STARTED } from '../support/run-samples'

const [path, pointsText, batchesText] = process.argv.slice(2)
const points = Number(pointsText)
const batches = Number(batchesText)
const say = (line: string): void => void writeSync(1, `${line}\n`)

const log = openRunLog(path, { owner: 'command-line' })
const { id } = log.createRun(exampleSpec(`writer ${process.pid}`), 'command-line')
log.markStarted(id, STARTED)
say(`run ${id}`)
for (let sequence = 0; sequence < batches; sequence++) {
  const epoch = { epoch: sequence + 1, step: (sequence + 1) * points, elapsedMs: sequence }
  log.appendBatch(
    id,
    exampleBatch(sequence, points, { epochs: [{ ...epoch, metrics: { 'train/loss': 1 / (sequence + 1) } }] }),
  )
  say(String(sequence))
}
log.markDone(id, { kind: 'finished' }, {}, 'hash')
log.close()
