// Bundles the contender, so that Electron can run it: out/bench/contender.mjs.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const outDir = join(root, 'out', 'bench')

/** @returns {Promise<string>} The path of the script. */
export async function buildContender() {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: [/^zod/] },
    build: {
      ssr: join(root, 'test', 'bench', 'ours', 'contender.ts'),
      outDir,
      target: 'node20.18',
      rollupOptions: { external: ['electron'], output: { format: 'es', entryFileNames: 'contender.mjs' } },
    },
  })
  return join(outDir, 'contender.mjs')
}
