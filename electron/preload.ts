// All that reaches the page: two fixed channels, no names checked here, no Electron object exposed; and, on a third,
// message ports to the reader, which only a message of the window can hand over.
import { contextBridge, ipcRenderer } from 'electron'
import { CALL_CHANNEL, EVENT_CHANNEL, READER_CHANNEL } from './channels'
import type { Bridge } from './contract'

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke(CALL_CHANNEL, name, input),
  on: (listener) => {
    const forward = (_event: unknown, name: string, payload: unknown): void => listener(name, payload)
    ipcRenderer.on(EVENT_CHANNEL, forward)
    return () => ipcRenderer.off(EVENT_CHANNEL, forward)
  },
  openReader: () => ipcRenderer.send(READER_CHANNEL),
  readerMessage: READER_CHANNEL,
}

ipcRenderer.on(READER_CHANNEL, ({ ports }) => window.postMessage(READER_CHANNEL, location.origin, [...ports]))
contextBridge.exposeInMainWorld('descent', bridge)
