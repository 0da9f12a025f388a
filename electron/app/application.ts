// The application around the workbench: one window, its page, what happens when the database can not be opened,
// when the page crashes, and when a person quits.

import { app, dialog, shell, type BrowserWindow } from 'electron'
import { toCallError } from '../call-error'
import { connectDataFrom } from '../data-process/connect.electron'
import { datasetFolderOf } from '../paths'
import { spawnTrainersFrom } from '../run-control/trainer-process.electron'
import type { MenuCommand, Settings } from '../contract'
import type { Diagnostics } from './diagnostics'
import { nativeDialogs } from './dialogs'
import type { Facts } from './facts'
import { installMenu } from './menu'
import { APP_URL, developmentServer, isOwnPage } from './origin'
import type { Places } from './places'
import { actionOf, problemUrl, type Problem, type ProblemAction } from './problem-page'
import { RestartPolicy } from './restart-policy'
import { Reader } from '../reader/reader.electron'
import { publishTo, serveCalls, serveReaderPorts, type Publish } from './rpc.electron'
import { applyTheme, createWindow } from './window'
import { Workbench } from './workbench'

const DATABASES = [{ name: 'Descent databases', extensions: ['db'] }]

export class Application {
  /** Stands in the window instead of the workbench. */
  problem: Problem | null = null
  private window: BrowserWindow | null = null
  private workbench: Workbench | null = null
  private readonly publish: Publish = publishTo(() => this.window)
  private readonly reloads = new RestartPolicy()
  private closing: Promise<void> | null = null

  constructor(
    private readonly places: Places,
    private readonly facts: Facts,
    private readonly diagnostics: Diagnostics,
  ) {}

  start(): void {
    const window = createWindow({
      preload: this.places.preload,
      statePath: this.places.windowState,
      isDevelopment: !app.isPackaged,
      report: this.diagnostics.report,
    })
    this.window = window
    window.on('closed', () => (this.window = null))
    window.webContents.on('render-process-gone', (_event, { reason }) => this.onPageGone(reason))
    window.webContents.on('did-navigate', (_event, url) => {
      // about:blank is the one address that no navigation guard of Chromium's is asked about.
      if (!isOwnPage(url)) this.onPageGone(`it went to ${url.slice(0, 100)}`)
    })
    serveCalls(window, (caller, name, input) =>
      this.workbench
        ? this.workbench.answer(caller, name, input)
        : Promise.resolve({ ok: false, error: this.problem?.error ?? toCallError('No database is open.') }),
    )
    serveReaderPorts(window, (give) => (this.workbench ? this.workbench.reader.connect(give) : give(null)))
    this.reloads.mayStart(performance.now())
    this.openDatabase(this.places.database)
  }

  /** Brings the window to the front; for a second launch. */
  focus(): void {
    if (!this.window) return
    if (this.window.isMinimized()) this.window.restore()
    this.window.show()
    this.window.focus()
  }

  notify(message: string, hint: string): void {
    this.publish('app.notice', { level: 'error', message, hint })
  }

  /** Does what a link of the problem page stands for. @returns whether it was one */
  followLink(url: string): boolean {
    const action = actionOf(url)
    if (action === null || !this.problem?.actions.includes(action)) return false
    void this.act(action)
    return true
  }

  /** Ends everything in order; resolves within 5 seconds. May be called more than once. */
  close(): Promise<void> {
    this.closing ??= (this.workbench?.close() ?? Promise.resolve()).catch((thrown: unknown) =>
      this.diagnostics.report('Closing did not go in order.', thrown),
    )
    return this.closing
  }

  /** Closes what is open, in order, and opens this database in a new page; null: none. Tests share a process so. */
  async reopen(path: string | null): Promise<void> {
    const { workbench } = this
    if (workbench) {
      // The page's last words belong to the database that it showed.
      this.problem = { error: toCallError('No database is open.'), actions: [] }
      await this.window?.loadURL(problemUrl())
      this.workbench = null
      await workbench.close()
    }
    if (path !== null) this.openDatabase(path)
  }

  private openDatabase(path: string): void {
    this.places.database = path
    try {
      this.workbench = new Workbench({
        databasePath: path,
        datasetFolder: datasetFolderOf(path),
        facts: this.facts,
        startReader: (databasePath) => new Reader(this.places.trainer, databasePath, this.diagnostics.report),
        spawn: spawnTrainersFrom(this.places.trainer),
        connectData: connectDataFrom(this.places.trainer, 'data', this.diagnostics.report),
        connectAnalysis: connectDataFrom(this.places.trainer, 'analysis', this.diagnostics.report),
        connectBenchmark: connectDataFrom(this.places.trainer, 'benchmark', this.diagnostics.report),
        publish: this.publish,
        report: this.diagnostics.report,
        dialogs: (memory) => nativeDialogs(() => this.openWindow(), memory),
        onSettings: (workbench) => this.applySettings(workbench.settings.get()),
      })
      this.problem = null
    } catch (thrown) {
      const error = toCallError(thrown, (details) =>
        this.diagnostics.report(`Opening ${path} failed.`, details),
      )
      this.diagnostics.note(`${error.code}: ${error.message}`)
      this.problem = { error, actions: ['retry', 'open', 'create', 'reveal', 'quit'] }
      this.installMenu('system')
    }
    this.load()
  }

  private load(): void {
    const url = this.problem ? problemUrl() : `${developmentServer() ?? APP_URL.slice(0, -1)}/`
    this.window
      ?.loadURL(url)
      .catch((thrown: unknown) => this.diagnostics.report(`${url} did not load.`, thrown))
  }

  private applySettings({ theme }: Settings): void {
    applyTheme(theme, this.window)
    this.installMenu(theme)
  }

  private installMenu(theme: Settings['theme']): void {
    const actions = {
      command: (command: MenuCommand) => this.publish('app.command', { command }),
      setTheme: (value: Settings['theme']) => this.setTheme(value),
    }
    installMenu(actions, theme, !app.isPackaged)
  }

  private setTheme(theme: Settings['theme']): void {
    if (!this.workbench) return this.applySettings({ theme } as Settings)
    try {
      const settings = this.workbench.settings.set({ theme })
      this.workbench.applySettings()
      this.publish('settings.changed', { settings })
    } catch (thrown) {
      const { message, hint } = toCallError(thrown, (details) =>
        this.diagnostics.report('The theme was not kept.', details),
      )
      this.notify(message, hint)
    }
  }

  private onPageGone(reason: string): void {
    if (reason === 'clean-exit' || this.closing) return
    this.diagnostics.report(`The window's page ended: ${reason}.`)
    if (this.reloads.mayStart(performance.now())) return this.load()
    const error = {
      code: 'internal' as const,
      message: `The window's page ended several times in a row (${reason}). Training goes on meanwhile, and everything is logged.`,
      hint: `What happened is in ${this.diagnostics.path}.`,
      problems: [],
    }
    this.problem = { error, actions: ['reload', 'quit'] }
    this.load()
  }

  private async act(action: ProblemAction): Promise<void> {
    switch (action) {
      case 'retry':
        return this.openDatabase(this.places.database)
      case 'open': {
        const chosen = await dialog.showOpenDialog(this.openWindow(), {
          filters: DATABASES,
          properties: ['openFile'],
        })
        if (chosen.filePaths[0]) this.openDatabase(chosen.filePaths[0])
        return
      }
      case 'create': {
        const chosen = await dialog.showSaveDialog(this.openWindow(), {
          defaultPath: 'descent.db',
          filters: DATABASES,
        })
        if (chosen.filePath) this.openDatabase(chosen.filePath)
        return
      }
      case 'reveal':
        return shell.showItemInFolder(this.places.database)
      case 'reload':
        this.reloads.reset()
        this.problem = null
        return this.load()
      case 'quit':
        return app.quit()
      default:
        return action satisfies never
    }
  }

  private openWindow(): BrowserWindow {
    if (!this.window) throw new Error('There is no window.')
    return this.window
  }
}
