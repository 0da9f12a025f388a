// What --version says: this program, and what runs it.

import { createRequire } from 'node:module'
import { devDependencies, version } from '../../package.json'
import { isFallback } from '../app/facts'

export function versionText(): string {
  const { electron, node } = process.versions
  const runtime = electron === undefined ? `Node.js ${node}` : electronText(electron)
  return `descent ${version}, ${runtime}, better-sqlite3 ${sqliteBindingVersion()}, ${process.platform} ${process.arch}`
}

function electronText(electron: string): string {
  const wanted = devDependencies.electron
  const role = isFallback(electron, wanted) ? `, standing in for ${wanted.replace(/^\D+/, '')}` : ''
  return `Electron ${electron} (Node.js ${process.versions.node}${role})`
}

function sqliteBindingVersion(): string {
  const manifest = createRequire(import.meta.url)('better-sqlite3/package.json') as { version: string }
  return manifest.version
}
