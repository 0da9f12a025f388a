import { describe, expect, it } from 'vitest'
import { readLaunchOptions } from '../../../../electron/app/launch-options'

describe('launch options', () => {
  it('are none by default, whatever Chromium is told', () => {
    expect(readLaunchOptions(['electron', '--no-sandbox', '--remote-debugging-port=0', '/app'])).toEqual({
      database: null,
      userData: null,
    })
  })

  it.each([[['--db', 'runs.db']], [['--db=runs.db']]])('take a path relative to the folder: %j', (args) => {
    expect(readLaunchOptions(['electron', '/app', ...args], '/work').database).toBe('/work/runs.db')
  })

  it('take a path with an equals sign', () => {
    expect(readLaunchOptions(['electron', '--user-data-dir=/a=b'], '/').userData).toBe('/a=b')
  })

  it.each([[['--db']], [['--db=']], [['--db', '--user-data-dir=/x']]])(
    'refuse a switch without its path: %j',
    (args) => {
      expect(() => readLaunchOptions(['electron', ...args])).toThrow('--db: no path; needs one.')
    },
  )
})
