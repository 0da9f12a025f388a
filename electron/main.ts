// Boot: the order in which the application comes to life. Each line is one setup; none of them does work of its own.

import { app, protocol, session } from 'electron'
import { messageOf } from '../engine/errors'
import { Application } from './app/application'
import { startDiagnostics, type Diagnostics } from './app/diagnostics'
import { applicationFacts } from './app/facts'
import { readLaunchOptions, type LaunchOptions } from './app/launch-options'
import { allowDevelopmentServer } from './app/origin'
import { findPlaces } from './app/places'
import { problemPage, PROBLEM_PATH } from './app/problem-page'
import { SCHEME_PRIVILEGES, serveFolder } from './app/protocol'
import { exposeForTests, protectContents, protectSession, silenceChromium } from './app/security'
import { homeFolder } from './paths'

boot()

function boot(): void {
  let options: LaunchOptions
  try {
    options = readLaunchOptions(process.argv)
  } catch (thrown) {
    console.error(messageOf(thrown))
    return app.exit(2)
  }
  app.setPath('userData', options.userData ?? homeFolder())
  // Before anything is opened: the second launch only brings the first one's window to the front.
  if (!app.requestSingleInstanceLock()) return app.exit(0)

  const places = findPlaces(import.meta.dirname, app.getPath('userData'), options.database)
  if (!app.isPackaged && process.env.DESCENT_TEST_TRAINER) places.trainer = process.env.DESCENT_TEST_TRAINER
  const diagnostics = startDiagnostics(places.userData, app.isPackaged)
  const application = new Application(places, applicationFacts(), diagnostics)

  if (!app.isPackaged && process.env.ELECTRON_RENDERER_URL)
    allowDevelopmentServer(process.env.ELECTRON_RENDERER_URL)
  silenceChromium(app)
  protocol.registerSchemesAsPrivileged([SCHEME_PRIVILEGES])
  catchDefects(application, diagnostics)
  app.on('second-instance', () => application.focus())
  app.on('window-all-closed', () => app.quit())
  closeInOrder(application)
  void app.whenReady().then(() => {
    const refusals = protectSession(session.defaultSession, diagnostics.report)
    protectContents(app, refusals, (url) => application.followLink(url))
    if (!app.isPackaged) {
      exposeForTests({ descentRefusals: refusals, descentReopen: (path) => application.reopen(path) })
    }
    const problem = (path: string): string | null =>
      path === PROBLEM_PATH && application.problem ? problemPage(application.problem) : null
    protocol.handle(SCHEME_PRIVILEGES.scheme, serveFolder(places.renderer, problem))
    application.start()
  })
}

/** A defect of ours is written down and shown; it does not take the training runs with it. */
function catchDefects(application: Application, diagnostics: Diagnostics): void {
  const onDefect = (thrown: unknown): void => {
    diagnostics.report('Uncaught in the main process.', thrown)
    application.notify('Something went wrong inside Descent.', `The details are in ${diagnostics.path}.`)
  }
  process.on('uncaughtException', onDefect)
  process.on('unhandledRejection', onDefect)
}

/** However the application is asked to end, the trainers' last points are logged first. */
function closeInOrder(application: Application): void {
  let isClosed = false
  app.on('before-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    void application.close().then(() => {
      isClosed = true
      app.quit()
      // Everything is in the log: nothing may hold the process now.
      setTimeout(() => app.exit(0), 2000).unref()
    })
  })
}
