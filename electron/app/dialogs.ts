// Native file dialogs over the window, opening where they were last time.

import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { dialog, type BrowserWindow, type FileFilter } from 'electron'

export interface FileDialogs {
  /** Path of the chosen file, or null. */
  open(title: string, filters: FileFilter[]): Promise<string | null>
  /** Paths of the chosen files, at least one, or null. */
  openSeveral(title: string, filters: FileFilter[]): Promise<readonly string[] | null>
  /** Path to write to, or null. @param fileName suggested name */
  save(title: string, fileName: string, filters: FileFilter[]): Promise<string | null>
}

/** Where the dialogs opened last time. */
export interface FolderMemory {
  get(): string | null
  set(folder: string): void
}

export function nativeDialogs(window: () => BrowserWindow, memory: FolderMemory): FileDialogs {
  const folder = (): string => memory.get() ?? homedir()
  const remember = (path: string): string => {
    memory.set(dirname(path))
    return path
  }
  return {
    async open(title, filters) {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title,
        defaultPath: folder(),
        filters,
        properties: ['openFile'],
      })
      return canceled || !filePaths[0] ? null : remember(filePaths[0])
    },
    async openSeveral(title, filters) {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title,
        defaultPath: folder(),
        filters,
        properties: ['openFile', 'multiSelections'],
      })
      if (canceled || !filePaths[0]) return null
      remember(filePaths[0])
      return filePaths
    },
    async save(title, fileName, filters) {
      const { canceled, filePath } = await dialog.showSaveDialog(window(), {
        title,
        defaultPath: join(folder(), fileName),
        filters,
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      })
      return canceled || !filePath ? null : remember(filePath)
    },
  }
}
