import { describe, expect, it } from 'vitest'
import { explainEnd } from '../../../../electron/run-control/explain-end'

const end = (code: number, errorText = '', reason: string | null = null) => ({ code, errorText, reason })

describe('the reason of an end', () => {
  it.each([
    [end(0), 'training', 'The trainer ended without saying that it was done (exit code 0).'],
    [
      end(1, 'file:///x.js:1\n  throw\n\nTypeError: x is not a function.\n    at y'),
      'training',
      'The trainer ended without saying that it was done (exit code 1): TypeError: x is not a function.',
    ],
    [
      end(1, 'Error [ERR_MODULE_NOT_FOUND]: Cannot find module'),
      'starting',
      'The trainer ended before it was ready (exit code 1): Error [ERR_MODULE_NOT_FOUND]: Cannot find module.',
    ],
    [end(6), 'training', 'The trainer aborted itself (SIGABRT).'],
    [end(11, '', 'crashed'), 'training', 'The trainer crashed (segmentation fault).'],
    [
      end(9, '', 'killed'),
      'training',
      'The trainer was killed (SIGKILL): by the system, for lack of memory, or by hand.',
    ],
    [
      end(
        5,
        '<--- Last few GCs --->\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
      ),
      'training',
      'The trainer ran out of memory. Use fewer units, a smaller batch or fewer examples.',
    ],
    [
      end(5, '', 'oom'),
      'training',
      'The trainer ran out of memory. Use fewer units, a smaller batch or fewer examples.',
    ],
    [end(1, '', 'launch-failed'), 'starting', 'The trainer could not be started.'],
  ] as const)('of %j while %s is said', (processEnd, phase, expected) => {
    expect(explainEnd(processEnd, phase, 'linux')).toBe(expected)
  })

  it('knows the codes of Windows', () => {
    expect(explainEnd(end(0xc0000005 | 0), 'training', 'win32')).toBe(
      'The trainer crashed (access violation).',
    )
    expect(explainEnd(end(11), 'training', 'win32')).toContain('exit code 11')
  })
})
