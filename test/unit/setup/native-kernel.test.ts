import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as abi from '../../../engine/kernels/program/abi'
import {
  buildKey,
  constantsHeader,
  constantsOf,
  findCompiler,
  isPossible,
  linkFlags,
} from '../../../scripts/lib/native-kernel.mjs'
import { projectRoot } from '../../../scripts/lib/paths.mjs'

describe('the native kernel', () => {
  it('is made for the systems whose processors may have AVX2 and whose compilers are like GCC', () => {
    expect(isPossible('linux', 'x64')).toBe(true)
    expect(isPossible('darwin', 'x64')).toBe(true)
    expect(isPossible('win32', 'x64')).toBe(false)
    expect(isPossible('darwin', 'arm64')).toBe(false)
  })

  it('is compiled by the first compiler there is', () => {
    const only = (there: string) => findCompiler((command) => command === there)
    expect(only('g++')).toBe('g++')
    expect(only('clang++')).toBe('clang++')
    expect(only('ld')).toBeUndefined()
  })

  it('leaves Node-API to the program that loads it', () => {
    expect(linkFlags('linux')).toEqual(['-shared'])
    expect(linkFlags('darwin')).toContain('dynamic_lookup')
  })

  it('has every constant of a training program', () => {
    const path = join(projectRoot, 'engine', 'kernels', 'program', 'abi.ts')
    expect(constantsOf(readFileSync(path, 'utf8'))).toEqual({ ...abi })
  })

  it('has them in C++', () => {
    const header = constantsHeader(
      constantsOf('// Words.\nexport const GATHER = 1\nexport const NONE = -1\n'),
    )
    expect(header).toContain('constexpr int GATHER = 1;\nconstexpr int NONE = -1;\n')
  })

  it('is compiled anew after a change of a source, and kept apart by system and processor', () => {
    const build = { sources: { 'program.cc': '// 1' }, platform: 'linux', architecture: 'x64' }
    expect(buildKey({ ...build })).toBe(buildKey(build))
    expect(buildKey({ ...build, sources: { 'program.cc': '// 2' } })).not.toBe(buildKey(build))
    expect(buildKey({ ...build, platform: 'darwin' })).not.toBe(buildKey(build))
  })
})
