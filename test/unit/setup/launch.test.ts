import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  callerFolder,
  hasDisplay,
  isForeground,
  runInForeground,
  sandboxParameters,
} from '../../../scripts/lib/launch.mjs'
import { projectRoot } from '../../../scripts/lib/paths.mjs'
import { asApplicationEnvironment, asNodeEnvironment, readRuntime } from '../../../scripts/lib/runtime.mjs'
import { parseSetUpParameters } from '../../../scripts/lib/set-up.mjs'
import { chooseStages, sideBySide, stageCommand, stages } from '../../../scripts/lib/test-stages.mjs'
import { temporaryFolder } from './temporary-folder'

describe('the display', () => {
  it('is there under X11 and under Wayland', () => {
    expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true)
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
  })

  it('is not there on a Linux without either', () => {
    expect(hasDisplay('linux', {})).toBe(false)
    expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false)
  })

  it('is taken for granted on macOS and Windows', () => {
    expect(hasDisplay('darwin', {})).toBe(true)
    expect(hasDisplay('win32', {})).toBe(true)
  })
})

describe('the sandbox', () => {
  const ordinary = { platform: 'linux', isRoot: false, hasNamespaces: true, hasHelper: false }

  it('is on for an ordinary user', () => {
    expect(sandboxParameters(ordinary)).toEqual({ parameters: [], note: '' })
    expect(sandboxParameters({ ...ordinary, hasNamespaces: false, hasHelper: true }).parameters).toEqual([])
  })

  it('is left out for root, and that is said', () => {
    const { parameters, note } = sandboxParameters({ ...ordinary, isRoot: true })
    expect(parameters).toEqual(['--no-sandbox'])
    expect(note).toContain('root')
  })

  it('is left out where the system lets nobody build one, and the remedy is said', () => {
    const { parameters, note } = sandboxParameters({ ...ordinary, hasNamespaces: false })
    expect(parameters).toEqual(['--no-sandbox'])
    expect(note).toContain('chmod 4755')
  })

  it('is no matter of ours outside of Linux', () => {
    expect(sandboxParameters({ ...ordinary, platform: 'darwin', isRoot: true }).parameters).toEqual([])
  })
})

describe("the caller's folder", () => {
  it('is where npm was called when npm started the script', () => {
    const environment = { npm_lifecycle_event: 'descent', INIT_CWD: '/home/ada/data' }
    expect(callerFolder('descent', environment, projectRoot)).toBe('/home/ada/data')
  })

  it('is the current folder otherwise, whatever an outer npm left in the environment', () => {
    const environment = { npm_lifecycle_event: 'test:integration', INIT_CWD: '/home/ada/data' }
    expect(callerFolder('descent', environment, projectRoot)).toBe(projectRoot)
    expect(callerFolder('descent', { ...environment, npm_lifecycle_event: 'descent' }, '/tmp')).toBe('/tmp')
    expect(callerFolder('descent', {}, '/tmp')).toBe('/tmp')
  })
})

describe('a program in the foreground', () => {
  it('hands on its exit code', async () => {
    expect(await runInForeground(process.execPath, ['-e', 'process.exit(7)'])).toBe(7)
  })

  it.skipIf(process.platform === 'win32')(
    'ends with 130 when interrupted and 143 when terminated',
    async () => {
      expect(await runInForeground(process.execPath, ['-e', 'process.kill(process.pid, "SIGINT")'])).toBe(130)
      expect(await runInForeground(process.execPath, ['-e', 'process.kill(process.pid, "SIGTERM")'])).toBe(
        143,
      )
    },
  )

  it('fails when it cannot be started', async () => {
    await expect(runInForeground(join(temporaryFolder(), 'nothing'), [])).rejects.toThrow('ENOENT')
  })

  it('shares the Ctrl-C of its terminal only when its group is in front', () => {
    expect(isForeground('4242 (node) S 1 4242 4242 34816 4242 4194304')).toBe(true)
    expect(isForeground('4242 (a (b) c) S 1 4242 4000 34816 4000 4194304')).toBe(false)
    expect(isForeground('4242 (node) S 1 4242 4242 0 -1 4194304')).toBe(false)
  })
})

describe('the environment of the runtime', () => {
  it('makes it a plain Node.js or an application, whatever it was', () => {
    expect(asNodeEnvironment({ LANG: 'C' })).toEqual({ LANG: 'C', ELECTRON_RUN_AS_NODE: '1' })
    expect(asApplicationEnvironment({ LANG: 'C', ELECTRON_RUN_AS_NODE: '1' })).toEqual({ LANG: 'C' })
  })

  it('says how to get a runtime when none is recorded', () => {
    expect(() => readRuntime(join(temporaryFolder(), 'runtime.json'))).toThrow('names no executable')
  })
})

describe('the parameters of the set-up', () => {
  it('name the purpose, and start is what is meant without', () => {
    expect(parseSetUpParameters([])).toEqual({ purpose: 'start', isQuiet: false })
    expect(parseSetUpParameters(['--for', 'test', '--quiet'])).toEqual({ purpose: 'test', isQuiet: true })
  })

  it('refuse what is not known', () => {
    expect(() => parseSetUpParameters(['--for', 'tests'])).toThrow('--for start|test|descent')
    expect(() => parseSetUpParameters(['--force'])).toThrow('not understood')
  })
})

describe('the stages of npm test', () => {
  it('are all of them, the quick ones first', () => {
    expect(chooseStages([]).map(({ name }) => name)).toEqual(['lint', 'types', 'unit', 'integration', 'e2e'])
  })

  it('are those that are asked for, in the usual order', () => {
    expect(chooseStages(['--only', 'unit,lint']).map(({ name }) => name)).toEqual(['lint', 'unit'])
  })

  it('run lint and types side by side, and each of the others alone', () => {
    const names = (chosen: string[]) =>
      sideBySide(chooseStages(chosen)).map((each) => each.map(({ name }) => name))
    expect(names([])).toEqual([['lint', 'types'], ['unit'], ['integration'], ['e2e']])
    expect(names(['--only', 'e2e'])).toEqual([['e2e']])
  })

  it('refuse an unknown name and list the known ones', () => {
    expect(() => chooseStages(['--only', 'units'])).toThrow('lint, types, unit, integration, e2e')
    expect(() => chooseStages(['--only'])).toThrow('not understood')
  })

  it('run under a virtual display only where a window is needed and there is none', () => {
    const [lint] = stages
    const endToEnd = stages[stages.length - 1]
    expect(stageCommand(lint, false, true).command).not.toBe('xvfb-run')
    expect(stageCommand(endToEnd, true, true).command).not.toBe('xvfb-run')
    expect(stageCommand(endToEnd, false, true)).toMatchObject({ command: 'xvfb-run', shell: false })
    expect(() => stageCommand(endToEnd, false, false)).toThrow('no xvfb-run')
  })
})
