import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          environment: 'node',
          // What is tested here keeps no state between tests, so files share a thread: starting a process and
          // loading every module anew for each of them took as long as the tests. Any order of files passes.
          pool: 'threads',
          isolate: false,
          // One of two cores would stand still: by itself Vitest leaves one to others.
          maxWorkers: 2,
          // Far beyond what the slowest takes: a busy machine fails no test.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // Real processes and real files, mostly one busy process a test: two at a time fill two cores.
          maxWorkers: 2,
        },
      },
    ],
  },
})
