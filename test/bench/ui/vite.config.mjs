// Builds the page of the chart benchmark from the renderer's own sources; never part of the application.
import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const here = import.meta.dirname

export default defineConfig({
  root: here,
  base: './',
  logLevel: 'warn',
  plugins: [vue(), tailwindcss()],
  build: {
    outDir: resolve(here, '../../../out/bench-ui'),
    emptyOutDir: true,
    target: 'chrome130',
    minify: 'oxc',
    assetsInlineLimit: 0,
    rollupOptions: { input: { page: resolve(here, 'page.html') } },
  },
})
