// Stands in for Electron's own start-up app, which the fallback runtime lacks: starts the app whose path is the
// first argument that is no switch, with the same name, version, app path and arguments as stock Electron gives it.
// As there, "-r FILE" loads a CommonJS file before the app: a test tool holds the app back with it until it listens.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const { given, preloads } = readArguments(process.argv.slice(1))
if (given === undefined) {
  console.error('No app: give the path of a project folder or a script as the first argument.')
  app.exit(1)
} else {
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
  const path = resolve(given)
  const manifestPath = join(path, 'package.json')
  const manifest = existsSync(manifestPath) ? JSON.parse(readFileSync(manifestPath, 'utf8')) : undefined
  if (manifest?.version) app.setVersion(manifest.version)
  if (manifest?.productName ?? manifest?.name) app.setName(manifest.productName ?? manifest.name)
  app.setDesktopName(manifest?.desktopName ?? `${app.getName()}.desktop`)
  let file
  try {
    file = createRequire(import.meta.url).resolve(path)
  } catch (error) {
    console.error(`App ${path}: no entry file to start (${error.message.split('\n')[0]}). Was it built?`)
    app.exit(1)
  }
  if (file) {
    app.setAppPath(manifest ? path : dirname(file))
    const require = createRequire(import.meta.url)
    for (const preload of preloads) require(resolve(preload))
    await import(pathToFileURL(file).href)
  }
}

function readArguments(parameters) {
  const preloads = []
  for (let i = 0; i < parameters.length; i++) {
    if (parameters[i] === '-r' || parameters[i] === '--require') preloads.push(parameters[++i])
    else if (!parameters[i].startsWith('-')) return { given: parameters[i], preloads }
  }
  return { given: undefined, preloads }
}
