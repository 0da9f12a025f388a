import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fromHex, pythonWith } from '../support/python'
import { exampleBatch } from '../support/run-samples'
import { openTemporaryLog, startRun } from '../support/open-log'
import { temporaryFolder } from '../support/temporary-folder'

const documentation = readFileSync(resolve(import.meta.dirname, '../../../docs/SCHEMA.md'), 'utf8')
const example = /```python\n([\s\S]*?)```/.exec(documentation)?.[1] ?? ''
const query = /```sql\n([\s\S]*?)```/.exec(documentation)?.[1] ?? ''

const REPORT = `
import json
first = runs.id.iloc[0]
table = epochs(database, first)
print(json.dumps({
    "step": curve.index.tolist(),
    "loss": [value.hex() for value in curve["batch/loss"]],
    "elapsed": curve["elapsed-ms"].tolist(),
    "epochs": [repr(value) for value in table["val/loss"]],
    "surface": picture(database, first, 1)["values"].tolist(),
    "query": database.execute(QUERY).fetchall(),
}))
`

const python = pythonWith('numpy, pandas')

describe('the Python of docs/SCHEMA.md', () => {
  it.skipIf(python === undefined)('reads what was logged, bit for bit', () => {
    const log = openTemporaryLog(join(temporaryFolder(), 'descent.db'))
    const id = startRun(log)
    const losses = [0.5, NaN, Infinity, -0, 0.25]
    for (let sequence = 0; sequence < 70; sequence++) {
      const epochs = losses.map((loss, index) => ({
        epoch: index + 1,
        step: index + 1,
        elapsedMs: index,
        metrics: { 'val/loss': loss },
      }))
      log.appendBatch(id, exampleBatch(sequence, 7, sequence === 0 ? { epochs } : {}))
    }
    const values = Float32Array.of(0.1, -2, 3)
    const none = new Float32Array(0)
    log.storeInspection(id, {
      epoch: 1,
      step: 25,
      part: 'training',
      picture: {
        ...{ kind: 'surface', columns: 3, rows: 1, x: [0, 1], y: [0, 1], classes: 2, values },
        ...{ points: none, labels: none, predictions: none },
      },
    })
    const script = join(temporaryFolder(), 'read.py')
    writeFileSync(script, `QUERY = ${JSON.stringify(query)}\n${example}${REPORT}`)
    const output = execFileSync(python as string, [script], { cwd: dirname(log.path), encoding: 'utf8' })
    const read = JSON.parse(output.trimEnd().split('\n').at(-1) as string) as Record<string, unknown[]>

    const { steps } = log.curves([id])[0]
    expect(read.step).toEqual([...steps.step])
    expect((read.loss as string[]).map(fromHex)).toEqual([...steps.columns['batch/loss']])
    expect(read.elapsed).toEqual([...steps.elapsedMs])
    expect(read.epochs).toEqual(['0.5', 'nan', 'inf', '-0.0', '0.25'])
    expect(Float32Array.from(read.surface as number[])).toEqual(values)
    expect(read.query).toEqual([[0.01, 0.25]])
  })
})
