// The application's parts without windows and utility processes: real log, real trainer and real data process code
// in one process, with the copy of messages that a process border makes.

import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { ParentPort } from 'electron'
import { ChosenFiles } from '../../../electron/app/chosen-files'
import type { FileDialogs } from '../../../electron/app/dialogs'
import { createHandlers } from '../../../electron/app/handlers'
import { Purging } from '../../../electron/app/purging'
import { answerCalls, inMemoryCaller, type Answer } from '../../../electron/app/rpc'
import { SettingsStore } from '../../../electron/app/settings'
import type { CallInput, CallName, CallOutput, EventName, Events } from '../../../electron/contract'
import { openDatasetStore } from '../../../electron/data'
import {
  ANALYSIS_ROLE,
  BENCHMARK_ROLE,
  DataClient,
  type ConnectData,
} from '../../../electron/data-process/client'
import type { DataReply } from '../../../electron/data-process/protocol'
import { serveData } from '../../../electron/data-process/serve'
import { RunControl } from '../../../electron/run-control'
import type { SpawnTrainer } from '../../../electron/run-control/trainer-process'
import { openRunLog, type RunLog } from '../../../electron/run-log'
import { startTraining, type RunningTrainer } from '../../../electron/trainer/host'
import type { TrainerMessage } from '../../../electron/trainer/protocol'

export const spawnInProcess: SpawnTrainer = ({ onMessage, onEnd }) => {
  let trainer: RunningTrainer | null = null
  const send = (message: TrainerMessage): void => {
    const copy = structuredClone(message)
    setImmediate(() => onMessage(copy))
  }
  send({ kind: 'ready' })
  return {
    pid: undefined,
    send(command) {
      if (command.kind === 'leave') setImmediate(() => onEnd({ code: 0, reason: null, errorText: '' }))
      if (command.kind !== 'start') return trainer?.command(command)
      trainer = startTraining(structuredClone(command.job), { send })
      void trainer.finished.then(() => send({ kind: 'ready' }))
    },
    kill: () => onEnd({ code: 9, reason: 'killed', errorText: '' }),
  }
}

const connectInProcess: ConnectData = ({ onReply }) => {
  const port = Object.assign(new EventEmitter(), {
    postMessage: (reply: DataReply) => {
      const copy = structuredClone(reply)
      setImmediate(() => onReply(copy))
    },
  })
  serveData(port as unknown as ParentPort)
  return {
    send: (request) => void port.emit('message', { data: structuredClone(request) }),
    kill: () => undefined,
  }
}

export interface AppInProcess {
  log: RunLog
  answer: Answer
  runControl: RunControl
  published: { name: EventName; payload: unknown }[]
  copied: string[]
  /** What the next native dialog answers. */
  chosen: { path: string | null; paths: readonly string[] | null; suggested: string }
  call<N extends CallName>(name: N, input?: CallInput<N>): Promise<CallOutput<N>>
  close(): Promise<void>
}

export function openApp(folder: string, parallelRuns = 1): AppInProcess {
  const log = openRunLog(join(folder, 'descent.db'), { owner: 'app' })
  const published: AppInProcess['published'] = []
  const publish = <N extends EventName>(name: N, payload: Events[N]): void =>
    void published.push({ name, payload })
  const store = openDatasetStore(join(folder, 'datasets'))
  const runControl = new RunControl({
    log,
    datasetFolder: store.folder,
    spawn: spawnInProcess,
    parallelRuns,
    cores: 2,
    compute: { kernel: 'reference', threads: null },
    publish,
    report: () => undefined,
  })
  const chosen: AppInProcess['chosen'] = { path: null, paths: null, suggested: '' }
  const dialogs: FileDialogs = {
    open: () => Promise.resolve(chosen.path),
    openSeveral: () => Promise.resolve(chosen.paths),
    save: (_title, fileName) => {
      chosen.suggested = fileName
      return Promise.resolve(chosen.path)
    },
  }
  const copied: string[] = []
  const purging = new Purging(log, () => undefined)
  const handlers = createHandlers({
    log,
    runControl,
    data: new DataClient(connectInProcess),
    analysis: new DataClient(connectInProcess, ANALYSIS_ROLE),
    benchmark: new DataClient(connectInProcess, BENCHMARK_ROLE),
    store,
    purging,
    settings: new SettingsStore(log),
    dialogs,
    files: new ChosenFiles(),
    publish,
    facts: {
      version: '0.0.0',
      runtime: { electron: '', chrome: '', node: '', isFallback: false },
      platform: 'test',
      cores: 2,
    },
    copyText: (text) => void copied.push(text),
    copyPicture: (png) => Promise.resolve(copied.push(`picture of ${png.length} bytes`) > 0),
    reveal: () => undefined,
    onSettings: () => undefined,
  })
  const answer = answerCalls(handlers, () => undefined)
  const ask = inMemoryCaller(answer, { isTrusted: true, description: 'test' })
  return {
    log,
    answer,
    runControl,
    published,
    copied,
    chosen,
    async call(name, input) {
      const result = await ask(name, input)
      if (result.ok) return result.value as never
      throw Object.assign(new Error(`${result.error.code}: ${result.error.message}`), result.error)
    },
    async close() {
      purging.stop()
      await runControl.close()
      log.close()
    },
  }
}
