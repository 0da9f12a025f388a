import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compileProblem } from '../../../electron/kernels/availability'
import * as abi from '../../../engine/kernels/program/abi'
import {
  buildKey,
  constantsHeader,
  constantsOf,
  findCompiler,
  isPossible,
  keepProblem,
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

describe('why there is no native kernel', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'descent-kernels-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is told in the words of the set-up that could not compile it', () => {
    keepProblem(join(folder, 'kernels'), 'no C++ compiler here')
    expect(compileProblem(join(folder, 'kernels'))).toBe(
      'It was not compiled when Descent was set up: no C++ compiler here.',
    )
  })

  it('is one paragraph of what the compiler said last, cut where that is long', () => {
    keepProblem(folder, `g++ failed (exit code 1)\n    fatal error: node_api.h: No such file or directory`)
    expect(compileProblem(folder)).toBe(
      'It was not compiled when Descent was set up: g++ failed (exit code 1) fatal error: node_api.h: No such file or directory.',
    )
    keepProblem(folder, 'g++ failed\n'.repeat(100))
    expect(compileProblem(folder)).toMatch(
      /^It was not compiled when Descent was set up: g\+\+ failed .{280,300}\.\.\./,
    )
  })

  it('is forgotten when it is compiled', () => {
    keepProblem(folder, 'no C++ compiler here')
    keepProblem(folder, '')
    expect(compileProblem(folder)).toBe(
      'It was not compiled when Descent was set up, most often because there was no C++ compiler.',
    )
  })
})
