import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { answerCalls, inMemoryCaller, type Caller, type Handlers } from '../../../../electron/app/rpc'
import { CALL_INPUTS, CALL_NAMES, type CallName } from '../../../../electron/contract'
import { DescentError } from '../../../../engine/errors'

const page: Caller = { isTrusted: true, description: 'app://descent/' }
const stranger: Caller = { isTrusted: false, description: 'app://elsewhere/' }

/** Handlers that note which call they were given, with what. */
function recordingHandlers(): { handlers: Handlers; received: { name: CallName; input: unknown }[] } {
  const received: { name: CallName; input: unknown }[] = []
  const entries = CALL_NAMES.map((name) => [
    name,
    (input: unknown) => {
      received.push({ name, input })
      return null
    },
  ])
  return { handlers: Object.fromEntries(entries) as Handlers, received }
}

describe('calls from the page', () => {
  it('gives the parsed input to the handler and its answer back', async () => {
    const { handlers, received } = recordingHandlers()
    const call = inMemoryCaller(answerCalls(handlers, vi.fn()), page)
    expect(await call('runs.rename', { id: 'r1', name: '  moons  ' })).toEqual({ ok: true, value: null })
    expect(received).toEqual([{ name: 'runs.rename', input: { id: 'r1', name: 'moons' } }])
  })

  it('has a schema for every call, which refuses what it was not made for', () => {
    expect(CALL_NAMES.length).toBeGreaterThan(25)
    for (const name of CALL_NAMES) expect(CALL_INPUTS[name].safeParse(Symbol('nothing')).success).toBe(false)
  })

  it('refuses every call of a page that is not ours, and says so in the diagnostics', async () => {
    const { handlers, received } = recordingHandlers()
    const report = vi.fn()
    const call = inMemoryCaller(answerCalls(handlers, report), stranger)
    for (const name of CALL_NAMES) {
      expect(await call(name, undefined)).toMatchObject({ ok: false, error: { code: 'not-allowed' } })
    }
    expect(received).toEqual([])
    expect(report).toHaveBeenCalledTimes(CALL_NAMES.length)
  })

  it.each([
    'toString',
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'runs.nope',
    '',
    7,
    null,
    undefined,
    {},
  ])('refuses the name %j', async (name) => {
    const { handlers, received } = recordingHandlers()
    const call = inMemoryCaller(answerCalls(handlers, vi.fn()), page)
    expect(await call(name, undefined)).toMatchObject({ ok: false, error: { code: 'not-allowed' } })
    expect(received).toEqual([])
  })

  it('names the path and the mistake of a bad input', async () => {
    const { handlers } = recordingHandlers()
    const call = inMemoryCaller(answerCalls(handlers, vi.fn()), page)
    const result = await call('runs.setTags', { ids: ['r1', 5], add: [], remove: [] })
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-input', problems: [{ path: 'ids[1]' }] } })
  })

  it('keeps code, message, hint and problems of a known error', async () => {
    const { handlers } = recordingHandlers()
    const thrown = new DescentError('conflict', 'Run 3 is queued.', 'Wait.', [
      { path: 'id', message: 'queued' },
    ])
    handlers['runs.pause'] = () => Promise.reject(thrown)
    const call = inMemoryCaller(answerCalls(handlers, vi.fn()), page)
    expect(await call('runs.pause', { id: 'r3' })).toEqual({
      ok: false,
      error: {
        code: 'conflict',
        message: 'Run 3 is queued.',
        hint: 'Wait.',
        problems: [{ path: 'id', message: 'queued' }],
      },
    })
  })

  it('hides the details of a defect from the page and keeps them for the diagnostics', async () => {
    const { handlers } = recordingHandlers()
    handlers['runs.list'] = () => {
      throw new TypeError('secret of /home/someone')
    }
    const report = vi.fn()
    const call = inMemoryCaller(answerCalls(handlers, report), page)
    const result = await call('runs.list')
    expect(result).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(result)).not.toContain('secret')
    expect(report.mock.calls[0][0]).toContain('TypeError: secret of /home/someone')
  })

  it('answers 10,000 random messages with a result each, and lets only valid ones through', async () => {
    const { handlers, received } = recordingHandlers()
    const answer = answerCalls(handlers, vi.fn())
    const names = fc.oneof(fc.constantFrom(...CALL_NAMES), fc.string(), fc.anything())
    const inputs = fc.oneof(
      fc.anything({ withTypedArray: true, withDate: true, withMap: true, withNullPrototype: true }),
      fc.record({ id: fc.anything(), ids: fc.anything(), name: fc.anything() }, { requiredKeys: [] }),
      fc.record({ text: fc.string() }),
      fc.constant(undefined),
    )
    await fc.assert(
      fc.asyncProperty(names, inputs, fc.boolean(), async (name, input, isTrusted) => {
        const before = received.length
        const result = await answer({ isTrusted, description: 'fuzz' }, name, input)
        expect(typeof result.ok).toBe('boolean')
        if (!result.ok) {
          expect(result.error.message).not.toBe('')
          expect(received.length).toBe(before)
          return
        }
        expect(isTrusted).toBe(true)
        const { name: known } = received[before]
        expect(CALL_INPUTS[known].safeParse(input).success).toBe(true)
      }),
      { numRuns: 10_000 },
    )
  }, 120_000)
})
