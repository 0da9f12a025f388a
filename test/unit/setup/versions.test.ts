import { describe, expect, it } from 'vitest'
import { isAtLeast, parseVersion, requireNodeVersion } from '../../../scripts/lib/versions.mjs'

describe('the version check', () => {
  it('reads versions with and without the v, short and with a suffix', () => {
    expect(parseVersion('v20.19.0')).toEqual([20, 19, 0])
    expect(parseVersion('20.19')).toEqual([20, 19, 0])
    expect(parseVersion('33.2.1-beta.4')).toEqual([33, 2, 1])
  })

  it('refuses what is no version', () => {
    expect(() => parseVersion('latest')).toThrow('Version "latest"')
  })

  it('compares by number and not by text', () => {
    expect(isAtLeast('20.9.0', '20.19.0')).toBe(false)
    expect(isAtLeast('20.19.0', '20.19.0')).toBe(true)
    expect(isAtLeast('22.0.0', '20.19.0')).toBe(true)
    expect(isAtLeast('20.19.1', '20.19.2')).toBe(false)
  })

  it('accepts the oldest supported Node.js', () => {
    expect(() => requireNodeVersion('v20.19.0')).not.toThrow()
  })

  it('names the version found, the one needed and the remedy', () => {
    expect(() => requireNodeVersion('v18.20.4')).toThrow(/Node\.js 18\.20\.4.*20\.19\.0/)
    try {
      requireNodeVersion('v18.20.4')
    } catch (error) {
      expect((error as { hint: string }).hint).toContain('Install a current Node.js')
    }
  })
})
