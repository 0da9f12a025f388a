// The page of the chart benchmark: measurements by name, called by the driver.

import '../../../renderer/styles/main.css'
import { measureCrosshair } from './measurements/crosshair'
import type { Measurement } from './measurements/measurement'
import { measureMillion } from './measurements/million'
import { measurePanning } from './measurements/pan'
import { measureUpdates } from './measurements/update'

const measurements: Readonly<Record<string, Measurement>> = {
  update: measureUpdates,
  pan: measurePanning,
  crosshair: measureCrosshair,
  million: measureMillion,
}

declare global {
  interface Window {
    measure: (name: string, isQuick: boolean) => ReturnType<Measurement>
  }
}

window.measure = async (name, isQuick) => {
  await document.fonts.ready
  const host = document.createElement('div')
  document.body.replaceChildren(host)
  const rows = await measurements[name](host, { isQuick })
  host.remove()
  return rows
}
