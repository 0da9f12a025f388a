// Puts calls and events on Electron's IPC: two fixed channels, the sender checked on every call.

import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import { CALL_CHANNEL, EVENT_CHANNEL } from '../channels'
import type { EventName, Events } from '../contract'
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

/** Sends events to this window's page; a page that is gone or reloading reads the state again when it is back. */
export function publishTo(window: () => BrowserWindow | null): Publish {
  return (name, payload) => {
    const target = window()
    if (!target || target.isDestroyed() || target.webContents.isCrashed()) return
    target.webContents.send(EVENT_CHANNEL, name, payload)
  }
}

function callerOf(event: IpcMainInvokeEvent, window: BrowserWindow): Caller {
  const frame = event.senderFrame
  const url = frame?.url ?? 'a frame that is gone'
  const isMainFrame =
    frame !== null && !window.isDestroyed() && event.sender === window.webContents && frame.parent === null
  return { isTrusted: isMainFrame && isOwnPage(url), description: url.slice(0, 200) }
}
