// A folder of its own for each test, removed afterwards.

import { accessSync, chmodSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Memory that looks like a disk, for tests of thousands of transactions, whose point is not the power cable. */
function fastFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK)
    return '/dev/shm'
  } catch {
    return tmpdir()
  }
}

export function temporaryFolder({ isFast = false } = {}): string {
  const folder = mkdtempSync(join(isFast ? fastFolder() : tmpdir(), 'descent-test-'))
  onTestFinished(() => {
    // A test may have taken the permissions away.
    chmodSync(folder, 0o755)
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}
