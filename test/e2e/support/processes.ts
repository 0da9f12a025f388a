// Processes of the application, as the system sees them.

import type { ElectronApplication } from '@playwright/test'

/** Ids of all processes of the application, by the name that Electron gives them. */
export function processesOf(app: ElectronApplication): Promise<{ pid: number; name: string }[]> {
  return app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ pid, name, type }) => ({ pid, name: name ?? type })),
  )
}

/** Id of the one trainer process. */
export async function trainerOf(app: ElectronApplication): Promise<number> {
  const trainers = (await processesOf(app)).filter(({ name }) => name.startsWith('Descent trainer '))
  if (trainers.length !== 1) throw new Error(`There are ${trainers.length} trainers; needs 1.`)
  return trainers[0].pid
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
