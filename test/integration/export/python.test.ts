import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exportToFile, type CsvFormat } from '../../../electron/export'
import type { RunLog } from '../../../electron/run-log/types'
import { openTemporaryLog, startRun } from '../support/open-log'
import { fromHex, pythonWith } from '../support/python'
import { exampleBatch, exampleChunk } from '../support/run-samples'
import { temporaryFolder } from '../support/temporary-folder'

const SPECIAL = [NaN, Infinity, -Infinity, -0, 5e-324, 0.1 + 0.2, -1e-7, 1.7976931348623157e308]
const NAMES = ['=HYPERLINK("x"), "quoted"', 'two\nlines', "l'été, ünïcode 模型"]

const MODULE_SCRIPT = `
import csv, json, sys
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
print(json.dumps([[row["run"], row["metric"], float(row["value"]).hex(), int(row["step"])] for row in rows]))
`
const PANDAS_SCRIPT = `
import json, sys
import pandas as pd
curves = pd.read_csv(sys.argv[1], float_precision="round_trip")
curve = curves[curves.metric == "batch/loss"]
wide = pd.read_csv(sys.argv[2], float_precision="round_trip", index_col="step")
print(json.dumps({
    "runs": curves.run.unique().tolist(),
    "loss": [float(value).hex() for value in curve.value],
    "wide": [float(value).hex() for column in wide.columns if column.endswith(" - batch/loss") for value in wide[column]],
}))
`

function fullLog(): RunLog {
  const log = openTemporaryLog()
  for (const name of NAMES) {
    const id = startRun(log)
    log.rename(id, name)
    for (let sequence = 0; sequence < 3; sequence++) {
      const chunk = exampleChunk(sequence, SPECIAL.length)
      if (sequence === 1) chunk.columns['batch/loss'].set(SPECIAL)
      log.appendBatch(id, exampleBatch(sequence, SPECIAL.length, { chunk }))
    }
  }
  return log
}

function written(log: RunLog, format: CsvFormat): string {
  return exportToFile(log, { format, runIds: null }, join(temporaryFolder(), `${format}.csv`)).path
}
function losses(log: RunLog): number[] {
  const ids = log.listRuns().reverse()
  return log.curves(ids.map(({ id }) => id)).flatMap(({ steps }) => [...steps.columns['batch/loss']])
}
const output = (python: string, script: string, paths: string[]): unknown =>
  JSON.parse(execFileSync(python, ['-c', script, ...paths], { encoding: 'utf8' }))

describe('Python reads from our CSV what was logged, bit for bit', () => {
  const plain = pythonWith('csv')
  it.skipIf(plain === undefined)('by its own csv module', () => {
    const log = fullLog()
    const rows = output(plain as string, MODULE_SCRIPT, [written(log, 'long')]) as [
      string,
      string,
      string,
      number,
    ][]
    const own = rows.filter(([, metric]) => metric === 'batch/loss')
    expect(own.map(([, , value]) => fromHex(value))).toEqual(losses(log))
    expect([...new Set(own.map(([run]) => run))]).toEqual([`'${NAMES[0]}`, NAMES[1], NAMES[2]])
    expect(own.slice(0, 3).map(([, , , step]) => step)).toEqual([1, 2, 3])
  })

  const pandas = pythonWith('pandas')
  it.skipIf(pandas === undefined)('by pandas, long and wide', () => {
    const log = fullLog()
    const paths = [written(log, 'long'), written(log, 'wide')]
    const read = output(pandas as string, PANDAS_SCRIPT, paths) as Record<string, string[]>
    expect(read.runs).toEqual([`'${NAMES[0]}`, NAMES[1], NAMES[2]])
    expect(read.loss.map(fromHex)).toEqual(losses(log))
    expect(read.wide.map(fromHex)).toEqual(losses(log))
  })
})
