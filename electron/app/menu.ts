// The native menu. It names the commands and their keys; the page's command table does them.

import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand, Settings } from '../contract'

export interface MenuActions {
  command(command: MenuCommand): void
  setTheme(theme: Settings['theme']): void
}

export function installMenu(actions: MenuActions, theme: Settings['theme'], isDevelopment: boolean): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, theme, isDevelopment)))
}

export function menuTemplate(
  actions: MenuActions,
  theme: Settings['theme'],
  isDevelopment: boolean,
  platform: NodeJS.Platform = process.platform,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    // The page answers these keys itself, where it knows what has the focus; the menu only shows them.
    registerAccelerator: false,
    click: () => actions.command(command),
  })
  const themeItem = (label: string, value: Settings['theme']): MenuItemConstructorOptions => ({
    label,
    type: 'radio',
    checked: theme === value,
    click: () => actions.setTheme(value),
  })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const application: MenuItemConstructorOptions = {
    label: 'Descent',
    submenu: [
      item('About Descent', 'about'),
      separator,
      item('Settings…', 'go-settings'),
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  }
  return [
    ...(isMac ? [application] : []),
    {
      label: '&File',
      submenu: [
        item('New Experiment', 'new-experiment'),
        separator,
        item('Import CSV…', 'import-csv'),
        item('Import Images…', 'import-images'),
        item('Export Runs…', 'export-runs'),
        separator,
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        item('Undo', 'undo', 'CmdOrCtrl+Z'),
        item('Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    { label: '&Run', submenu: [item('Run Design', 'run', 'CmdOrCtrl+Enter')] },
    {
      label: '&View',
      submenu: [
        item('Command Palette…', 'palette', 'CmdOrCtrl+K'),
        separator,
        item('Design', 'go-design'),
        item('Runs', 'go-runs'),
        item('Compare', 'go-compare'),
        item('Datasets', 'go-datasets'),
        item('Settings', 'go-settings'),
        separator,
        {
          label: 'Theme',
          submenu: [
            themeItem('Like the System', 'system'),
            themeItem('Light', 'light'),
            themeItem('Dark', 'dark'),
          ],
        },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(isDevelopment ? ([separator, { role: 'reload' }, { role: 'toggleDevTools' }] as const) : []),
      ],
    },
    { role: 'windowMenu' },
    {
      label: '&Help',
      submenu: [
        item('Keyboard Shortcuts', 'shortcuts', 'CmdOrCtrl+/'),
        item('Verify the Five Systems', 'verify'),
        separator,
        item('About Descent', 'about'),
      ],
    },
  ]
}
