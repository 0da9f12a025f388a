// End-to-end tests: the built application in its real runtime, two at a time, without a second try. Each test can run
// beside any other, so that no worker has a whole file left when the other one has nothing more to do.
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  timeout: 60_000,
  workers: 2,
  fullyParallel: true,
  retries: 0,
  reporter: 'list',
  snapshotPathTemplate: '{testDir}/snapshots/{arg}{ext}',
  forbidOnly: Boolean(process.env.CI),
})
