import { describe, expect, it } from 'vitest'
import { recordMessage } from '../../../electron/run-log'
import { openTemporaryLog, startRun } from '../support/open-log'
import { exampleBatch, exampleSpec, STARTED } from '../support/run-samples'

describe('a run in the log', () => {
  it('goes from queued to finished by the messages of its trainer, each with an event', () => {
    const log = openTemporaryLog()
    const { id } = log.createRun(exampleSpec('first', 7), 'app')
    expect(log.getRun(id)).toMatchObject({
      number: 1,
      name: 'first',
      status: 'queued',
      seed: 7,
      startedAt: null,
    })

    expect(recordMessage(log, id, { kind: 'ready' })).toBeNull()
    expect(recordMessage(log, id, { kind: 'started', ...STARTED })).toMatchObject({
      status: 'running',
      kernel: 'reference-f64',
      parameters: 33,
    })
    expect(recordMessage(log, id, { kind: 'batch', batch: exampleBatch(0) })).toBeNull()
    expect(recordMessage(log, id, { kind: 'paused', step: 10 })?.status).toBe('paused')
    expect(recordMessage(log, id, { kind: 'resumed', step: 10 })?.status).toBe('running')
    const done = recordMessage(log, id, {
      kind: 'done',
      end: { kind: 'finished' },
      final: { 'test/loss': 0.5, 'test/accuracy': NaN },
      weightsHash: 'abc',
    })
    expect(done).toMatchObject({ status: 'finished', reason: null, weightsHash: 'abc' })
    expect(done?.endedAt).toBeGreaterThanOrEqual(done?.startedAt as number)
    expect(done?.metrics['test/loss']).toEqual({ last: 0.5, best: 0.5, bestEpoch: null })
    expect(log.finalMetrics(id)).toEqual({ 'test/loss': 0.5, 'test/accuracy': NaN })
    expect(log.detail(id).events.map(({ kind }) => kind)).toEqual([
      'created',
      'started',
      'paused',
      'resumed',
      'finished',
    ])
    expect(log.detail(id).spec).toEqual(exampleSpec('first', 7))
  })

  it('says why it ended', () => {
    const log = openTemporaryLog()
    const reason = 'Step 12: the loss was NaN.'
    expect(
      log.markDone(startRun(log), { kind: 'diverged', step: 12, epoch: 1, reason }, {}, 'w'),
    ).toMatchObject({ status: 'diverged', reason })
    const stopped = recordMessage(
      log,
      startRun(log),
      { kind: 'done', end: { kind: 'stopped' }, final: {}, weightsHash: 'w' },
      { stopReason: 'Interrupted by Ctrl+C' },
    )
    expect(stopped).toMatchObject({ status: 'stopped', reason: 'Interrupted by Ctrl+C' })
    const error = { code: 'trainer-failed' as const, message: 'Not enough memory.', hint: '', problems: [] }
    expect(recordMessage(log, startRun(log), { kind: 'failed', error })).toMatchObject({
      status: 'failed',
      reason: 'Not enough memory.',
    })
  })

  it('takes names, tags and notes, the trash and the way back', () => {
    const log = openTemporaryLog()
    const [first, second] = [startRun(log), startRun(log)]
    expect(log.rename(first, 'baseline').name).toBe('baseline')
    expect(log.setNote(first, 'line 1\nline 2').note).toBe('line 1\nline 2')
    log.setTags([first, second], ['b', 'a'], [])
    log.setTags([first], ['c', 'a'], ['b'])
    expect(log.getRun(first)?.tags).toEqual(['a', 'c'])
    expect(log.getRun(second)?.tags).toEqual(['b', 'a'])

    log.trash([first])
    expect(log.listRuns().map(({ id }) => id)).toEqual([second])
    expect(log.getRun(first)?.deletedAt).not.toBeNull()
    log.restore([first])
    expect(log.getRun(first)?.deletedAt).toBeNull()
    expect(log.listRuns().map(({ id }) => id)).toEqual([second, first])
    expect(() => log.trash([second, 'r0'])).toThrow('There is no run r0.')
    expect(log.listRuns().length).toBe(2)
  })

  it('keeps settings of any shape', () => {
    const log = openTemporaryLog()
    expect(log.getSetting('app')).toBeUndefined()
    log.setSetting('app', { theme: 'dark', hiddenRuns: ['r1'] })
    log.setSetting('app', { theme: 'light', hiddenRuns: [] })
    expect(log.getSetting('app')).toEqual({ theme: 'light', hiddenRuns: [] })
  })

  it('reads foreign ids and odd names without harm', () => {
    const log = openTemporaryLog()
    const { id } = log.createRun(exampleSpec(`'; DROP TABLE run; -- "é`), 'app')
    expect(log.getRun(id)?.name).toBe(`'; DROP TABLE run; -- "é`)
    expect(log.getRun(`' OR 1=1`)).toBeNull()
    expect(() => log.detail('nope')).toThrow('There is no run nope.')
  })
})
