// The page's end of the reader: long reads are asked of it, and of main where there is no reader. What a reader
// that died did not answer is asked of the next one.

import {
  READER_CALLS,
  type CallName,
  type ReaderCall,
  type ReaderQuestion,
  type ReaderReply,
  type Result,
} from '../electron/contract'

/** How an answer came decides how it is to be read. */
export type Read = { from: 'reader' | 'main'; result: Result<unknown> }

interface Asked extends ReaderQuestion {
  resolve(read: Read): void
}

const asked = new Map<number, Asked>()
let nextId = 1
let port: MessagePort | null = null
let state: 'closed' | 'opening' | 'open' | 'missing' = 'closed'

export function isReaderCall(name: CallName): name is ReaderCall {
  return (READER_CALLS as readonly CallName[]).includes(name)
}

export function read(name: ReaderCall, input: unknown): Promise<Read> {
  if (state === 'closed') open()
  return new Promise((resolve) => {
    const question: Asked = { id: nextId++, name, input, resolve }
    asked.set(question.id, question)
    send(question)
  })
}

function open(): void {
  state = 'opening'
  window.addEventListener('message', ({ source, data, ports }) => {
    if (source === window && data === window.descent.readerMessage) use(ports[0] ?? null)
  })
  window.descent.openReader()
}

/** A new port, after the first start of the reader or a later one. */
function use(next: MessagePort | null): void {
  port?.close()
  port = next
  state = next ? 'open' : 'missing'
  if (next) {
    next.onmessage = ({ data }: MessageEvent<ReaderReply>) =>
      answer(data.id, { from: 'reader', result: data.result })
  }
  for (const question of asked.values()) send(question)
}

function send({ id, name, input }: Asked): void {
  if (state === 'open') return port?.postMessage({ id, name, input } satisfies ReaderQuestion)
  if (state !== 'missing') return
  void window.descent
    .call(name, input)
    .then((result) => answer(id, { from: 'main', result: result as Result<unknown> }))
}

function answer(id: number, read: Read): void {
  asked.get(id)?.resolve(read)
  asked.delete(id)
}
