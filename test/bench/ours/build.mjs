// Bundles a script of this folder, so that Electron can run it: out/bench/<name>.mjs.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const outDir = join(root, 'out', 'bench')

/** @param {'contender' | 'bare'} name @returns {Promise<string>} The path of the script. */
export async function buildScript(name) {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: [/^zod/] },
    build: {
      ssr: join(root, 'test', 'bench', 'ours', `${name}.ts`),
      outDir,
      emptyOutDir: false,
      target: 'node20.18',
      rollupOptions: { external: ['electron'], output: { format: 'es', entryFileNames: `${name}.mjs` } },
    },
  })
  return join(outDir, `${name}.mjs`)
}
