import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { executableIn } from '../../../scripts/lib/electron-runtime.mjs'
import { createReport, describeBytes } from '../../../scripts/lib/output.mjs'
import { SetupProblem, describeProblem } from '../../../scripts/lib/problem.mjs'
import { npmCommand, npmReason, outputTail } from '../../../scripts/lib/processes.mjs'
import { buildKey, headersFolder } from '../../../scripts/lib/sqlite-build.mjs'
import { mustCompile } from '../../../scripts/lib/sqlite.mjs'
import { missingLibraries, packagesToInstall } from '../../../scripts/lib/system-libraries.mjs'
import { temporaryFolder } from './temporary-folder'

describe('the choice of the SQLite library', () => {
  it('takes the prebuilt one where both runtimes know its Node-API', () => {
    expect(mustCompile(10, 10, true)).toBe(false)
  })

  it('compiles when either runtime is older, or when there is nothing prebuilt', () => {
    expect(mustCompile(9, 10, true)).toBe(true)
    expect(mustCompile(10, 9, true)).toBe(true)
    expect(mustCompile(10, 10, false)).toBe(true)
  })

  it('keeps a compiled file apart by version, level, system and processor', () => {
    const build = { version: '13.2.0', napi: 9, platform: 'linux', architecture: 'x64' }
    expect(buildKey(build)).toBe('better-sqlite3-13.2.0-napi9-linux-x64')
    expect(buildKey({ ...build, napi: 10 })).not.toBe(buildKey(build))
  })

  it('takes the headers of the Node.js that runs, then those of the system, else has them fetched', () => {
    const own = (path: string): boolean => path.startsWith(join('/opt/node', 'include'))
    expect(headersFolder('/opt/node/bin/node', own)).toBe('/opt/node')
    expect(headersFolder('/opt/node/bin/node', (path) => path.startsWith(join('/usr', 'include')))).toBe(
      '/usr',
    )
    expect(headersFolder('/opt/node/bin/node', () => false)).toBeUndefined()
  })
})

describe('the system libraries', () => {
  const wanted = [['libgtk-3-0t64', 'libgtk-3-0'], ['libnss3'], ['libasound2t64', 'libasound2']]

  it('are installed by the name the distribution has for them', () => {
    const newer = new Set(['libgtk-3-0t64', 'libnss3', 'libasound2t64'])
    const older = new Set(['libgtk-3-0', 'libnss3', 'libasound2'])
    expect(packagesToInstall(wanted, new Set(), newer)).toEqual(['libgtk-3-0t64', 'libnss3', 'libasound2t64'])
    expect(packagesToInstall(wanted, new Set(), older)).toEqual(['libgtk-3-0', 'libnss3', 'libasound2'])
  })

  it('are left alone when they are there under either name', () => {
    expect(packagesToInstall(wanted, new Set(['libgtk-3-0', 'libasound2t64']), new Set(['libnss3']))).toEqual(
      ['libnss3'],
    )
  })

  it('are missed by what the loader does not find', () => {
    const listing =
      '\tlibnss3.so => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x1)\n\tlibgbm.so.1 => not found\n'
    expect(missingLibraries(listing)).toEqual(['libnss3.so', 'libgbm.so.1'])
    expect(missingLibraries('\tlibc.so.6 => /lib/libc.so.6 (0x1)\n')).toEqual([])
  })
})

describe('a runtime that is given', () => {
  it('is the executable in its folder', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'dist'))
    writeFileSync(join(folder, 'dist', 'electron'), '')
    expect(executableIn(join(folder, 'dist'))).toBe(join(folder, 'dist', 'electron'))
    expect(() => executableIn(folder)).toThrow('holds no electron executable')
  })
})

describe('npm', () => {
  it('is the one that started us, run by this Node.js', () => {
    const { command, parameters } = npmCommand(
      ['ci'],
      { npm_execpath: '/usr/lib/npm/bin/npm-cli.js' },
      'linux',
    )
    expect(command).toBe(process.execPath)
    expect(parameters).toEqual(['/usr/lib/npm/bin/npm-cli.js', 'ci'])
  })

  it('is quoted with its reason and not with the help that follows', () => {
    const stderr =
      'npm error code E404\nnpm error\nnpm error 404 Not Found\nnpm error A complete log of this run can be found in: x\n'
    const outcome = { code: 1, signal: null, stdout: '', stderr, failure: '' }
    expect(npmReason(outcome)).toBe('    npm error code E404\n    npm error 404 Not Found')
  })

  it('is npm where another package manager or none started us', () => {
    expect(npmCommand(['ci'], { npm_execpath: '/usr/lib/yarn.js' }, 'linux')).toEqual({
      command: 'npm',
      parameters: ['ci'],
      shell: false,
    })
    expect(npmCommand(['ci'], {}, 'win32').shell).toBe(true)
  })
})

describe('what the set-up says', () => {
  function collect(quiet: boolean): {
    text: () => string
    report: ReturnType<typeof createReport>
    wait: (ms: number) => void
  } {
    let text = ''
    let time = 0
    const stream = {
      isTTY: false,
      on: () => stream,
      write: (part: string) => (text += part),
    } as unknown as NodeJS.WriteStream
    return {
      text: () => text,
      report: createReport({ quiet, stream, now: () => time }),
      wait: (ms) => (time += ms),
    }
  }

  it('is one line a step', () => {
    const { report, text } = collect(false)
    report.upToDate('Packages', 'as in package-lock.json')
    report.done('Build', 'out/ built in 4.0 s')
    expect(text()).toBe('setup: Packages ... as in package-lock.json\nsetup: Build ... out/ built in 4.0 s\n')
  })

  it('is nothing in quiet mode unless something is done', () => {
    const { report, text } = collect(true)
    report.upToDate('Packages', 'as in package-lock.json')
    expect(text()).toBe('')
    report.done('Build', 'out/ built in 4.0 s')
    expect(text()).toContain('Build')
  })

  it('is progress every few seconds where no terminal shows it', () => {
    const { report, text, wait } = collect(false)
    report.working('SQLite', 'compiling')
    for (let second = 0; second < 40; second += 1) {
      wait(1000)
      report.progress('SQLite', `compiling, ${second + 1} s`)
    }
    expect(text().trim().split('\n')).toHaveLength(3)
  })

  it('counts bytes against the total where that is known', () => {
    expect(describeBytes(47 * 2 ** 20, 188 * 2 ** 20)).toBe('47 of 188 MB (25 %)')
    expect(describeBytes(47 * 2 ** 20, undefined)).toBe('47 MB')
    expect(describeBytes(200 * 2 ** 20, 188 * 2 ** 20)).toBe('188 of 188 MB (100 %)')
  })

  it('tells a person the problem and the remedy, without a stack', () => {
    expect(describeProblem(new SetupProblem('SQLite: it does not load.', 'Compile it.'))).toBe(
      'SQLite: it does not load.\n  What to do: Compile it.',
    )
  })

  it('quotes the last lines of a program, without colours and its stack', () => {
    const outcome = {
      code: 1,
      signal: null,
      stdout: 'one\ntwo\n',
      stderr: '\x1b[31mthree\x1b[0m\n    at file.js:1:1\n',
      failure: '',
    }
    expect(outputTail(outcome, 2)).toBe('    two\n    three')
  })
})
