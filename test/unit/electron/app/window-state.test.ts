import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fitToScreens, readWindowState, writeWindowState } from '../../../../electron/app/window-state'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'descent-window-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const state = {
  bounds: { x: 10, y: 20, width: 1200, height: 800 },
  isMaximized: true,
  theme: 'dark',
} as const
const screen = { x: 0, y: 0, width: 1920, height: 1080 }

describe('the state of the window', () => {
  it('comes back as it was written, and leaves no other file', () => {
    const path = join(folder, 'deeper', 'window.json')
    writeWindowState(path, state)
    writeWindowState(path, state)
    expect(readWindowState(path)).toEqual(state)
    expect(readdirSync(join(folder, 'deeper'))).toEqual(['window.json'])
  })

  it.each(['', '{', 'null', '{"bounds":{"x":0,"y":0,"width":-5,"height":1e9},"isMaximized":false}'])(
    'is none when the file holds %j',
    (text) => {
      const path = join(folder, 'window.json')
      writeFileSync(path, text)
      expect(readWindowState(path)).toBeNull()
    },
  )

  it('is none without a file', () => {
    expect(readWindowState(join(folder, 'window.json'))).toBeNull()
  })

  it('keeps bounds that are on a screen, and never less than the minimum size', () => {
    expect(fitToScreens(state.bounds, [screen])).toEqual(state.bounds)
    expect(fitToScreens({ ...state.bounds, width: 300, height: 200 }, [screen])).toMatchObject({
      width: 1024,
      height: 680,
    })
  })

  it('forgets bounds on a screen that is gone', () => {
    expect(fitToScreens({ ...state.bounds, x: 2500 }, [screen])).toBeNull()
    expect(fitToScreens({ ...state.bounds, x: 2500 }, [screen, { ...screen, x: 1920 }])).not.toBeNull()
    expect(fitToScreens({ ...state.bounds, y: 1070 }, [screen])).toBeNull()
  })
})
