import { describe, expect, it, vi } from 'vitest'
import { DataClient, type ConnectData } from '../../../../electron/data-process/client'
import type { DataRequest } from '../../../../electron/data-process/protocol'

function setUp() {
  const connections: { requests: DataRequest[]; events: Parameters<ConnectData>[0]; isKilled: boolean }[] = []
  const client = new DataClient((events) => {
    const connection = { requests: [] as DataRequest[], events, isKilled: false }
    connections.push(connection)
    return {
      send: (request) => void connection.requests.push(request),
      kill: () => (connection.isKilled = true),
    }
  })
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
    connections[0].events.onReply({ kind: 'progress', id: 1, bytesRead: 1, bytesTotal: 2 })
    expect(onProgress).toHaveBeenCalledWith({ bytesRead: 1, bytesTotal: 2 })
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
})
