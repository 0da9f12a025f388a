// What --version says: this program, and what runs it.

import { createRequire } from 'node:module'
import { version } from '../../package.json'

export function versionText(): string {
  const { electron, node } = process.versions
  const runtime = electron === undefined ? `Node.js ${node}` : `Electron ${electron} (Node.js ${node})`
  return `descent ${version}, ${runtime}, better-sqlite3 ${sqliteBindingVersion()}, ${process.platform} ${process.arch}`
}

function sqliteBindingVersion(): string {
  const manifest = createRequire(import.meta.url)('better-sqlite3/package.json') as { version: string }
  return manifest.version
}
