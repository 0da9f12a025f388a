// Starts writer processes and listens to what they acknowledge.

import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Writer {
  process: ChildProcess
  /** Id of its run, once it has one. */
  runId: string | null
  /** Batches it said were committed. */
  acknowledged: number
  errors: string
  /** Resolves once it has committed its first batch, or ended. */
  begun: Promise<void>
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

export function startWriter(script: string, path: string, points: number, batches: number): Writer {
  const child = spawn(process.execPath, [script, path, String(points), String(batches)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let resolveBegun = (): void => {}
  const begun = new Promise<void>((resolve) => {
    resolveBegun = resolve
  })
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  const writer: Writer = { process: child, runId: null, acknowledged: 0, errors: '', begun, ended }
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('run ')) writer.runId = line.slice(4)
    else {
      writer.acknowledged = Number(line) + 1
      resolveBegun()
    }
  })
  child.stderr.on('data', (text: Buffer) => {
    writer.errors += text.toString()
  })
  void ended.then(() => resolveBegun())
  return writer
}
