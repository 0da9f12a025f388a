// Builds the three targets of the application: main (with its utility-process, worker and
// command-line entries), the sandboxed preload, and the renderer.
import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

const fromRoot = (path: string): string => resolve(import.meta.dirname, path)

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // better-sqlite3 and the canvas are native: they stay outside of the bundle. Zod does not: each process that starts
      // would find and read its many modules one by one.
      externalizeDeps: { exclude: ['zod'] },
      // The oldest runtime we start on is Electron 33, with Node 20.18.
      target: 'node20.18',
      rollupOptions: {
        input: {
          main: fromRoot('electron/main.ts'),
          trainer: fromRoot('electron/trainer/entry.ts'),
          cli: fromRoot('electron/cli/entry.ts'),
          'kernel-worker': fromRoot('electron/kernels/worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload must be one CommonJS file.
      externalizeDeps: false,
      target: 'node20.18',
      rollupOptions: {
        input: { preload: fromRoot('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: fromRoot('renderer'),
    html: { cspNonce: '__CSP_NONCE__' },
    plugins: [vue(), tailwindcss()],
    build: {
      outDir: fromRoot('out/renderer'),
      target: 'chrome130',
      minify: 'oxc',
      // An inlined font would be a data: URL, which the content security policy blocks.
      assetsInlineLimit: 0,
      rollupOptions: { input: { index: fromRoot('renderer/index.html') } },
    },
  },
})
