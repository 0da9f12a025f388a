// Bundles a TypeScript file for a child process: starting it through a loader would take longer than it runs.

import { resolve } from 'node:path'
import { build } from 'vite'

const projectFolder = resolve(import.meta.dirname, '../../..')

/** Returns the path of the JavaScript file. It lies inside the project, so that its packages are found. */
export async function bundleForNode(source: string, name: string): Promise<string> {
  const folder = resolve(projectFolder, 'out/test', name)
  await build({
    configFile: false,
    root: projectFolder,
    logLevel: 'error',
    // A package of many modules is found and read file by file: at each start as long as all else takes.
    ssr: { noExternal: ['zod'] },
    build: {
      ssr: resolve(projectFolder, source),
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      rollupOptions: { output: { format: 'es', entryFileNames: `${name}.mjs` } },
    },
  })
  return resolve(folder, `${name}.mjs`)
}
