import { describe, expect, it } from 'vitest'
import { activeText } from '../../../../renderer/views/compare/model/status-text'

describe('what the runs of a row still do', () => {
  it('counts those that wait as queued and not as training', () => {
    expect(activeText(['running', 'queued', 'queued', 'finished'])).toBe('1 training, 2 queued')
    expect(activeText(['queued', 'queued'])).toBe('2 queued')
    expect(activeText(['paused', 'running'])).toBe('1 training, 1 paused')
  })

  it('is one word of one run, and nothing where all have ended', () => {
    expect(activeText(['running'])).toBe('training')
    expect(activeText(['queued'])).toBe('queued')
    expect(activeText(['finished', 'diverged', 'failed', 'stopped', 'interrupted'])).toBe('')
  })
})
