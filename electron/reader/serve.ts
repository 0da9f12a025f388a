// The reader: answers the page's long reads on a read-only connection, so that neither main nor training waits for
// them. It knows no other calls; inputs are parsed here as main parses them.

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { MessagePortMain, ParentPort } from 'electron'
import type { z } from 'zod'
import { answerCalls, type Answer, type Caller } from '../app/rpc'
import type { CALL_INPUTS, ReaderCall, ReaderOutputs, ReaderQuestion, ReaderReply } from '../contract'
import { openRunLog, type RunLog } from '../run-log'

type ReaderHandlers = {
  [N in ReaderCall]: (input: z.output<(typeof CALL_INPUTS)[N]>) => ReaderOutputs[N]
}

/** Main gives ports to its own page only. */
const PAGE: Caller = { isTrusted: true, description: 'the page' }

/** Opened at the first question: the page may be there before main has made the file. */
export function readerAnswer(databasePath: string): Answer {
  let opened: RunLog | null = null
  const log = (): RunLog => (opened ??= openRunLog(databasePath, { owner: 'app', readOnly: true }))
  const handlers: ReaderHandlers = {
    'runs.list': () => log().packRuns('current'),
    'runs.listTrash': () => log().packRuns('trash'),
    'runs.rows': ({ ids }) => log().packRuns(ids),
    'runs.curves': ({ ids, metrics }) => log().packCurves(ids, metrics),
    'runs.valuesAt': ({ ids, metric, epoch }) => log().valuesAt(ids, metric, epoch),
  }
  return answerCalls(handlers, (message) => console.error(message))
}

export function serveReader(parent: ParentPort, databasePath: string): void {
  const answer = readerAnswer(databasePath)
  parent.on('message', ({ ports }) => {
    for (const port of ports) servePage(port, answer)
  })
}

/** One question after another; between two of them a page that is gone is noticed. */
function servePage(port: MessagePortMain, answer: Answer): void {
  let isOpen = true
  let before = Promise.resolve()
  port.on('close', () => (isOpen = false))
  port.on('message', ({ data }) => {
    const { id, name, input } = data as ReaderQuestion
    before = before.then(async () => {
      if (!isOpen) return
      const reply: ReaderReply = { id, result: await answer(PAGE, name, input) }
      port.postMessage(reply)
      await nextTurn()
    })
  })
  port.start()
}
