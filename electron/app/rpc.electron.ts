// Puts calls and events on Electron's IPC: two fixed channels, the sender checked on every call.

import { ipcMain, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import { CALL_CHANNEL, EVENT_CHANNEL, READER_CHANNEL } from '../channels'
import type { EventName, Events } from '../contract'
import type { GivePort } from '../reader/reader.electron'
import { isOwnPage } from './origin'
import type { Answer, Caller } from './rpc'

export type Publish = <N extends EventName>(name: N, payload: Events[N]) => void

/** Answers the calls of this window's page. Returns its stop. */
export function serveCalls(window: BrowserWindow, answer: Answer): () => void {
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown) =>
    answer(callerOf(event, window), name, input),
  )
  return () => ipcMain.removeHandler(CALL_CHANNEL)
}

/** Gives this window's page ports to the reader, and no other page. Returns its stop. */
export function serveReaderPorts(window: BrowserWindow, connect: (give: GivePort) => void): () => void {
  const onAsked = (event: IpcMainEvent): void => {
    const frame = event.senderFrame
    if (frame === null || !callerOf(event, window).isTrusted) return
    connect((port) => {
      // The page may be gone when a new reader is there: the next one asks for itself.
      if (!frame.isDestroyed()) frame.postMessage(READER_CHANNEL, null, port ? [port] : [])
    })
  }
  ipcMain.on(READER_CHANNEL, onAsked)
  return () => ipcMain.off(READER_CHANNEL, onAsked)
}

/** Sends events to this window's page; a page that is gone or reloading reads the state again when it is back. */
export function publishTo(window: () => BrowserWindow | null): Publish {
  return (name, payload) => {
    const target = window()
    if (!target || target.isDestroyed() || target.webContents.isCrashed()) return
    target.webContents.send(EVENT_CHANNEL, name, payload)
  }
}

function callerOf(event: IpcMainInvokeEvent | IpcMainEvent, window: BrowserWindow): Caller {
  const frame = event.senderFrame
  const url = frame?.url ?? 'a frame that is gone'
  const isMainFrame =
    frame !== null && !window.isDestroyed() && event.sender === window.webContents && frame.parent === null
  return { isTrusted: isMainFrame && isOwnPage(url), description: url.slice(0, 200) }
}
