// Native file dialogs over the window. The page never names a path to read: it gets a token for what a person chose.

import { randomUUID } from 'node:crypto'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { dialog, type BrowserWindow, type FileFilter } from 'electron'
import { DescentError } from '../../engine/errors'

export interface FileDialogs {
  /** Path of the chosen file, or null. */
  open(title: string, filters: FileFilter[]): Promise<string | null>
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

/** Tokens that stand for chosen files, as long as the application runs. */
export class ChosenFiles {
  private readonly paths = new Map<string, string>()

  add(path: string): { token: string; fileName: string } {
    const token = randomUUID()
    this.paths.set(token, path)
    return { token, fileName: basename(path) }
  }

  /** @throws DescentError('not-found') for a token that was never given out */
  path(token: string): string {
    const path = this.paths.get(token)
    if (path !== undefined) return path
    throw new DescentError('not-found', 'This file is no longer known.', 'Choose the file again.')
  }
}

/** A name that every file system takes. */
export function safeFileName(name: string, ending: string): string {
  const stem = name
    .replace(/[\p{Cc}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+|[. ]+$/g, '')
    .slice(0, 100)
  return `${stem || 'descent'}.${ending}`
}
