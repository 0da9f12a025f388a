// Everything that works on one opened database: log, run control, data and analysis process, settings and the call
// handlers.

import { clipboard, shell } from 'electron'
import { ANALYSIS_ROLE, BENCHMARK_ROLE, DataClient, type ConnectData } from '../data-process/client'
import { openDatasetStore } from '../data'
import type { ComputeWish } from '../kernels/load'
import { defaultParallelRuns, RunControl } from '../run-control'
import type { SpawnTrainer } from '../run-control/trainer-process'
import { openRunLog, type RunLog } from '../run-log'
import type { Reader } from '../reader/reader.electron'
import type { Report } from './diagnostics'
import { ChosenFiles } from './chosen-files'
import { copyPicture } from './clipboard.electron'
import type { FileDialogs, FolderMemory } from './dialogs'
import type { Facts } from './facts'
import { createHandlers } from './handlers'
import { followLog } from './follow-log'
import { answerCalls, type Answer } from './rpc'
import { Purging } from './purging'
import type { Publish } from './rpc.electron'
import { SettingsStore } from './settings'

const FOLDER_ROW = 'dialogs.folder'

export interface WorkbenchOptions {
  databasePath: string
  datasetFolder: string
  facts: Facts
  startReader(databasePath: string): Reader
  spawn: SpawnTrainer
  connectData: ConnectData
  connectAnalysis: ConnectData
  connectBenchmark: ConnectData
  publish: Publish
  report: Report
  dialogs(memory: FolderMemory): FileDialogs
  /** Called with the settings in force at the start and after each change. */
  onSettings(workbench: Workbench): void
}

export class Workbench {
  readonly log: RunLog
  readonly settings: SettingsStore
  readonly answer: Answer
  readonly runControl: RunControl
  readonly reader: Reader
  private readonly data: DataClient
  private readonly analysis: DataClient
  private readonly benchmark: DataClient
  private readonly purging: Purging
  private readonly stopFollowing: () => void

  /** @throws DescentError when the database can not be opened; nothing was started then, and nothing changed */
  constructor(private readonly options: WorkbenchOptions) {
    const { publish, report, facts } = options
    this.log = openRunLog(options.databasePath, { owner: 'app' })
    // Before the window loads, so that its first list is not waited for.
    this.reader = options.startReader(this.log.path)
    if (this.log.readOnly === null) this.log.closeAbandonedRuns()
    this.settings = new SettingsStore(this.log)
    this.data = new DataClient(options.connectData)
    this.analysis = new DataClient(options.connectAnalysis, ANALYSIS_ROLE)
    this.benchmark = new DataClient(options.connectBenchmark, BENCHMARK_ROLE)
    const store = openDatasetStore(options.datasetFolder, (error) => report(error.message))
    // What a person removed could be undone until now.
    store.purge().catch((thrown: unknown) => report('Removed data sets could not be deleted.', thrown))
    this.runControl = new RunControl({
      log: this.log,
      datasetFolder: store.folder,
      spawn: options.spawn,
      parallelRuns: this.parallelRuns(),
      cores: facts.cores,
      compute: this.compute(),
      publish,
      report,
    })
    this.purging = new Purging(this.log, report)
    const handlers = createHandlers({
      log: this.log,
      runControl: this.runControl,
      data: this.data,
      analysis: this.analysis,
      benchmark: this.benchmark,
      store,
      purging: this.purging,
      settings: this.settings,
      dialogs: options.dialogs(this.folderMemory()),
      files: new ChosenFiles(),
      publish,
      facts,
      copyText: (text) => clipboard.writeText(text),
      copyPicture,
      reveal: (path) => shell.showItemInFolder(path),
      onSettings: () => this.applySettings(),
    })
    this.answer = answerCalls(handlers, report)
    this.stopFollowing = followLog(this.log, publish, report)
    this.purging.start()
    this.applySettings()
  }

  applySettings(): void {
    this.runControl.setCompute(this.compute())
    this.runControl.setParallelRuns(this.parallelRuns())
    this.options.onSettings(this)
  }

  /** Stops training in order, then closes the database. Resolves within 5 seconds. */
  async close(): Promise<void> {
    this.stopFollowing()
    this.purging.stop()
    await this.runControl.close()
    this.data.close()
    this.analysis.close()
    this.benchmark.close()
    await this.reader.close()
    this.log.close()
  }

  private parallelRuns(): number {
    return this.settings.get().parallelRuns ?? defaultParallelRuns(this.options.facts.cores)
  }

  private compute(): ComputeWish {
    const { kernel, threads } = this.settings.get()
    return { kernel, threads }
  }

  private folderMemory(): FolderMemory {
    const { log } = this
    return {
      get: () => {
        const folder = log.getSetting(FOLDER_ROW)
        return typeof folder === 'string' ? folder : null
      },
      set: (folder) => {
        if (log.readOnly === null) log.setSetting(FOLDER_ROW, folder)
      },
    }
  }
}
