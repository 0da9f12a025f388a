// Processes of the application, as the system sees them.

import type { ElectronApplication } from '@playwright/test'

/** Ids of all processes of the application, by the name that Electron gives them. */
export function processesOf(app: ElectronApplication): Promise<{ pid: number; name: string }[]> {
  return app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ pid, name, type }) => ({ pid, name: name ?? type })),
  )
}

export async function trainerOf(app: ElectronApplication, runId: string): Promise<number> {
  const trainer = (await processesOf(app)).find(({ name }) => name === `Descent trainer ${runId}`)
  if (!trainer) throw new Error(`Run ${runId} has no process.`)
  return trainer.pid
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
