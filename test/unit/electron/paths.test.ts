import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { datasetFolderOf, defaultDatabasePath, homeFolder } from '../../../electron/paths'

describe('default places', () => {
  it('are the ones that each system has for them', () => {
    expect(homeFolder({}, 'linux', '/home/a')).toBe(join('/home/a', '.config', 'Descent'))
    expect(homeFolder({ XDG_CONFIG_HOME: '/x' }, 'linux', '/home/a')).toBe(join('/x', 'Descent'))
    expect(homeFolder({ XDG_CONFIG_HOME: 'relative' }, 'linux', '/home/a')).toBe(
      join('/home/a', '.config', 'Descent'),
    )
    expect(homeFolder({}, 'darwin', '/Users/a')).toBe(
      join('/Users/a', 'Library', 'Application Support', 'Descent'),
    )
    expect(homeFolder({ APPDATA: '/roaming' }, 'win32', '/a')).toBe(join('/roaming', 'Descent'))
  })

  it('give way to DESCENT_HOME', () => {
    expect(homeFolder({ DESCENT_HOME: 'here', XDG_CONFIG_HOME: '/x' }, 'linux', '/a')).toBe(resolve('here'))
  })

  it('put database and data sets side by side', () => {
    expect(defaultDatabasePath('/d')).toBe(join('/d', 'descent.db'))
    expect(datasetFolderOf(join('/d', 'other.db'))).toBe(resolve('/d', 'datasets'))
  })
})
