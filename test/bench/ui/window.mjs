// The main process of the chart benchmark: the page in an Electron window as the application opens one.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, BrowserWindow, net, protocol } from 'electron'

const folder = join(import.meta.dirname, '../../../out/bench-ui')

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
app.on('window-all-closed', () => app.quit())
void app.whenReady().then(() => {
  protocol.handle('app', ({ url }) => net.fetch(pathToFileURL(join(folder, new URL(url).pathname)).href))
  const window = new BrowserWindow({
    width: 1280,
    height: 760,
    useContentSize: true,
    webPreferences: { sandbox: true, contextIsolation: true, backgroundThrottling: false },
  })
  void window.loadURL('app://bench/page.html')
})
