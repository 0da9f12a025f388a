// The window: sandboxed page, kept place and size, shown when it has something to show.

import { BrowserWindow, nativeTheme, screen } from 'electron'
import type { Settings } from '../contract'
import { DEFAULT_SIZE, fitToScreens, MINIMUM_SIZE, readWindowState, writeWindowState } from './window-state'
import type { Report } from './diagnostics'

/** The page's own background in each theme, so that nothing flashes before it is drawn. */
const BACKGROUND = { light: '#ffffff', dark: '#131417' } as const

const SAVE_DELAY_MS = 400

export interface WindowOptions {
  preload: string
  statePath: string
  isDevelopment: boolean
  report: Report
}

export function createWindow({ preload, statePath, isDevelopment, report }: WindowOptions): BrowserWindow {
  const state = readWindowState(statePath)
  if (state) nativeTheme.themeSource = state.theme
  const areas = screen.getAllDisplays().map((display) => display.workArea)
  const bounds = state && fitToScreens(state.bounds, areas)
  const window = new BrowserWindow({
    ...DEFAULT_SIZE,
    ...bounds,
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    show: false,
    title: 'Descent',
    backgroundColor: backgroundColor(),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: isDevelopment,
    },
  })
  window.once('ready-to-show', () => {
    if (state?.isMaximized) window.maximize()
    window.show()
  })
  // The page's <title> is not the window's business.
  window.on('page-title-updated', (event) => event.preventDefault())
  keepState(window, statePath, report)
  return window
}

/** Follows the theme setting: native menus and dialogs, the page's media query and the window's background. */
export function applyTheme(theme: Settings['theme'], window: BrowserWindow | null): void {
  nativeTheme.themeSource = theme
  if (window && !window.isDestroyed()) window.setBackgroundColor(backgroundColor())
}

function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light
}

function keepState(window: BrowserWindow, path: string, report: Report): void {
  let timer: NodeJS.Timeout | null = null
  const save = (): void => {
    if (timer) clearTimeout(timer)
    timer = null
    try {
      writeWindowState(path, {
        bounds: window.getNormalBounds(),
        isMaximized: window.isMaximized(),
        theme: nativeTheme.themeSource,
      })
    } catch (thrown) {
      report('The window state could not be written.', thrown)
    }
  }
  const saveSoon = (): void => {
    timer ??= setTimeout(save, SAVE_DELAY_MS)
  }
  window.on('resize', saveSoon)
  window.on('move', saveSoon)
  window.on('maximize', saveSoon)
  window.on('unmaximize', saveSoon)
  window.on('close', save)
  window.on('closed', () => {
    if (timer) clearTimeout(timer)
  })
}
