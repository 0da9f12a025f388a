// What pages may do: talk to app://descent/ and to nobody else. One session, every page, decided here.

import type { App, Session, WebContents } from 'electron'
import { contentSecurityPolicy, NONCE_PLACEHOLDER } from './protocol'
import { APP_HOST, APP_SCHEME, developmentServer, isOwnPage } from './origin'
import type { Report } from './diagnostics'

/** Requests that were refused since start, by origin; tests read it. */
export interface Refusals {
  requests: string[]
  navigations: string[]
  windows: string[]
  permissions: string[]
}

/** Chromium's own background traffic, which no page asked for. */
const SWITCHES: readonly (readonly [string, string?])[] = [
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-sync'],
  ['disable-default-apps'],
  ['disable-client-side-phishing-detection'],
  ['no-pings'],
  ['no-first-run'],
  ['no-proxy-server'],
  [
    'disable-features',
    'AutofillServerCommunication,CertificateTransparencyComponentUpdater,MediaRouter,OptimizationHints,Translate',
  ],
]

/** Must run before the application is ready. */
export function silenceChromium(app: App): void {
  for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value)
  // No name but our own development server's is ever looked up.
  if (app.isPackaged || developmentServer() === null) {
    app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  }
}

export function protectSession(session: Session, report: Report): Refusals {
  const refusals: Refusals = { requests: [], navigations: [], windows: [], permissions: [] }
  session.webRequest.onBeforeRequest((details, answer) => {
    const isAllowed = mayLoad(details.url)
    if (!isAllowed) {
      refusals.requests.push(details.url)
      report(`Refused a request to ${details.url.slice(0, 200)}.`)
    }
    answer({ cancel: !isAllowed })
  })
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    refusals.permissions.push(permission)
    report(`Refused the permission ${permission}.`)
    answer(false)
  })
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  session.on('will-download', (event) => event.preventDefault())
  if (developmentServer() !== null) serveDevelopmentPolicy(session)
  return refusals
}

/** Holds for every page there will ever be, windows of tests and tools included. */
export function protectContents(app: App, refusals: Refusals, onLink: (url: string) => boolean): void {
  app.on('web-contents-created', (_event, contents) => protect(contents, refusals, onLink))
}

function protect(contents: WebContents, refusals: Refusals, onLink: (url: string) => boolean): void {
  const refuse = (event: { preventDefault(): void }, url: string): void => {
    // The page may be loaded again, as it is; anything else would leave it.
    if (isSamePage(url, contents.getURL())) return
    event.preventDefault()
    if (!onLink(url)) refusals.navigations.push(url)
  }
  contents.on('will-navigate', (event) => refuse(event, event.url))
  contents.on('will-redirect', (event) => refuse(event, event.url))
  contents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame) return
    event.preventDefault()
    refusals.navigations.push(event.url)
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
    refusals.windows.push('webview')
  })
  contents.setWindowOpenHandler(({ url }) => {
    refusals.windows.push(url)
    return { action: 'deny' }
  })
}

function isSamePage(url: string, current: string): boolean {
  return isOwnPage(url) && url.split('#')[0] === current.split('#')[0]
}

function mayLoad(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host, origin } = new URL(url)
  if (protocol === `${APP_SCHEME}:`) return host === APP_HOST
  if (protocol === 'blob:') return isOwnPage(url.slice('blob:'.length))
  if (protocol === 'data:') return true
  const development = developmentServer()
  if (development === null) return false
  return origin === development || origin === development.replace('http', 'ws') || protocol === 'devtools:'
}

/** The development server sets no headers of ours: the same policy, with a fixed nonce and its own socket. */
function serveDevelopmentPolicy(session: Session): void {
  const socket = developmentServer()?.replace('http', 'ws')
  const policy = contentSecurityPolicy(NONCE_PLACEHOLDER)
    .replace("script-src 'self'", `script-src 'self' 'nonce-${NONCE_PLACEHOLDER}'`)
    .replace("connect-src 'self'", `connect-src 'self' ${socket}`)
  session.webRequest.onHeadersReceived((details, answer) =>
    answer({ responseHeaders: { ...details.responseHeaders, 'content-security-policy': [policy] } }),
  )
}

/** What tests find in the main process. */
export interface ForTests {
  /** What was refused so far. */
  descentRefusals: Refusals
  /** Closes what is open, in order, and opens this database instead; null: none. */
  descentReopen(this: void, databasePath: string | null): Promise<void>
}

/** Never in a packaged application. */
export function exposeForTests(tools: ForTests): void {
  Object.assign(globalThis, tools)
}
