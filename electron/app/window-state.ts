// Where the window was and how large, kept in a small file beside the database and not in it, so that the window
// opens as it was even where the database does not.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

export const DEFAULT_SIZE = { width: 1440, height: 900 } as const
export const MINIMUM_SIZE = { width: 1024, height: 680 } as const

const position = z.int().min(-100_000).max(100_000)
const length = z.int().min(100).max(100_000)
const windowStateSchema = z.strictObject({
  bounds: z.strictObject({ x: position, y: position, width: length, height: length }),
  isMaximized: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
})
export type WindowState = z.output<typeof windowStateSchema>
export type Bounds = WindowState['bounds']

/** Null where there is none, or none that makes sense. */
export function readWindowState(path: string): WindowState | null {
  try {
    return windowStateSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // A missing or broken file costs nothing but the window's place.
    return null
  }
}

/** Written beside and moved over: a crash leaves the old state or the new one. */
export function writeWindowState(path: string, state: WindowState): void {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}.tmp`
  writeFileSync(temporary, JSON.stringify(state))
  renameSync(temporary, path)
}

/**
 * Bounds of which enough is on a screen to take hold of the window; null when a screen has gone.
 * @param areas work areas of the screens there are
 */
export function fitToScreens(bounds: Bounds, areas: readonly Bounds[]): Bounds | null {
  const grip = 100
  const isReachable = areas.some(
    (area) =>
      bounds.x + bounds.width >= area.x + grip &&
      bounds.x <= area.x + area.width - grip &&
      bounds.y >= area.y - 1 &&
      bounds.y <= area.y + area.height - grip,
  )
  if (!isReachable) return null
  return {
    ...bounds,
    width: Math.max(bounds.width, MINIMUM_SIZE.width),
    height: Math.max(bounds.height, MINIMUM_SIZE.height),
  }
}
