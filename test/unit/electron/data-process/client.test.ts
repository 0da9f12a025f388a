import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  ANALYSIS_ROLE,
  DATA_ROLE,
  DataClient,
  type ConnectData,
} from '../../../../electron/data-process/client'
import type { DataRequest } from '../../../../electron/data-process/protocol'

function setUp(role = DATA_ROLE) {
  const connections: { requests: DataRequest[]; events: Parameters<ConnectData>[0]; isKilled: boolean }[] = []
  const client = new DataClient((events) => {
    const connection = { requests: [] as DataRequest[], events, isKilled: false }
    connections.push(connection)
    return {
      send: (request) => void connection.requests.push(request),
      kill: () => (connection.isKilled = true),
    }
  }, role)
  const ask = (onProgress = vi.fn()) =>
    client.ask(
      'importCsv',
      { path: '/a.csv', options: {} as never, name: 'a', datasetFolder: '/d' },
      onProgress,
    )
  return { client, connections, ask }
}

describe('the data process, seen from main', () => {
  it('is started at the first question and answers each by its number', async () => {
    const { connections, ask } = setUp()
    expect(connections).toHaveLength(0)
    const [first, second] = [ask(), ask()]
    expect(connections).toHaveLength(1)
    const { onReply } = connections[0].events
    onReply({ kind: 'answer', id: 2, value: 'two' })
    onReply({ kind: 'answer', id: 1, value: 'one' })
    expect(await Promise.all([first.answer, second.answer])).toEqual(['one', 'two'])
  })

  it('tells progress to who asked, and passes a cancel on', () => {
    const { connections, ask } = setUp()
    const onProgress = vi.fn()
    const { cancel } = ask(onProgress)
    connections[0].events.onReply({ kind: 'progress', id: 1, progress: { done: 1, total: 2 } })
    expect(onProgress).toHaveBeenCalledWith({ done: 1, total: 2 })
    cancel()
    expect(connections[0].requests.at(-1)).toEqual({ kind: 'cancel', id: 1 })
  })

  it('hands errors on as they were thrown there', async () => {
    const { connections, ask } = setUp()
    const { answer } = ask()
    const error = { code: 'bad-data' as const, message: 'Line 3: 2 cells.', hint: 'Add one.', problems: [] }
    connections[0].events.onReply({ kind: 'error', id: 1, error })
    await expect(answer).rejects.toMatchObject(error)
  })

  it('fails what was asked when the process dies, and starts another, three times at most', async () => {
    const { connections, ask } = setUp()
    for (let i = 0; i < 4; i++) {
      const { answer } = ask()
      connections[i].events.onEnd('it crashed')
      await expect(answer).rejects.toThrow('Reading the data set failed: it crashed')
    }
    await expect(ask().answer).rejects.toThrow('several times in a row')
    expect(connections).toHaveLength(4)
  })

  describe('with a role that does not keep the process', () => {
    beforeEach(() => void vi.useFakeTimers())
    afterEach(() => void vi.useRealTimers())

    it('ends it when nothing was asked for a minute, and starts it again as often as it is needed', async () => {
      const { connections, ask } = setUp(ANALYSIS_ROLE)
      for (let i = 0; i < 6; i++) {
        const { answer } = ask()
        connections[i].events.onReply({ kind: 'answer', id: i + 1, value: i })
        await answer
        expect(connections[i].isKilled).toBe(false)
        vi.advanceTimersByTime(60_000)
        expect(connections[i].isKilled).toBe(true)
      }
      expect(connections).toHaveLength(6)
    })

    it('keeps it longer after a question about a step under the microscope', async () => {
      const { client, connections } = setUp(ANALYSIS_ROLE)
      const { answer } = client.ask('traceCell', { id: 1, layer: 0, cell: 0 })
      connections[0].events.onReply({ kind: 'answer', id: 1, value: 1 })
      await answer
      vi.advanceTimersByTime(14 * 60_000)
      expect(connections[0].isKilled).toBe(false)
      vi.advanceTimersByTime(60_000)
      expect(connections[0].isKilled).toBe(true)
    })

    it('does not take the end of one that was let go for the end of the next', async () => {
      const { connections, ask } = setUp(ANALYSIS_ROLE)
      const first = ask()
      connections[0].events.onReply({ kind: 'answer', id: 1, value: 1 })
      await first.answer
      vi.advanceTimersByTime(60_000)
      const second = ask()
      connections[0].events.onEnd('it was killed')
      connections[1].events.onReply({ kind: 'answer', id: 2, value: 2 })
      expect(await second.answer).toBe(2)
    })

    it('never ends it while a question waits, and says what failed in its own words', async () => {
      const { connections, ask } = setUp(ANALYSIS_ROLE)
      const [short, long] = [ask(), ask()]
      connections[0].events.onReply({ kind: 'answer', id: 1, value: 1 })
      await short.answer
      vi.advanceTimersByTime(600_000)
      expect(connections[0].isKilled).toBe(false)
      connections[0].events.onEnd('it crashed')
      await expect(long.answer).rejects.toThrow('The analysis failed: it crashed')
    })
  })
})
